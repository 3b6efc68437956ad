"""Runs the real mock-smsc for a test, on free ports.

    with Mock("--user", "user:secret", "--tls-self-signed") as mock:
        subprocess.run([..., f"smpp://user:secret@{mock.smpp}/..."])
        [message] = mock.wait(1, "to:15551234567")
        assert message["text"] == "hello"

On exit the program gets SIGTERM and must end with 0.
"""
import json
import os
import re
import select
import signal
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def program(name):
    """Path of one of our binaries."""
    folder = os.environ.get("SMPP_BIN_DIR") or os.path.join(REPOSITORY, "build", "release", "bin")
    return os.path.join(folder, name)


class Mock:
    """.smpp, .smpps and .http are "127.0.0.1:port"; .ca is the certificate that clients must trust for .smpps."""

    def __init__(self, *options, http=True):
        self.folder = tempfile.TemporaryDirectory(prefix="mock-smsc-")
        self.ca = os.path.join(self.folder.name, "ca.pem")
        self.ready_file = os.path.join(self.folder.name, "ready.json")
        self.options = ["--listen", "127.0.0.1:0"]
        if http is not None:  # None: the options say
            self.options += ["--http", "127.0.0.1:0" if http else "none"]
        self.options += ["--ready-file", self.ready_file]
        self.options += [str(option) for option in options]
        if "--tls-self-signed" in options:
            self.options += ["--tls-ca-out", self.ca, "--listen-tls", "127.0.0.1:0"]
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.stop()
        finally:
            self.close()

    def start(self, seconds=20):
        if os.path.exists(self.ready_file):
            os.unlink(self.ready_file)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCK_SMSC_")}
        self.process = subprocess.Popen([program("mock-smsc"), *self.options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env=environment)
        # The file is there before the line on standard output is; that is left for who wants it.
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            self.kill()
            raise AssertionError(f"mock-smsc was not ready after {seconds} s")
        if not os.path.exists(self.ready_file):
            code = self.process.wait(seconds)
            raise AssertionError(f"mock-smsc ended with {code}: {self.process.stderr.read()}")
        with open(self.ready_file, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.smpp, self.smpps, self.http = (self.ready.get(key) for key in ("smpp", "smpps", "http"))

    @property
    def port(self):
        return int(self.smpp.rsplit(":", 1)[1])

    @property
    def tls_port(self):
        return int(self.smpps.rsplit(":", 1)[1])

    def stop(self, seconds=20, errors=r"^$"):
        """SIGTERM; the program must end with 0, and what it has said on standard error must match."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            _, said = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"mock-smsc did not end {seconds} s after SIGTERM") from None
        code, self.process = self.process.returncode, None
        if code != 0 or not re.search(errors, said):
            raise AssertionError(f"mock-smsc ended with {code}: {said}")

    def kill(self):
        """SIGKILL, as if the power had gone."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def close(self):
        """kill(), and nothing is left."""
        self.kill()
        self.folder.cleanup()

    def call(self, path, method="GET", body=None, **params):
        """Status and answer (decoded JSON) of an API call; `path` may begin at /api/v1."""
        if not path.startswith(("/api/", "/livez", "/readyz", "/metrics")):
            path = "/api/v1" + path
        query = urllib.parse.urlencode({k: v for k, v in params.items() if v is not None})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.http}{path}" + ("?" + query if query else ""), data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                status, text = refused.code, refused.read()
        return status, json.loads(text) if text else None

    def get(self, path, **params):
        """The answer of a call that must succeed."""
        status, answer = self.call(path, **params)
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {answer}")
        return answer

    def messages(self, query="", limit=1000):
        """Newest first, with all that is known of them."""
        return self.get("/messages", query=query, limit=limit, full=1)["messages"]

    def wait(self, count=1, query="", seconds=20):
        """The first `count` messages that match, oldest first; fails when they do not come in time."""
        status, answer = self.call("/wait", count=count, query=query, timeout=f"{seconds}s", full=1)
        if status != 200:
            found = [(m["from"], m["to"], m["text"]) for m in answer.get("messages", [])]
            raise AssertionError(f"{count} messages expected for {query!r}, {status} with {found}")
        return answer["messages"]
