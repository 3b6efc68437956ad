"""smpp-dump reads TLS with a key log or a pcapng's secrets, and says why it cannot."""
import json
import os
import random
import re
import subprocess
import tempfile
import unittest

from certificates import Certificates
from smpp_peer import pdu, submit_sm
from tls_capture import TlsSession, pcap, pcapng

DUMP = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")


def setUpModule():
    global certificates
    certificates = Certificates()
    unittest.addModuleCleanup(certificates.close)


def talk(session, messages=10):
    """A bind and `messages` submits; returns how many PDUs were exchanged."""
    session.send("client", pdu(2, 1, b"user\0secret\0\0\x34\0\0\0"))
    session.send("server", pdu(0x80000002, 1, b"mc\0"))
    for n in range(2, 2 + messages):
        session.send("client", pdu(4, n, submit_sm(text=b"message %d" % n)))
        session.send("server", pdu(0x80000004, n, b"id%d\0" % n))
    return 2 + 2 * messages


def dump(octets, key_log=None):
    with tempfile.TemporaryDirectory() as folder:
        path, options = os.path.join(folder, "x"), ["-T", "json"]
        with open(path, "wb") as file:
            file.write(octets)
        if key_log is not None:
            options += ["--keylog", os.path.join(folder, "keys")]
            with open(options[-1], "w", encoding="ascii") as file:
                file.write(key_log)
        done = subprocess.run([DUMP, *options, path], capture_output=True, timeout=60, check=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return records, done.stderr.decode(), done.returncode


class Decrypted(unittest.TestCase):
    def test_every_version_and_cipher(self):
        for version, cipher in (("1.3", None), ("1.2", "ECDHE+AESGCM"), ("1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"),
                                ("1.2", "ECDHE-ECDSA-AES256-GCM-SHA384"), ("1.2", "ECDHE-ECDSA-CHACHA20-POLY1305")):
            with self.subTest(version=version, cipher=cipher):
                session = TlsSession(certificates, version, cipher)
                count = talk(session)
                for octets, log in ((pcap(session.packets()), session.key_log),
                                    (pcap(session.packets(size=7)), session.key_log),
                                    (pcapng(session.packets(), session.key_log), None)):
                    records, err, code = dump(octets, log)
                    self.assertEqual((0, ""), (code, err))
                    self.assertEqual(count, len(records))
                    self.assertEqual({"ok"}, {r["state"] for r in records})
                    self.assertEqual("message 11", records[-2]["text"])
                    self.assertEqual("10.0.0.1:40000", records[0]["src"])

    def test_segments_in_another_order(self):
        session = TlsSession(certificates, "1.3")
        count = talk(session)
        for seed in range(30):
            frames = session.packets(size=100)
            shuffled = frames[:3] + sorted(frames[3:], key=lambda f, r=random.Random(seed): frames.index(f) + r.random() * 6)
            records, err, _ = dump(pcap(shuffled), session.key_log)
            self.assertEqual((count, ""), (len(records), err), seed)

    def test_a_lost_segment_costs_only_what_was_in_it(self):
        for version in ("1.2", "1.3"):
            session = TlsSession(certificates, version)
            count = talk(session, 100)
            frames = session.packets()
            lost = len(frames) // 2
            records, _, _ = dump(pcap(frames[:lost] + frames[lost + 1:]), session.key_log)
            self.assertEqual(count - 1, len([r for r in records if not r.get("garbage")]), version)
            self.assertIn("after_gap", {r["state"] for r in records})


class NotDecrypted(unittest.TestCase):
    def test_why(self):
        session = TlsSession(certificates, "1.3")
        talk(session)
        frames = session.packets()
        other = TlsSession(certificates, "1.3")
        random_of = re.search(r"TRAFFIC_SECRET_0 (\w+)", session.key_log)[1]
        wrong = session.key_log.replace("_TRAFFIC_SECRET", "_TRAFFIC_SECRET_OF_NOTHING")
        damaged = [f[:-1] + bytes([f[-1] ^ 1]) if n == 12 else f for n, f in enumerate(frames)]
        cbc = TlsSession(certificates, "1.2", "ECDHE-ECDSA-AES128-SHA256")
        for octets, log, said in (
                (pcap(frames), None, "1 TLS connections are not decrypted: --keylog FILE"),
                (pcap(frames), other.key_log, f"secrets are not in the key log (client random {random_of}"),
                (pcap(frames), wrong, "secrets are not in the key log"),
                (pcap(frames[8:]), session.key_log, "beginning is not in the capture"),
                (pcap(damaged), session.key_log, "a record cannot be opened"),
                (pcap(cbc.packets()), cbc.key_log, "cipher suite 0xc023 cannot be read")):
            with self.subTest(said):
                records, err, _ = dump(octets, log)
                self.assertIn(said, err)
                self.assertEqual(1, err.count("not decrypted"))
                self.assertLess(len(records), 22)

    def test_a_handshake_that_is_broken_off(self):
        with Certificates() as stranger:
            session = TlsSession(certificates, "1.2", trust=stranger.ca)
        self.assertIsNotNone(session.error)
        _, err, _ = dump(pcap(session.packets()))
        self.assertIn("the client broke the handshake off: unknown CA", err)

    def test_a_handshake_that_is_broken_off_behind_keys(self):
        """In TLS 1.3 the alert is encrypted as well."""
        with Certificates() as stranger:
            session = TlsSession(certificates, "1.3", trust=stranger.ca)
        self.assertIsNotNone(session.error)
        _, err, _ = dump(pcap(session.packets()), session.key_log)
        self.assertIn("the client broke the handshake off: unknown CA", err)

    def test_a_key_log_that_is_not_there(self):
        done = subprocess.run([DUMP, "--keylog", "/nonexistent", "-"], input=b"", capture_output=True, check=False)
        self.assertEqual(3, done.returncode)
        self.assertIn(b"--keylog /nonexistent: No such file", done.stderr)


if __name__ == "__main__":
    unittest.main()
