"""Kannel's bearerbox and smsbox (Debian) as a client of an SMSC, with what they hand over by HTTP.

    with Kannel("127.0.0.1:2775") as kannel:
        kannel.send("15550000001", "hello", receipts=True)
        kannel.wait(lambda seen: "1" in seen.states)
"""
import http.server
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request

BEARERBOX, SMSBOX = shutil.which("bearerbox", path="/usr/sbin"), shutil.which("smsbox", path="/usr/sbin")
SECONDS = 60


def free_ports(count):
    """Kannel takes no port 0."""
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Listener(http.server.BaseHTTPRequestHandler):
    """Where Kannel reports: /dlr?state=...&to=... and /mo?from=...&to=...&text=..."""

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        octets = {key: values[0].encode("latin-1") for key, values in
                  urllib.parse.parse_qs(url.query, keep_blank_values=True, encoding="latin-1").items()}
        charset = octets.get("charset", b"").decode() or "utf-8"
        seen = {key: value.decode(charset if key == "text" else "utf-8") for key, value in octets.items()}
        with self.server.changed:
            self.server.seen.append((url.path, seen))
            self.server.changed.notify_all()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Kannel:
    def __init__(self, smpp, user="user", password="password", separate=False):
        host, port = smpp.rsplit(":", 1)
        self.folder = tempfile.TemporaryDirectory(prefix="kannel-")
        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        self.listener.seen, self.listener.changed = [], threading.Condition()
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()
        self.report = f"http://127.0.0.1:{self.listener.server_address[1]}"
        self.admin, self.boxes, self.http = free_ports(3)
        kinds = [f"port = {port}", f"receive-port = {port}"] if separate else [f"port = {port}\ntransceiver-mode = true"]
        smscs = "".join(SMSC.format(host=host, kind=kind, user=user, password=password) for kind in kinds)
        self.path = os.path.join(self.folder.name, "kannel.conf")
        with open(self.path, "w", encoding="ascii") as file:
            file.write(CONFIGURATION.format(**vars(self), smscs=smscs))
        self.binds = len(kinds)
        self.running = []
        self.lines, self.ended, self.said = [], False, threading.Condition()

    def __enter__(self):
        try:
            self.run(BEARERBOX)
            self.until(lambda: self.status().count("(online") == self.binds, "bearerbox is bound")
            self.run(SMSBOX)
            self.until(lambda: "smsbox" in self.status() and self.accepts(self.http), "smsbox takes messages")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running = []
        self.listener.shutdown()
        self.listener.server_close()
        self.folder.cleanup()

    def run(self, box):
        process = subprocess.Popen([box, "-v", "0", self.path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   errors="replace")
        self.running.append(process)
        threading.Thread(target=self.listen, args=(process,), daemon=True).start()

    def listen(self, process):
        """Keeps what a box says, in detail; at least its enquire_link, once a second."""
        for line in process.stdout:
            with self.said:
                self.lines.append(line)
                self.said.notify_all()
        with self.said:
            self.ended = True
            self.said.notify_all()
        process.stdout.close()

    def status(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/status.txt?password=admin", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    @staticmethod
    def accepts(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def until(self, holds, what):
        """Looks again whenever a box has said something."""
        deadline = time.monotonic() + SECONDS
        heard = len(self.lines)
        while not holds():
            with self.said:
                more = self.said.wait_for(lambda: len(self.lines) > heard or self.ended, deadline - time.monotonic())
                heard = len(self.lines)
            if not more or self.ended:
                raise AssertionError(f"not in time: {what}; {self.logs()}")

    def logs(self):
        return "".join(self.lines[-100:])

    def send(self, to, text, receipts=False, **parameters):
        """By smsbox' sendsms interface; text outside GSM 03.38 asks for coding=2."""
        query = {"username": "tester", "password": "secret", "from": "12345", "to": to, "text": text, "charset": "UTF-8",
                 **parameters}
        if receipts:  # all but 4, "queued": an intermediate one may overtake the response, and Kannel drops it
            query |= {"dlr-mask": "27", "dlr-url": f"{self.report}/dlr?to={to}&state=%d"}
        url = f"http://127.0.0.1:{self.http}/cgi-bin/sendsms?" + urllib.parse.urlencode(query)
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:
            return answer.read().decode()

    def wait(self, path, count):
        """The first `count` reports at a path."""
        with self.listener.changed:
            def found():
                return [seen for where, seen in self.listener.seen if where == path]
            if not self.listener.changed.wait_for(lambda: len(found()) >= count, SECONDS):
                raise AssertionError(f"{count} expected at {path}, seen {self.listener.seen}; {self.logs()}")
            return found()[:count]


SMSC = """
group = smsc
smsc = smpp
smsc-id = mock
host = {host}
{kind}
smsc-username = {user}
smsc-password = {password}
system-type = ""
interface-version = 34
enquire-link-interval = 1
reconnect-delay = 1
"""

CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
dlr-storage = internal

{smscs}
group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {http}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = tester
password = secret
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "{report}/mo?from=%p&to=%P&text=%a&charset=%C&coding=%c"
"""
