"""How long notifier takes, from the start of the process to its end: alone, and with one message to a local mock-smsc.

    python3 bench/notifier_send.py [runs]
"""
import os
import platform
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
from mock import Mock, program


def measure(what, runs, *arguments):
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run([program("notifier"), *arguments], check=True, stdout=subprocess.DEVNULL)
        times.append((time.perf_counter() - begin) * 1000)
    print(f"{what:<16} median {statistics.median(times):6.1f} ms   least {min(times):6.1f}   most {max(times):6.1f}")


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f}; {runs} runs each, python3's fork included")
    with Mock("--tls-self-signed") as mock:
        measure("start (-V)", runs, "-V")
        measure("one SMS, TCP", runs, "-b", "Hello", f"smpp://user:pass@{mock.smpp}/1555/1666777")
        measure("one SMS, TLS", runs, "-b", "Hello",
                f"smpps://user:pass@localhost:{mock.tls_port}/1555/1666777?ca={mock.ca}")


if __name__ == "__main__":
    main()
