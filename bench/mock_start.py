#!/usr/bin/env python3
"""How soon mock-smsc is ready, and how much memory it takes then: bench/mock_start.py [TIMES [OPTION...]]

From the start of the process to the line on its standard output that says that all listeners accept. Needs the binaries of
the release preset.
"""
import os
import statistics
import subprocess
import sys
import time

BIN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "build", "release", "bin")


def start_once(options):
    """Seconds, and MiB resident."""
    began = time.monotonic()
    with subprocess.Popen([os.path.join(BIN, "mock-smsc"), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", *options],
                          stdout=subprocess.PIPE) as mock:
        mock.stdout.readline()
        took = time.monotonic() - began
        with open(f"/proc/{mock.pid}/status", encoding="ascii") as file:
            memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024
        mock.terminate()
    return took, memory


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    runs = [start_once(sys.argv[2:]) for _ in range(times)]
    took = sorted(1000 * seconds for seconds, _ in runs)
    print(f"ready after {statistics.median(took):.1f} ms (median of {times}, worst {took[-1]:.1f}), "
          f"{max(memory for _, memory in runs):.1f} MiB resident at most")


if __name__ == "__main__":
    main()
