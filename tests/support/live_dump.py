"""Runs smpp-dump where it does not end by itself (--proxy, -i) and reads what it says.

    with LiveDump("--proxy", f"127.0.0.1:0={mock.smpp}", "-T", "json") as dump:
        port = dump.port()                      # from "listening on ..."
        ...
    assert dump.code == 0; dump.records         # JSON lines; dump.err: what it said
"""
import json
import os
import re
import signal
import subprocess
import threading
import time


class LiveDump:
    def __init__(self, *arguments, signal_at_end=signal.SIGINT):
        program = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")
        self._signal = signal_at_end
        self._changed = threading.Condition()
        self._text, self.code = {"out": bytearray(), "err": bytearray()}, None
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._readers = [threading.Thread(target=self._read, args=(self.process.stdout, "out")),
                         threading.Thread(target=self._read, args=(self.process.stderr, "err"))]
        for reader in self._readers:
            reader.start()

    def _read(self, pipe, name):
        for line in pipe:
            with self._changed:
                self._text[name] += line
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(self._signal)
        try:
            self.code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            for reader in self._readers:
                reader.join()
            self.process.stdout.close()
            self.process.stderr.close()

    @property
    def out(self):
        return self._text["out"].decode()

    @property
    def err(self):
        return self._text["err"].decode()

    def wait(self, stream, pattern, seconds=20):
        """The match of `pattern` in what came on stream "out" or "err", when it is there."""
        end = time.monotonic() + seconds
        with self._changed:
            while True:
                found = re.search(pattern, getattr(self, stream))
                if found:
                    return found
                if time.monotonic() > end or not self._changed.wait(end - time.monotonic()):
                    raise AssertionError(f"no {pattern!r} in {stream}: {getattr(self, stream)!r}; err: {self.err!r}")

    def port(self):
        return int(self.wait("err", r"listening on \S+:(\d+)")[1])

    @property
    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]
