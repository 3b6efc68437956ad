#!/usr/bin/env python3
"""How fast smpp-dump reads: a capture of a million PDUs (smpp-load toward mock-smsc --pcap), read in each way, beside tshark where it is
installed.

    bench/dump_speed.py [BIN_DIR]           of build/release/bin, by default
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

BIN = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/release/bin")
SUBMITS = 500_000


def make_capture(folder):
    path, ready = os.path.join(folder, "million.pcapng"), os.path.join(folder, "ready")
    mock = subprocess.Popen([f"{BIN}/mock-smsc", "--store", "none", "--listen", "127.0.0.1:0", "--http", "none", "--ready-file", ready,
                             "--pcap", path], stdout=subprocess.DEVNULL)
    try:
        while not os.path.exists(ready):
            time.sleep(0.01)
        port = open(ready, encoding="utf-8").read().split('"smpp":"')[1].split('"')[0]
        subprocess.run([f"{BIN}/smpp-load", "-s", "10", "-w", "50", "-n", str(SUBMITS), "-m", "gsm:6,full:2,ucs2,long", port],
                       stdout=subprocess.DEVNULL, check=True)
    finally:
        mock.terminate()
        mock.wait()
    return path


def measure(command):
    """Seconds of processor and of clock, and the most memory in MiB."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{command}: status {status}")
    return used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = make_capture(folder)
        pdus = 2 * SUBMITS
        dump = f"{BIN}/smpp-dump"
        # Not read in here: a child's memory counts from its parent's.
        rows = subprocess.run(["sh", "-c", f"{dump} -T csv -Y 'submit_sm or submit_sm_resp' {path} | wc -l"], capture_output=True,
                              check=True).stdout
        assert int(rows) == pdus + 1, rows
        print(f"{pdus} PDUs, {os.path.getsize(path) >> 20} MiB")
        ways = {"--stats": ["--stats"], "-Y 'destination_addr contains \"999\"'": ["-Y", 'destination_addr contains "999"'],
                "-T json": ["-T", "json"], "-T text": [], "-T csv": ["-T", "csv"], "-w": ["-w", os.devnull],
                "-Y '!answered'": ["-Y", "!answered"], "--lint": ["--lint", "-Y", "garbage"]}
        for name, arguments in ways.items():
            cpu, clock, memory = min(measure([dump, *arguments, path]) for _ in range(3))
            print(f"smpp-dump {name:40} {pdus / clock:12,.0f} PDUs/s  {cpu:6.2f} s of processor  {memory:6.1f} MiB")
        if shutil.which("tshark"):
            cpu, clock, memory = measure(["tshark", "-r", path, "-Y", 'smpp.destination_addr contains "999"'])
            print(f"{'tshark -Y':50} {pdus / clock:12,.0f} PDUs/s  {cpu:6.2f} s of processor  {memory:6.1f} MiB")


main()
