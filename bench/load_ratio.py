#!/usr/bin/env python3
"""smpp-load toward mock-smsc beside the floor, each end in a process of its own: bench/load_ratio.py [ROUNDS [SECONDS]]

The floor is a bare epoll client and server (loopback_bench load and serve). Each round runs every pair once, so that what the
machine does meanwhile befalls all of them: floor, smpp-load and mock-smsc, the same over TLS, and our two beside the other end
of the floor. Prints a table of medians: thousand submits a second, the median of the rounds' ratios to the floor (over TLS: to
plain), and in brackets the processor time of a message in us at the client and at the server. Binaries: SMPP_BIN_DIR, or
build/release/bin.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.environ.get("SMPP_BIN_DIR") or os.path.join(REPOSITORY, "build", "release", "bin")
SHAPES = ((1, 1), (1, 10), (1, 100), (1, 1000), (10, 100))
PAIRS = ("floor", "ours", "tls", "our server", "our client")
BASE = {"ours": "floor", "tls": "ours", "our server": "floor", "our client": "floor"}


def processor_ns(pid):
    """Of all threads that still run."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total


class Servers:
    """A floor server, and a mock-smsc that keeps nothing."""

    def __init__(self, folder):
        ready = os.path.join(folder, "ready.json")
        self.mock = subprocess.Popen([os.path.join(BIN, "mock-smsc"), "--listen", "127.0.0.1:0", "--listen-tls", "127.0.0.1:0",
                                      "--tls-self-signed", "--http", "none", "--store", "none", "--ready-file", ready],
                                     stdout=subprocess.DEVNULL)
        self.floor = subprocess.Popen([os.path.join(BIN, "loopback_bench"), "serve", "floor"], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
        self.floor_port = self.floor.stdout.readline().strip()
        while not os.path.exists(ready):
            time.sleep(0.01)
        with open(ready, encoding="utf-8") as file:
            where = json.load(file)
        self.plain, self.tls = where["smpp"], where["smpps"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.floor.communicate("")
        self.mock.terminate()
        self.mock.wait()


def measure(servers, pair, sessions, window, seconds):
    """What the client printed, and the processor time of a message at the server."""
    server = servers.floor if pair in ("floor", "our client") else servers.mock
    if pair in ("floor", "our server"):
        port = servers.floor_port if pair == "floor" else servers.plain.rsplit(":", 1)[1]
        command = ["loopback_bench", "load", "floor", port, str(sessions), str(window), str(seconds)]
    else:
        address = {"ours": servers.plain, "tls": servers.tls, "our client": "127.0.0.1:" + servers.floor_port}[pair]
        command = ["smpp-load", "-s", str(sessions), "-w", str(window), "-d", str(seconds), "-o", "json", "--progress", "never",
                   *(["--tls", "--insecure"] if pair == "tls" else []), address]
    before = processor_ns(server.pid)
    done = subprocess.run([os.path.join(BIN, command[0]), *command[1:]], stdout=subprocess.PIPE, check=True)
    got = json.loads(done.stdout)
    got["server_us"] = (processor_ns(server.pid) - before) / 1000 / got["messages"]
    return got


def cell(rounds, pair):
    def median(of):
        return statistics.median(of(each) for each in rounds)
    text = f"{median(lambda each: each[pair]['rate']) / 1000:,.0f}"
    if pair in BASE:
        text += f", {median(lambda each: each[pair]['rate'] / each[BASE[pair]]['rate']):.2f}"
    return text + (f" ({median(lambda each: each[pair]['cpu_us_per_message']):.2f}, "
                   f"{median(lambda each: each[pair]['server_us']):.2f})")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    print("| sessions x window | floor | smpp-load, mock-smsc | the same over TLS 1.3 | floor client, mock-smsc | smpp-load, floor server "
          "| p99, ms |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, Servers(folder) as servers:
        for sessions, window in SHAPES:
            got = [{pair: measure(servers, pair, sessions, window, seconds) for pair in PAIRS} for _ in range(rounds)]
            p99 = statistics.median(each["ours"]["latency_ms"]["p99"] for each in got)
            print(f"| {sessions} x {window} | " + " | ".join(cell(got, pair) for pair in PAIRS) + f" | {p99:.2f} |", flush=True)


if __name__ == "__main__":
    main()
