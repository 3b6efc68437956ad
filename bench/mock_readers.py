#!/usr/bin/env python3
"""How long readers of mock-smsc's API wait while it is under load: bench/mock_readers.py [SECONDS [OPTION...]]

Starts mock-smsc (with the options given) and smpp-load with 10 sessions x 100, polls /messages and /wait, each on its own
connection, and prints the load's rate and the readers' percentiles. Binaries: SMPP_BIN_DIR, or build/release/bin.
"""
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.environ.get("SMPP_BIN_DIR") or os.path.join(REPOSITORY, "build", "release", "bin")


def reader(address, path, stop, times):
    connection = http.client.HTTPConnection(address, timeout=60)
    while not stop.is_set():
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(f"GET {path}: {answer.status}")
        stop.wait(0.01)


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        ready = os.path.join(folder, "ready.json")
        options = [word.replace("{folder}", folder) for word in sys.argv[2:]]
        mock = subprocess.Popen([os.path.join(BIN, "mock-smsc"), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                 "--ready-file", ready, *options], stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(ready):
                time.sleep(0.01)
            with open(ready, encoding="utf-8") as file:
                where = json.load(file)
            load = subprocess.Popen([os.path.join(BIN, "smpp-load"), "-s", "10", "-w", "100", "-d", str(seconds),
                                     "--progress", "never", where["smpp"]], stdout=subprocess.PIPE, text=True)
            time.sleep(1)
            stop = threading.Event()
            paths = {"messages": "/api/v1/messages?limit=50", "wait": "/api/v1/wait?query=to:1555&count=1&timeout=10s"}
            times = {name: [] for name in paths}
            readers = [threading.Thread(target=reader, args=(where["http"], path, stop, times[name])) for name, path in paths.items()]
            for each in readers:
                each.start()
            stop.wait(seconds - 2)
            stop.set()
            for each in readers:
                each.join()
            print(load.communicate()[0].splitlines()[0])
            for name, each in times.items():
                print(f"{name}: {len(each)} answers, p50 {percentile(each, 0.5):.1f} ms, p99 {percentile(each, 0.99):.1f} ms, "
                      f"worst {max(each) * 1000:.1f} ms")
        finally:
            mock.terminate()
            mock.wait()


if __name__ == "__main__":
    main()
