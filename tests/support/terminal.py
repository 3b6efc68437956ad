"""A terminal of its own for a program, and what it shows: enough of xterm to read a screen by.

    with Terminal([program("smpp-dump"), "tui", capture]) as terminal:
        terminal.wait("BOUND")
        terminal.press("\\r")
        print(terminal.text())
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

SEQUENCE = re.compile(rb"\x1b\[([0-9;?>!]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Z]|\x1b([=>78McDEH])")
UNFINISHED = re.compile(rb"\x1b(\[[0-9;?>!]*|\][^\x07]*|[()])?$")


class Screen:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.x = self.y = 0
        self.saved = (0, 0)
        self.top, self.bottom = 0, rows - 1
        self.last = " "
        self.alternate = self.was_alternate = False
        self.cells = [[" "] * columns for _ in range(rows)]

    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]

    def put(self, text):
        for c in text:
            if c == "\r":
                self.x = 0
            elif c == "\n":
                self.down()
            elif c == "\b":
                self.x = max(0, self.x - 1)
            elif c == "\t":
                self.x = min(self.columns - 1, self.x // 8 * 8 + 8)
            elif c >= " ":
                if self.x == self.columns:
                    self.x = 0
                    self.down()
                self.cells[self.y][self.x] = self.last = c
                self.x += 1

    def down(self):
        if self.y == self.bottom:
            del self.cells[self.top]
            self.cells.insert(self.bottom, [" "] * self.columns)
        else:
            self.y = min(self.y + 1, self.rows - 1)

    def up(self):
        if self.y == self.top:
            del self.cells[self.bottom]
            self.cells.insert(self.top, [" "] * self.columns)
        else:
            self.y = max(self.y - 1, 0)

    def control(self, parameters, final):
        if parameters[:1] in ("?", ">", "!"):
            if parameters == "?1049":
                self.alternate = final == "h"
                self.was_alternate = self.was_alternate or self.alternate
            return
        numbers = [int(n or 0) for n in parameters.split(";")]
        first = max(1, numbers[0])
        x, y = min(self.x, self.columns - 1), self.y
        row = self.cells[y]
        blank = [" "] * self.columns
        if final in "Hf":
            self.y = min(first, self.rows) - 1
            self.x = min(max(1, numbers[1] if len(numbers) > 1 else 1), self.columns) - 1
        elif final in "ABCDGd":
            self.x, self.y = {"A": (x, y - first), "B": (x, y + first), "C": (x + first, y), "D": (x - first, y),
                              "G": (first - 1, y), "d": (x, first - 1)}[final]
            self.x, self.y = min(max(0, self.x), self.columns - 1), min(max(0, self.y), self.rows - 1)
        elif final == "K":
            begin, end = {0: (x, self.columns), 1: (0, x + 1), 2: (0, self.columns)}[numbers[0]]
            row[begin:end] = [" "] * (end - begin)
        elif final == "J":
            for index in {0: range(y + 1, self.rows), 1: range(0, y), 2: range(0, self.rows), 3: ()}[numbers[0]]:
                self.cells[index] = list(blank)
            if numbers[0] < 2:
                self.control(str(numbers[0]), "K")
        elif final == "X":
            row[x:x + first] = [" "] * len(row[x:x + first])
        elif final == "P":
            self.cells[y] = (row[:x] + row[x + first:] + blank)[:self.columns]
        elif final == "@":
            self.cells[y] = (row[:x] + [" "] * first + row[x:])[:self.columns]
        elif final in "LM":
            for _ in range(first):
                del self.cells[self.bottom if final == "L" else y]
                self.cells.insert(y if final == "L" else self.bottom, list(blank))
        elif final == "b":
            self.put(self.last * first)
        elif final == "r":
            self.top = first - 1
            self.bottom = (numbers[1] if len(numbers) > 1 and numbers[1] else self.rows) - 1
            self.x = self.y = 0
        elif final in "ST":
            for _ in range(first):
                del self.cells[self.top if final == "S" else self.bottom]
                self.cells.insert(self.bottom if final == "S" else self.top, list(blank))

    def escape(self, what):
        if what == "7":
            self.saved = (self.x, self.y)
        elif what == "8":
            self.x, self.y = self.saved
        elif what == "M":
            self.up()
        elif what == "D":
            self.down()


class Terminal:
    def __init__(self, command, columns=100, rows=30, **environment):
        self.screen = Screen(columns, rows)
        self.rest = b""
        self.status = None
        begin, go = os.pipe()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            try:
                os.read(begin, 1)  # the terminal is looked at before the program changes it
                os.execvpe(command[0], command, dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8", **environment))
            finally:
                os._exit(127)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(self.file)
        os.write(go, b".")
        os.close(begin)
        os.close(go)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.file)

    def press(self, keys):
        os.write(self.file, keys.encode())

    def resize(self, columns, rows):
        self.screen = Screen(columns, rows)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def text(self):
        return "\n".join(self.screen.lines())

    def wait(self, pattern, seconds=20):
        """Until the screen shows it, a regular expression; returns the match."""
        deadline = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.text())
            if found:
                return found
            if not self._read(deadline):
                raise AssertionError(f"the screen does not show {pattern!r}:\n{self.text()}")

    def ends(self, seconds=20):
        """Its exit status, once it has ended."""
        deadline = time.monotonic() + seconds
        while self._read(deadline):
            pass
        if time.monotonic() >= deadline:
            raise AssertionError(f"it does not end:\n{self.text()}")
        _, status = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def _read(self, deadline):
        """False: nothing came until then, or nothing more comes."""
        ready, _, _ = select.select([self.file], [], [], max(0, deadline - time.monotonic()))
        try:
            octets = os.read(self.file, 65536) if ready else b""
        except OSError:  # the other side is closed
            octets = b""
        self._show(self.rest + octets)
        return bool(octets)

    def _show(self, octets):
        unfinished = UNFINISHED.search(octets)
        self.rest = octets[unfinished.start():] if unfinished else b""
        octets = octets[:len(octets) - len(self.rest)]
        try:
            octets.decode()
        except UnicodeDecodeError as cut:
            if len(octets) - cut.start < 4 and not self.rest:
                octets, self.rest = octets[:cut.start], octets[cut.start:]
        at = 0
        for sequence in SEQUENCE.finditer(octets):
            self.screen.put(octets[at:sequence.start()].decode(errors="replace"))
            at = sequence.end()
            if sequence[2]:
                self.screen.control(sequence[1].decode(), sequence[2].decode())
            elif sequence[3]:
                self.screen.escape(sequence[3].decode())
        self.screen.put(octets[at:].decode(errors="replace"))
