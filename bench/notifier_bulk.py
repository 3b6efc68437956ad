"""How fast notifier --bulk sends a CSV over one bind to a local mock-smsc, with its journal, and how much memory it takes.

    python3 bench/notifier_bulk.py [recipients [window]]

The rate is of the whole run of the program, checking the file included; "sending" is the program's own time from its
connection on. Memory is the most that was resident, for a tenth of the recipients and for all of them.
"""
import os
import platform
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "support"))
from mock import Mock, program


def write(path, count):
    with open(path, "w", encoding="utf-8") as file:
        file.write("to,name\n")
        for i in range(count):
            file.write(f"+1555{i:07d},Name {i}\n")


def resident_kib(child):
    """The most that was resident so far; 0 when it has just ended."""
    with open(f"/proc/{child}/status", encoding="utf-8") as status:
        return sum(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def run(output, *arguments):
    """Seconds, the most KiB resident, CPU seconds."""
    begin = time.perf_counter()
    child = os.posix_spawn(program("notifier"), [program("notifier"), *arguments], os.environ,
                           file_actions=[(os.POSIX_SPAWN_DUP2, output.fileno(), 1)])
    memory, ended = 0, 0
    while not ended:
        memory = max(memory, resident_kib(child))
        ended, status, used = os.wait4(child, os.WNOHANG)
        time.sleep(0 if ended else 0.005)
    seconds = time.perf_counter() - begin
    if status != 0:
        raise SystemExit(f"notifier ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, memory, used.ru_utime + used.ru_stime


def main():
    recipients = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    window = sys.argv[2] if len(sys.argv) > 2 else "100"
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; window {window}")
    with tempfile.TemporaryDirectory() as folder, Mock("--max-messages", 10 * recipients) as mock:
        for count in (recipients // 10, recipients):
            path, journal = os.path.join(folder, "recipients.csv"), os.path.join(folder, f"{count}.journal")
            write(path, count)
            with tempfile.TemporaryFile() as output:
                seconds, memory, cpu = run(
                    output, "--bulk", path, "--journal", journal, "-b", "Hello {name}, your code is ready",
                    "--window", window, f"smpp://user:pass@{mock.smpp}/1555")
                output.seek(0)
                summary = output.read().decode().strip()
            print(f"{count:>9} recipients: {seconds:.3f} s, {count / seconds:,.0f}/s; CPU {cpu:.3f} s; "
                  f"at most {memory / 1024:.1f} MiB\n           {summary}")


if __name__ == "__main__":
    main()
