#!/usr/bin/env python3
"""mock-smsc with --database: nothing acknowledged is lost, and no file of others is touched.

MOCK_KILL_ROUNDS sets how often the program is killed under load (3).
"""
import os
import random
import resource
import sqlite3
import subprocess
import tempfile
import threading
import unittest

from mock import Mock, program
from smpp_peer import BIND_TRANSMITTER, SUBMIT_SM, Closed, Peer, submit_sm

FINAL = 1
RSYSERR = 8


class Database(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "records.db")

    def open(self, *options):
        return Mock("--database", self.path, *options)

    def refused(self, path):
        done = subprocess.run([program("mock-smsc"), "--listen", "127.0.0.1:0", "--http", "none", "--database", path],
                              capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertTrue(done.stderr.startswith(f"mock-smsc: cannot use the database {path}: "), done.stderr)
        return done.stderr

    def check_integrity(self):
        database = sqlite3.connect(self.path)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        database.close()

    def test_records_sessions_and_numbers_survive_a_restart(self):
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind("account")
            first = mock.get("/messages/" + peer.submit(text=b"first"))
        with self.open() as mock, Peer(mock.port) as peer:
            again = mock.get(f"/messages/{first['id']}")
            self.assertEqual(again, first)
            peer.bind("other")
            second = int(peer.submit())
            self.assertGreater(second, first["id"])
            self.assertEqual([m["system_id"] for m in mock.messages()], ["other", "account"])
        self.check_integrity()

    def test_receipts_leave_after_a_restart_as_a_rule_said(self):
        rule = {"match": {"to": "777"}, "actions": [{"receipt": {"states": [{"state": "ENROUTE", "delay": "1ms"},
                                                                            {"state": "UNDELIVERABLE", "delay": "1500ms"}],
                                                                 "id": "padded_hex", "err": "0BD", "in": "text"}}]}
        with self.open() as mock:
            mock.call("/rules", "POST", rule)
            with Peer(mock.port) as peer:
                peer.bind()
                for _ in range(11):
                    plain = peer.submit()
                told = peer.submit(to="777", registered=FINAL)
                self.assertEqual((plain, told), ("11", "12"))
            mock.kill()
            mock.start()  # without the rule
            self.assertEqual([], mock.get("/rules")["rules"])
            with Peer(mock.port) as peer:
                peer.bind()
                receipt = peer.next_deliver()
                self.assertRegex(receipt.text, rb"^id:0+C .*stat:UNDELIV err:0BD ")
                self.assertNotIn(0x001E, receipt.tlvs)
        self.check_integrity()

    def test_parts_are_joined_across_a_restart(self):
        def part(number):
            return dict(esm_class=0x40, text=bytes([5, 0, 3, 9, 2, number]) + b"part %d " % number)
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind()
            peer.submit(**part(1))
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind()
            message = mock.get("/messages/" + peer.submit(**part(2)))
            self.assertEqual(message["parts"]["text"], "part 1 part 2 ")

    def test_receipts_that_are_due_survive_a_restart(self):
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind(kind=BIND_TRANSMITTER)
            due = peer.submit(registered=FINAL)
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind()
            self.assertEqual(peer.next_deliver().tlvs[0x001E], due.encode() + b"\0")
            mock.wait(1, f"id:{due}")
            last = peer.submit(registered=FINAL)
            self.assertEqual(peer.next_deliver().tlvs[0x001E], last.encode() + b"\0")
            peer.request(0x15)  # the acknowledgement was read
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind()
            new = peer.submit(registered=FINAL)
            self.assertEqual(peer.next_deliver().tlvs[0x001E], new.encode() + b"\0")

    def test_retention_reaches_the_file(self):
        with self.open("--max-messages", "1500") as mock, Peer(mock.port) as peer:
            peer.bind(kind=BIND_TRANSMITTER)
            for _ in range(4):
                for sequence in [peer.start(SUBMIT_SM, submit_sm()) for _ in range(1000)]:
                    peer.response(sequence)
        database = sqlite3.connect(self.path)
        kept, last = database.execute("SELECT COUNT(*), MAX(id) FROM messages").fetchone()
        database.close()
        self.assertEqual(last, 4000)
        self.assertLess(kept, 2600)

    def test_killed_under_load(self):
        rounds = int(os.environ.get("MOCK_KILL_ROUNDS", "3"))
        for first in range(0, rounds, 20):  # all are read after each round: a file of few rounds
            self.path = os.path.join(self.folder.name, f"killed-{first}.db")
            self.kill_under_load(range(first, min(first + 20, rounds)))

    def kill_under_load(self, rounds):
        acknowledged = {}
        for round_number in rounds:
            mock = self.open("--max-messages", 10_000_000)
            mock.start()
            with self.subTest(round=round_number):
                self.check_all_there(mock, acknowledged)
            clients = [threading.Thread(target=self.load, args=(mock.port, f"{round_number}-{c}", acknowledged))
                       for c in range(3)]
            for client in clients:
                client.start()
            enough = len(acknowledged) + random.randint(1, 3000)
            while len(acknowledged) < enough:
                clients[0].join(0.001)
            mock.close()
            for client in clients:
                client.join()
            self.check_integrity()
        with self.open("--max-messages", 10_000_000) as mock:
            self.check_all_there(mock, acknowledged)

    def load(self, port, name, acknowledged):
        """Submits, a hundred at a time, until the connection breaks; notes what was acknowledged."""
        count = 0
        try:
            with Peer(port) as peer:
                peer.bind(name)
                while True:
                    texts = [f"{name}-{count + i}" for i in range(100)]
                    count += len(texts)
                    sequences = [peer.start(SUBMIT_SM, submit_sm(text=t.encode())) for t in texts]
                    for sequence, text in zip(sequences, texts):
                        _, status, body = peer.response(sequence)
                        self.assertEqual(status, 0)
                        acknowledged[int(body.rstrip(b"\0"))] = text
        except (Closed, OSError):
            pass

    def check_all_there(self, mock, acknowledged):
        found = {}
        before = None
        while True:
            page = mock.get("/messages", limit=1000, before=before)["messages"]
            if not page:
                break
            found.update({m["id"]: m["text"] for m in page})
            before = page[-1]["id"]
        lost = {i: t for i, t in acknowledged.items() if found.get(i) != t}
        self.assertFalse(lost, f"{len(lost)} of {len(acknowledged)} lost")

    def test_files_that_are_not_ours_are_left_alone(self):
        with open(self.path, "wb") as file:
            file.write(b"precious text\n" * 100)
        self.assertIn("not a database", self.refused(self.path))
        with open(self.path, "rb") as file:
            self.assertEqual(file.read(), b"precious text\n" * 100)
        os.unlink(self.path)
        database = sqlite3.connect(self.path)
        database.execute("CREATE TABLE messages(x)")
        database.commit()
        database.close()
        self.assertIn("not a database of mock-smsc", self.refused(self.path))

    def test_damaged_newer_busy_and_impossible_files(self):
        with self.open() as mock, Peer(mock.port) as peer:
            peer.bind()
            for _ in range(500):
                peer.submit()
            self.assertIn("in use", self.refused(self.path))
        with open(self.path, "rb") as file:
            good = file.read()
        with open(self.path, "r+b") as file:
            file.seek(5000)
            file.write(b"\xff" * 20000)
        self.assertIn("damaged", self.refused(self.path))
        with open(self.path, "wb") as file:
            file.write(good)
        database = sqlite3.connect(self.path)
        database.execute("PRAGMA user_version = 99")
        database.commit()
        database.close()
        self.assertIn("newer", self.refused(self.path))
        self.refused(os.path.join(self.folder.name, "no", "file.db"))

    def test_a_full_disk_is_answered_and_reading_goes_on(self):
        mock = self.open()
        mock.start()
        self.addCleanup(mock.close)
        with Peer(mock.port) as peer:
            peer.bind()
            kept = peer.submit(text=b"kept")
            resource.prlimit(mock.process.pid, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
            sequences = [peer.start(SUBMIT_SM, submit_sm(text=b"x" * 200)) for _ in range(1000)]
            statuses = {peer.response(s)[1] for s in sequences}
            self.assertIn(RSYSERR, statuses)
            self.assertLessEqual(statuses, {0, RSYSERR})
            self.assertEqual(mock.get(f"/messages/{kept}")["text"], "kept")
            self.assertEqual(mock.messages("status:rsyserr", limit=1)[0]["message_id"], "")
            resource.prlimit(mock.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            after = peer.submit(text=b"there is room again")
        mock.stop(errors=r"^(mock-smsc: cannot write to the database: .*\n)+$")
        with self.open() as mock:
            self.assertEqual(mock.get(f"/messages/{after}")["text"], "there is room again")
        self.check_integrity()

    def test_relaxed(self):
        with self.open("--durability", "relaxed") as mock, Peer(mock.port) as peer:
            peer.bind()
            ids = [int(peer.submit()) for _ in range(20)]
            mock.stop(errors="^mock-smsc: --durability relaxed: [^\n]*\n$")
        with self.open() as mock:
            self.assertEqual([m["id"] for m in mock.messages()], ids[::-1])


if __name__ == "__main__":
    unittest.main()
