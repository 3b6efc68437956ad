"""docs/mock-smsc-helpers/conftest.py in a real pytest (Debian: python3-pytest)."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, "..", "support")
sys.path.insert(0, SUPPORT)
from mock import REPOSITORY, program  # noqa: E402

TESTS = '''
from smpp_peer import SUBMIT_SM, Peer, submit_sm

def send(smsc, **fields):
    with Peer(smsc.port) as peer:
        assert peer.bind("shop", "secret") == 0
        return peer.request(SUBMIT_SM, submit_sm(**fields))[0]

def test_one(smsc):
    smsc.rule(status="ESME_RTHROTTLED")
    assert send(smsc, text=b"code 1") == 0x58

def test_as_if_just_started(smsc):
    assert smsc.messages() == []
    assert send(smsc, text=b"code 2") == 0
    [message] = smsc.wait(1)
    assert message["text"] == "code 2"

def test_that_fails(smsc):
    send(smsc, text=b"there is only this")
    smsc.wait(2, timeout="1ms")
'''


class Pytest(unittest.TestCase):
    def test_the_fixture(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(os.path.join(REPOSITORY, "docs", "mock-smsc-helpers", "conftest.py"), folder)
            with open(os.path.join(folder, "test_sms.py"), "w", encoding="utf-8") as file:
                file.write(TESTS)
            environment = {**os.environ, "MOCK_SMSC_PROGRAM": program("mock-smsc"), "MOCK_SMSC_OPTIONS": "--user shop:secret",
                           "PYTHONPATH": os.path.abspath(SUPPORT), "PYTHONDONTWRITEBYTECODE": "1"}
            done = subprocess.run(["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", folder], env=environment,
                                  capture_output=True, text=True, timeout=60, check=False)
            self.assertRegex(done.stdout, r"(?m)^1 failed, 2 passed in ")
            self.assertIn("2 messages expected for '' in 1ms, there were", done.stdout)
            self.assertIn("there is only this", done.stdout)


if __name__ == "__main__":
    unittest.main()
