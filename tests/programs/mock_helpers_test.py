#!/usr/bin/env python3
"""What docs/mock-smsc-helpers gives to others, run as they would."""
import glob
import os
import re
import subprocess
import sys
import types
import unittest

from mock import REPOSITORY, program
from smpp_peer import SUBMIT_SM, Peer, submit_sm

HELPERS = os.path.join(REPOSITORY, "docs", "mock-smsc-helpers")


class Helpers(unittest.TestCase):
    def test_the_pytest_fixture(self):
        # What its fixtures do is plain Python; pytest itself is not needed for it.
        def fixture(function=None, **_):
            return function if function else lambda f: f
        sys.modules["pytest"] = types.SimpleNamespace(fixture=fixture)
        sys.path.insert(0, HELPERS)
        try:
            import conftest
        finally:
            sys.path.remove(HELPERS)
            del sys.modules["pytest"]
        os.environ["MOCK_SMSC_PROGRAM"] = program("mock-smsc")
        os.environ["MOCK_SMSC_OPTIONS"] = "--user shop:secret"
        processes = conftest.smsc_process()
        smsc = conftest.smsc(next(processes))
        with Peer(smsc.port) as peer:
            self.assertEqual(peer.bind("shop", "secret"), 0)
            smsc.rule({"first": 1}, status="ESME_RTHROTTLED")
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], 0x58)
            peer.submit(to="15551234567", text=b"code 123")
            [message] = smsc.wait(1, "to:15551234567 status:ok")
            self.assertEqual(message["text"], "code 123")
            with self.assertRaisesRegex(AssertionError, "2 messages expected for 'code' in 1ms, there were .*code 123"):
                smsc.wait(2, "code", timeout="1ms")
            smsc.mo("+15551234567", "12345", "thanks")
            self.assertEqual(peer.next_deliver().text, b"thanks")
            smsc.reset()
            self.assertEqual(smsc.messages(), [])
        with self.assertRaises(StopIteration):
            next(processes)
        self.assertEqual(smsc.process.returncode, 0)

    def test_the_shell_snippet(self):
        path = os.path.dirname(program("mock-smsc")) + os.pathsep + os.environ["PATH"]
        done = subprocess.run([os.path.join(HELPERS, "with-mock.sh"), "sh", "-c", 'echo "$SMPP_URL $MOCK_SMSC_API"; mock-smsc ready --http '
                               '"$(echo "$MOCK_SMSC_API" | cut -d/ -f3)"; exit 7'],
                              env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (7, ""))
        self.assertRegex(done.stdout, r"^smpp://127\.0\.0\.1:\d+ http://127\.0\.0\.1:\d+/api/v1\n$")

    def test_the_image_has_the_libraries_it_needs(self):
        needed = subprocess.run(["ldd", program("mock-smsc")], capture_output=True, text=True, check=True).stdout
        with open(os.path.join(REPOSITORY, "mock-smsc", "Dockerfile"), encoding="utf-8") as file:
            image = file.read().split("FROM debian:12-slim")[1]
        packages = {"libboost_json.so.1.81.0": "libboost-json1.81.0", "libboost_container.so.1.81.0": "libboost-container1.81.0",
                    "libargon2.so.1": "libargon2-1", "libfmt.so.9": "libfmt9", "libsqlite3.so.0": "libsqlite3-0",
                    "libssl.so.3": "libssl3", "libcrypto.so.3": "libssl3", "libyaml-cpp.so.0.7": "libyaml-cpp0.7", "libstdc++.so.6": "libstdc++6"}
        of_the_system = ("linux-vdso", "libm.", "libgcc_s.", "libc.", "/lib", "libdl.", "libpthread.", "librt.", "libresolv.", "libclang_rt", "libasan", "libubsan", "libtsan")
        for line in needed.splitlines():
            name = line.split()[0]
            if not name.startswith(of_the_system):
                self.assertIn(packages[name], image)

    def test_the_image_is_made_of_what_there_is(self):
        with open(os.path.join(REPOSITORY, "mock-smsc", "Dockerfile"), encoding="utf-8") as file:
            lines = file.read().replace("\\\n", " ").splitlines()
        built = next(line.split()[2:] for line in lines if line.startswith("RUN scripts/install-deps"))
        with open(os.path.join(REPOSITORY, "scripts", "install-deps"), encoding="utf-8") as file:
            known = file.read().split("packages=(")[1].split(")")[0].split()
        self.assertGreater(len(built), 5)
        self.assertLessEqual(set(built), set(known))
        for line in lines:
            if line.startswith("COPY ") and "--from" not in line:
                for path in line.split()[1:-1]:
                    self.assertTrue(os.path.exists(os.path.join(REPOSITORY, path)), path)
        installed = next(line for line in lines if "apt-get install" in line).split("--no-install-recommends")[1].split("&&")[0].split()
        if glob.glob("/var/lib/apt/lists/*_Packages*"):  # else nothing is known here
            told = subprocess.run(["apt-cache", "policy", *built, *installed], capture_output=True, text=True, check=True, timeout=60).stdout
            self.assertEqual(set(re.findall(r"^(\S+):$", told, re.M)), {*built, *installed})


if __name__ == "__main__":
    unittest.main()
