#!/usr/bin/env python3
"""How mock-smsc is started: configuration files, `run`, `ready`, captures, age limits."""
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from mock import Mock, program
from smpp_peer import SUBMIT_SM, UNBIND, Peer, submit_sm, tlv

RTHROTTLED = 0x58
SEND_ONE = """
import os, sys, urllib.request
from smpp_peer import Peer
with Peer(int(os.environ["SMPP_PORT"])) as peer:
    assert peer.bind() == 0
    print(peer.submit(text=b"from the child"))
print(urllib.request.urlopen(os.environ["MOCK_SMSC_API"] + "/messages/latest").read().decode())
print(os.environ["SMPP_URL"], os.environ["SMPP_HOST"])
"""


def mock_smsc(*words, **more):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCK_SMSC_")}
    environment.update(more.pop("env", {}))
    return subprocess.run([program("mock-smsc"), *words], capture_output=True, text=True, timeout=30, check=False,
                          env=environment, **more)


class Configuration(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "mock.yaml")

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def test_a_file_sets_options_lists_and_rules(self):
        self.write("max-messages: 3\nuser: [\"a:1\", \"b:2\"]\n"
                   "rule:\n  - match: {to: '^1', first: 1}\n    actions: [{status: ESME_RTHROTTLED, delay: 1ms}]\n")
        with Mock("--config", self.path) as mock, Peer(mock.port) as peer:
            self.assertEqual(peer.bind("b", "2"), 0)
            self.assertEqual([peer.request(SUBMIT_SM, submit_sm(to="1"))[0] for _ in range(5)], [RTHROTTLED, 0, 0, 0, 0])
            self.assertEqual(len(mock.messages()), 3)

    def test_the_command_line_outdoes_it(self):
        self.write("max-messages: 3\n")
        with Mock("--config", self.path, "--max-messages", "2") as mock, Peer(mock.port) as peer:
            peer.bind()
            for _ in range(4):
                peer.submit()
            self.assertEqual(len(mock.messages()), 2)

    def test_the_words_of_yaml_for_true_and_texts_that_look_like_numbers(self):
        self.write("magic: yes\nreceipt: {err: 021}\n")
        with Mock("--config", self.path) as mock, Peer(mock.port) as peer:
            peer.bind()
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm(to="1555990088"))[0], RTHROTTLED)
            peer.submit(registered=1)
            self.assertIn(b" err:021 ", peer.next_deliver().text)

    def test_options_that_would_do_nothing(self):
        for option in ("--tls-client-ca", "--tls-keylog"):
            done = mock_smsc(option, "/no/file", "--listen", "127.0.0.1:0", "--http", "none")
            self.assertEqual((done.returncode, done.stderr), (2, f"mock-smsc: {option} wants --tls-cert, --tls-self-signed or --listen-tls\n"))
        done = mock_smsc("run", "--", "true", env={"MOCK_SMSC_TYPO": "1", "MOCK_SMSC_API": "x"})
        self.assertEqual(done.returncode, 0)
        self.assertIn("mock-smsc: MOCK_SMSC_TYPO in the environment means nothing here\n", done.stderr)
        self.assertNotIn("MOCK_SMSC_API", done.stderr)

    def test_a_durability_that_is_none_says_so(self):
        done = mock_smsc("run", "--durability", "relaxed", "--database", os.path.join(self.folder.name, "x.db"), "--", "true")
        self.assertIn("--durability relaxed: submits are answered before they are in the database", done.stderr)

    def test_errors_name_file_and_key(self):
        self.write("nope: 1\nmax-messages: x\nhttp: [a, b]\n")
        done = mock_smsc("--config", self.path)
        self.assertEqual(done.returncode, 2)
        for words in ("unknown key nope", "max-messages: a number", "http: one value"):
            self.assertIn(f"mock-smsc: {self.path}: {words}", done.stderr)
        self.write("a: [\n")
        self.assertRegex(mock_smsc("--config", self.path).stderr, rf"^mock-smsc: {self.path}:\d+: ")
        self.assertIn("cannot read /no/file", mock_smsc("--config", "/no/file").stderr)


class Run(unittest.TestCase):
    def test_the_command_finds_the_mock_in_its_environment(self):
        done = mock_smsc("run", "--user", "user:secret", "--", sys.executable, "-c", SEND_ONE)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r"^lint: 0 errors, \d+ warnings, \d+ notes in 1 messages and 1 sessions\n")
        message_id, message, address = done.stdout.splitlines()
        self.assertEqual((json.loads(message)["text"], json.loads(message)["message_id"]), ("from the child", message_id))
        self.assertRegex(address, r"^smpp://user:secret@127\.0\.0\.1:\d+ 127\.0\.0\.1$")

    def test_with_tls_it_takes_a_free_port_and_tells_whom_to_trust(self):
        script = "import os, ssl; from smpp_peer import Peer\n" \
            "with Peer(int(os.environ['SMPPS_PORT']), ssl.create_default_context(cafile=os.environ['MOCK_SMSC_CA'])) as peer: assert peer.bind() == 0\n" \
            "print(os.environ['SMPPS_PORT'], os.environ['SMPP_PORT'], os.environ['SMPPS_URL'], os.environ['MOCK_SMSC_CA'])"
        done = mock_smsc("run", "--tls-self-signed", "--", sys.executable, "-c", script)
        self.assertEqual(done.returncode, 0, done.stderr)
        tls, plain, url, ca = done.stdout.split()
        self.assertNotIn("3550", (tls, plain))
        self.assertEqual(url, f"smpps://mock:mock@127.0.0.1:{tls}")
        self.assertFalse(os.path.exists(ca))

    def test_where_it_listens_can_be_said_in_the_environment_too(self):
        with Mock() as free:
            address = free.smpp
        done = mock_smsc("run", "--", "sh", "-c", "echo $SMPP_HOST:$SMPP_PORT", env={"MOCK_SMSC_LISTEN": address})
        self.assertEqual(done.stdout.strip(), address)

    def test_nothing_of_ours_is_open_in_the_command(self):
        read, write = os.pipe()
        self.addCleanup(os.close, read)
        self.addCleanup(os.close, write)
        done = mock_smsc("run", "--tls-self-signed", "--pcap", os.path.join(tempfile.mkdtemp(), "x"), "--", "ls", "/proc/self/fd", pass_fds=[write])
        # 3 is the folder that ls reads, and what was given to us is handed on.
        self.assertEqual(sorted(int(each) for each in done.stdout.split()), sorted({0, 1, 2, write, 3 if write != 3 else 4}))

    def test_its_exit_code_is_ours(self):
        self.assertEqual(mock_smsc("run", "--", "sh", "-c", "exit 7").returncode, 7)
        self.assertEqual(mock_smsc("run", "--", "sh", "-c", "kill -9 $$").returncode, 128 + 9)

    def test_what_cannot_run(self):
        done = mock_smsc("run", "--", "/no/such/program")
        self.assertEqual((done.returncode, done.stderr), (1, "mock-smsc: cannot run /no/such/program: No such file or directory\n"))
        self.assertEqual(mock_smsc("run", "--http", "none").returncode, 2)

    def test_sigterm_reaches_the_command(self):
        script = ("import signal, sys; term = {signal.SIGTERM}; signal.pthread_sigmask(signal.SIG_BLOCK, term); "
                  "print('started', flush=True); signal.sigwait(term); sys.exit(5)")
        with subprocess.Popen([program("mock-smsc"), "run", "--", sys.executable, "-c", script], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as running:
            self.assertTrue(select.select([running.stdout], [], [], 10)[0])
            self.assertEqual(running.stdout.readline(), b"started\n")
            running.send_signal(signal.SIGTERM)
            self.assertEqual(running.wait(10), 5)


class Ready(unittest.TestCase):
    def test_ready_and_not(self):
        with Mock() as mock:
            self.assertEqual(mock_smsc("ready", "--http", mock.http).returncode, 0)
            gone = mock.http
        done = mock_smsc("ready", "--http", gone, "--wait", "50ms")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"not ready at {gone}", done.stderr)
        self.assertEqual(mock_smsc("ready", "--wait", "soon").returncode, 2)
        done = mock_smsc("ready", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("usage: mock-smsc ready", done.stdout)

    def test_it_waits(self):
        with Mock() as mock:
            address = mock.http
        waiting = subprocess.Popen([program("mock-smsc"), "ready", "--wait", "20s"], env={**os.environ, "MOCK_SMSC_HTTP": address})
        with Mock("--http", address, http=None):
            self.assertEqual(waiting.wait(20), 0)


class Captures(unittest.TestCase):
    def test_sessions_are_written_decrypted_and_without_passwords(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "all.pcapng")
            with Mock("--pcap", path) as mock:
                with Peer(mock.port) as peer:
                    peer.bind("user", "verysecret")
                    peer.submit(text=b"seen on the wire")
                mock.stop()
            with open(path, "rb") as file:
                octets = file.read()
            self.assertEqual(octets[:4], b"\x0a\x0d\x0d\x0a")
            self.assertIn(b"seen on the wire", octets)
            self.assertNotIn(b"verysecret", octets)
            if os.path.exists(program("smpp-dump")):
                done = subprocess.run([program("smpp-dump"), "-T", "json", path], capture_output=True, text=True, check=True, timeout=20)
                self.assertEqual([line.count("submit_sm_resp") > 0 for line in done.stdout.splitlines()].count(True), 1, done.stdout)
        with Mock("--pcap", "/dev/full") as mock:
            for _ in range(2):
                with Peer(mock.port) as peer:
                    peer.bind()
                    peer.request(UNBIND)
            mock.stop(errors=r"^mock-smsc: cannot write to /dev/full: [^\n]+; the capture ends here\n$")
        done = mock_smsc("--listen", "127.0.0.1:0", "--http", "none", "--pcap", "/no/such/file.pcapng")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write /no/such/file.pcapng", done.stderr)


class Age(unittest.TestCase):
    def test_old_records_go(self):
        with Mock("--max-age", "100ms") as mock, Peer(mock.port) as peer:
            peer.bind()
            peer.submit()
            deadline = time.monotonic() + 10
            while mock.messages():
                self.assertLess(time.monotonic(), deadline)

    def test_the_oldest_give_way_by_number_and_by_size_and_from_the_database_too(self):
        payload = tlv(0x0424, b"x" * 2000)
        for option, most in (("--max-messages", 10), ("--max-bytes", "1M")):
            with self.subTest(option), tempfile.TemporaryDirectory() as folder:
                database = ("--database", os.path.join(folder, "records.db"))
                with Mock(option, most, *database) as mock, Peer(mock.port) as peer:
                    peer.bind()
                    last = [int(peer.submit(text=b"", tlvs=payload)) for _ in range(3000)][-1]
                    kept = mock.get("/messages", limit=1)["total"]
                    self.assertTrue(10 <= kept <= 520, kept)
                    self.assertEqual(mock.messages(limit=1)[0]["id"], last)
                    self.assertEqual(mock.call("/messages/1")[0], 404)
                with Mock(*database) as again:  # the database is pruned by thousands
                    self.assertEqual(again.messages(limit=1)[0]["id"], last)
                    self.assertTrue(kept <= again.get("/messages", limit=1)["total"] < kept + 1000)
                    self.assertEqual(again.call("/messages/1")[0], 404)


if __name__ == "__main__":
    unittest.main()
