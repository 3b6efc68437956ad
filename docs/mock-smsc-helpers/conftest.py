"""A pytest fixture: copy this file beside your tests (or its parts into your conftest.py).

    def test_otp(smsc):
        sign_up("+15551234567", smpp=smsc.url)
        [message] = smsc.wait(1, "to:15551234567")
        assert "code" in message["text"]

It needs mock-smsc in the PATH, or its path in MOCK_SMSC_PROGRAM; and nothing but Python's standard library.
"""
import json
import os
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest


class MockSmsc:
    """.url, .host, .port for the client under test; .api for everything else."""

    def __init__(self, *options):
        program = os.environ.get("MOCK_SMSC_PROGRAM", "mock-smsc")
        self.process = subprocess.Popen([program, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", *options],
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()  # comes when all listeners accept
        if not line:
            raise RuntimeError(f"{program} did not start, see above")
        ready = json.loads(line)
        self.host, port = ready["smpp"].rsplit(":", 1)
        self.port = int(port)
        self.url = f"smpp://{ready['smpp']}"
        self.api = f"http://{ready['http']}/api/v1"

    def call(self, method, path, body=None, **params):
        """Status and decoded answer."""
        query = "?" + urllib.parse.urlencode(params) if params else ""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.api + path + query, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return answer.status, json.loads(answer.read() or "{}")
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read() or "{}")

    def wait(self, count=1, query="", timeout="10s"):
        """The first `count` messages that match, oldest first; fails and says what there was."""
        status, answer = self.call("GET", "/wait", count=count, query=query, timeout=timeout, full=1)
        found = [(m["from"], m["to"], m["text"]) for m in answer.get("messages", [])]
        assert status == 200, f"{count} messages expected for {query!r} in {timeout}, there were {found}"
        return answer["messages"]

    def messages(self, query=""):
        return self.call("GET", "/messages", query=query, full=1, limit=1000)[1]["messages"]

    def rule(self, match=None, **actions):
        """smsc.rule({"first": 2}, status="ESME_RTHROTTLED")"""
        status, answer = self.call("POST", "/rules", {"match": match or {}, "actions": actions})
        assert status == 201, answer

    def mo(self, sender, to, text, **more):
        """A message from a mobile."""
        status, answer = self.call("POST", "/mo", {"from": sender, "to": to, "text": text, **more})
        assert status == 202, answer

    def reset(self):
        self.call("POST", "/reset")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def smsc_process():
    """One program for all tests; its options are words in MOCK_SMSC_OPTIONS."""
    mock = MockSmsc(*os.environ.get("MOCK_SMSC_OPTIONS", "").split())
    yield mock
    mock.close()


@pytest.fixture
def smsc(smsc_process):
    """As if it had just been started."""
    smsc_process.reset()
    return smsc_process
