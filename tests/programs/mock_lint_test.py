#!/usr/bin/env python3
"""mock-smsc's findings about clients, and the tags of messages."""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from mock import Mock, program
from smpp_peer import (BIND_RECEIVER, BIND_TRANSMITTER, ENQUIRE_LINK, SUBMIT_SM, UNBIND, Closed, Peer, c_string, pdu,
                       submit_sm)


LONG = "441234567890"


class Case(unittest.TestCase):
    options = []

    def setUp(self):
        self.mock = Mock(*self.options)
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)

    def peer(self, name="user", **how):
        peer = Peer(self.mock.port)
        self.addCleanup(peer.close)
        self.assertEqual(peer.bind(name, **how), 0)
        return peer

    def rules(self, **params):
        return {each["rule"]: each for each in self.mock.get("/lint", **params)["findings"]}

    def closed(self, count, seconds=30):
        """Waits until so many sessions have ended."""
        deadline = time.monotonic() + seconds
        while len(self.mock.get("/sessions", state="closed")["sessions"]) < count:
            self.assertLess(time.monotonic(), deadline)

    def session(self, name="user", messages=0, **how):
        """A whole one, from bind to unbind; the status of its bind."""
        with Peer(self.mock.port) as peer:
            status = peer.bind(name, **how)
            for _ in range(messages):
                peer.submit(sender=LONG)
            if status == 0:
                peer.request(UNBIND)
        return status


class Lint(Case):
    def test_of_one_message(self):
        peer = self.peer()
        good = peer.submit(sender=LONG)
        bad = peer.submit(sender="ACME")  # a TON of 1
        self.assertEqual(self.mock.get(f"/messages/{good}/lint"), {"id": int(good), "findings": []})
        [finding] = [f for f in self.mock.get(f"/messages/{bad}/lint")["findings"] if f["rule"] == "address.alpha-ton"]
        self.assertEqual((finding["severity"], finding["field"], finding["offset"]), ("warning", "source_addr", 19))
        self.assertIn("TON", finding["sentence"])
        self.assertEqual(self.mock.get(f"/messages/{bad}")["lint"][0]["rule"], "address.alpha-ton")
        self.assertEqual([m["id"] for m in self.mock.messages("lint:alpha-ton")], [int(bad)])
        self.assertEqual([m["id"] for m in self.mock.messages("lint:warning")], [int(bad)])
        self.assertEqual([m["id"] for m in self.mock.messages("-lint:/./")], [int(good)])
        self.assertEqual(self.mock.call("/messages/99/lint")[0], 404)

    def test_of_all(self):
        peer = self.peer()
        for _ in range(7):
            peer.submit(sender="ACME")
        peer.submit(text=b"x\xc3\xa4y")
        report = self.mock.get("/lint")
        self.assertEqual((report["messages"], report["sessions"], report["errors"]), (8, 1, 0))
        self.assertEqual(report["findings"][0]["rule"], "address.alpha-ton")  # the most frequent of the gravest
        alpha = self.rules()["address.alpha-ton"]
        self.assertEqual((alpha["count"], len(alpha["examples"])), (7, 5))
        self.assertEqual(alpha["examples"][0]["message"], 7)
        self.assertIn("text.utf8-as-gsm", self.rules())
        self.assertEqual(list(self.rules(query="from:acme")), ["address.alpha-ton"])
        self.assertEqual(self.rules(severity="error"), {})
        self.assertEqual(self.mock.get("/lint", limit=1)["messages"], 1)
        self.assertEqual(self.mock.call("/lint", severity="grave")[0], 400)

    def test_of_the_course_of_sessions(self):
        receiver = self.peer(kind=BIND_RECEIVER)
        receiver.request(SUBMIT_SM, submit_sm())
        found = self.rules()["session.wrong-role"]
        self.assertEqual((found["examples"][0]["by"], found["examples"][0]["sequence_number"]), ("esme", 2))
        session = found["examples"][0]["session"]
        transmitter = self.peer("alone", kind=BIND_TRANSMITTER)  # nobody receives for it
        again = transmitter.submit(registered=1)
        self.assertIn("session.receipt-to-nobody", self.rules())
        self.assertIn("session.receipt-to-nobody", [f["rule"] for f in self.mock.get(f"/messages/{again}/lint")["findings"]])
        receiver.close()
        self.closed(1)
        self.assertEqual(self.rules()["session.wrong-role"]["examples"][0]["session"], session)
        self.assertIn("session.no-unbind", self.rules())

    def test_scopes(self):
        self.mock.call("/accounts", "PUT", [{"system_id": "a", "password": None}], scope="one")
        self.peer("a").submit(sender="ACME")
        self.peer("other")
        self.assertEqual(list(self.rules(scope="one")), ["address.alpha-ton"])
        self.assertEqual(self.mock.get("/lint", scope="one")["sessions"], 1)
        self.assertEqual(self.rules(scope="two"), {})

    def test_events(self):
        peer = self.peer(kind=BIND_TRANSMITTER)
        events = urllib.request.urlopen(f"http://{self.mock.http}/api/v1/events", timeout=10)
        events.readline()
        self.mock.call("/rules", "POST", {"actions": [{"status": "ESME_RSYSERR"}]})
        part = dict(esm_class=0x40, text=bytes([5, 0, 3, 9, 2, 1]) + b"one")
        peer.request(SUBMIT_SM, submit_sm(sender="ACME", registered=1, **part))
        seen = {}
        while len(seen) < 4 or "session.receipt-to-nobody" not in str(seen) or "alpha-ton" not in str(seen):
            line = events.readline().decode().rstrip()
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: "):
                seen.setdefault(kind, []).append(json.loads(line[6:]))
        events.close()
        self.assertEqual(sorted(seen), ["fault", "lint", "message", "part"])
        self.assertEqual(seen["fault"], [{"id": 1, "faults": "status"}])
        self.assertEqual((seen["part"][0]["id"], seen["part"][0]["parts"]["ids"]), (1, [1, 0]))
        rules = {each["rule"]: each for each in seen["lint"]}
        self.assertEqual(rules["address.alpha-ton"]["message"], 1)
        self.assertEqual(rules["session.receipt-to-nobody"]["sequence_number"], 2)


    def test_times_that_were_over_when_the_message_came(self):
        peer = self.peer()
        over = peer.submit(sender=LONG, validity="200101000000000+")
        still = peer.submit(sender=LONG, validity="000001000000000R")
        self.assertEqual([f["rule"] for f in self.mock.get(f"/messages/{over}/lint")["findings"]], ["message.time-past"])
        self.assertEqual(self.mock.get(f"/messages/{still}/lint")["findings"], [])

    def test_pdus_that_are_no_messages(self):
        self.peer("user", password="secret-123")
        [example] = self.rules()["field.too-long"]["examples"]
        self.assertEqual((example["field"], example["offset"], example["sequence_number"]), ("password", 21, 1))

    def test_messages_that_were_not_taken(self):
        peer = self.peer()
        status, _ = peer.request(SUBMIT_SM, submit_sm(sender=LONG)[:10])
        self.assertNotEqual(status, 0)
        self.assertEqual(self.mock.messages(), [])
        self.assertIn("framing.truncated", self.rules())

    def test_another_protocol(self):
        peer = Peer(self.mock.port)
        self.addCleanup(peer.close)
        peer.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertTrue(peer.ends())
        self.closed(1)
        self.assertEqual(self.rules()["session.other-protocol"]["examples"][0]["detail"], "HTTP")

    def test_a_length_that_no_pdu_has(self):
        peer = self.peer()
        peer.send(b"\0\0\0\5" + bytes(12))
        self.assertTrue(peer.ends())
        self.assertEqual(self.rules()["framing.length"]["examples"][0]["detail"], "5")

    def test_receipts_of_a_transmitter_come_to_its_receiver(self):
        with self.peer(kind=BIND_RECEIVER) as receiver, self.peer(kind=BIND_TRANSMITTER) as transmitter:
            transmitter.submit(sender=LONG, registered=1)
            receiver.next_deliver()
            transmitter.request(UNBIND)
            receiver.request(UNBIND)
        self.closed(2)
        self.assertEqual(self.rules(), {})

    def test_what_we_do_ourselves_is_no_finding(self):
        self.mock.call("/rules", "POST", {"match": {"to": "1"}, "actions": [{"close": "fin"}]})
        peer = self.peer()
        with self.assertRaises((Closed, ConnectionError)):
            peer.request(SUBMIT_SM, submit_sm(to="1", sender=LONG))
            peer.request(ENQUIRE_LINK)
        self.closed(1)
        self.assertEqual([rule for rule in self.rules() if rule.startswith("session.")], [])

    def test_a_window_is_that_of_the_account(self):
        self.mock.call("/accounts", "PUT", [{"system_id": "a", "window": 2}])
        self.mock.call("/rules", "POST", {"actions": [{"delay": "200ms"}]})
        peer = self.peer("a")
        peer.send(b"".join(pdu(SUBMIT_SM, number, submit_sm(sender=LONG)) for number in (10, 11)))
        for number in (10, 11):
            peer.response(number)
        self.assertNotIn("session.over-window", self.rules())
        peer.send(b"".join(pdu(SUBMIT_SM, number, submit_sm(sender=LONG)) for number in (20, 21, 22)))
        for number in (20, 21, 22):
            peer.response(number)
        self.assertEqual(self.rules()["session.over-window"]["examples"][0]["sequence_number"], 22)


class Clients(Case):
    """What one does over several sessions."""
    options = ["--user", "user:secret"]

    def test_a_bind_for_each_message(self):
        for _ in range(5):
            self.assertEqual(self.session(messages=1), 0)
        self.closed(5)
        found = self.rules()
        self.assertEqual(list(found), ["client.bind-per-message"])
        self.assertEqual((found["client.bind-per-message"]["severity"], found["client.bind-per-message"]["count"]), ("note", 1))

    def test_sessions_with_more_messages(self):
        for _ in range(5):
            self.assertEqual(self.session(messages=2), 0)
        self.closed(5)
        self.assertEqual(self.rules(), {})

    def test_binds_that_are_refused_without_a_pause(self):
        for _ in range(5):
            self.assertNotEqual(self.session(password="wrong"), 0)
        self.assertEqual(list(self.rules()), ["client.bind-storm"])
        self.assertEqual(self.session(), 0)

    def test_sessions_beside_others_that_carry_nothing(self):
        with self.peer() as busy:
            busy.submit(sender=LONG)
            for _ in range(3):
                self.session()
            busy.request(UNBIND)
        self.closed(4)
        self.assertEqual(list(self.rules()), ["client.idle-binds"])


class OurOwn(Case):
    """Our programs are correct clients: a test that fails on warnings can use them."""

    def run_client(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def check_silent(self, sessions):
        self.closed(sessions)
        self.assertEqual(self.rules(severity="warning"), {})

    def test_notifier(self):
        if not os.path.exists(program("notifier")):
            self.skipTest("notifier is not built")
        where = f"smpp://user:secret@{self.mock.smpp}"
        for text in ("hello", "price $5 {a_b}", "\u4f60\u597d, \U0001f600", "long " * 60):
            self.run_client(program("notifier"), "-b", text, f"{where}/+15551230000/+15557654321")
        self.run_client(program("notifier"), "-b", "hello", f"{where}/ACME/+15557654321")
        self.check_silent(5)

    def test_smpp_load(self):
        if not os.path.exists(program("smpp-load")):
            self.skipTest("smpp-load is not built")
        self.run_client(program("smpp-load"), "-n", "500", "-w", "50", self.mock.smpp)
        self.check_silent(1)


class Bounded(Case):
    options = ["--lint-pdus", "10"]

    def test_only_the_first_pdus_of_a_session(self):
        peer = self.peer(kind=BIND_TRANSMITTER)
        for _ in range(10):
            peer.request(ENQUIRE_LINK)
        peer.submit(registered=1)
        self.assertNotIn("session.receipt-to-nobody", self.rules())


class Run(unittest.TestCase):
    def test_the_report_comes_at_the_end(self):
        script = ("import os, sys; sys.path.insert(0, os.environ['PYTHONPATH'].split(':')[0])\n"
                  "from smpp_peer import Peer\n"
                  "with Peer(int(os.environ['SMPP_PORT'])) as p:\n"
                  "    p.bind(); p.submit(sender='ACME'); p.request(6)\n"
                  "sys.exit(4)\n")
        support = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support")
        done = subprocess.run([program("mock-smsc"), "run", "--", sys.executable, "-B", "-c", script], capture_output=True, text=True,
                              timeout=30, check=False, env={**os.environ, "PYTHONPATH": support})
        self.assertEqual((done.returncode, done.stdout), (4, ""), done.stderr)
        first, second, third = done.stderr.splitlines()[:3]
        self.assertEqual(first, "lint: 0 errors, 1 warnings, 0 notes in 1 messages and 1 sessions")
        self.assertTrue(second.startswith("  warning address.alpha-ton (3.4: 5.2.5), 1 times: "), second)
        self.assertTrue(third.startswith("    message 1, source_addr at octet 19"), third)


class Tags(Case):
    def tag(self, **wanted):
        params = {"scope": wanted.pop("scope")} if "scope" in wanted else {}
        return self.mock.call("/messages/tags", "PUT", wanted, **params)

    def test_tags_are_set_added_and_removed(self):
        peer = self.peer()
        ids = [int(peer.submit(to=str(n))) for n in range(3)]
        self.assertEqual(self.tag(query="to:0", add=["seen", "a.b"]), (200, {"changed": 1}))
        self.assertEqual(self.tag(ids=ids[:2], add=["seen"]), (200, {"changed": 1}))
        self.assertEqual(self.mock.get(f"/messages/{ids[0]}")["tags"], ["seen", "a.b"])
        self.assertEqual([m["id"] for m in self.mock.messages("tag:seen")], [ids[1], ids[0]])
        self.assertEqual([m["id"] for m in self.mock.messages("-tag:seen")], [ids[2]])
        self.assertEqual(self.mock.messages("tag:see"), [])
        self.assertEqual(self.tag(query="", tags=["z"]), (200, {"changed": 3}))
        self.assertEqual([m["tags"] for m in self.mock.messages()], [["z"]] * 3)
        self.assertEqual(self.tag(query="tag:z", remove=["z"]), (200, {"changed": 3}))
        self.assertNotIn("tags", self.mock.messages()[0])

    def test_what_is_wrong(self):
        for wanted, words in (({"tags": ["a"]}, '"ids" or "query"'), ({"query": ""}, '"tags"'), ({"query": "(", "tags": []}, "query"),
                              ({"query": "", "tags": ["a b"]}, "tags: up to 64"), ({"query": "", "add": [1]}, "add: a text"),
                              ({"ids": [0], "add": []}, "ids"), ({"nope": 1}, "nope")):
            status, answer = self.tag(**wanted)
            self.assertEqual(status, 400)
            self.assertIn(words, answer["error"]["message"])

    def test_scopes(self):
        self.mock.call("/accounts", "PUT", [{"system_id": "a", "password": None}], scope="one")
        self.peer("a").submit(to="1")
        self.peer("b").submit(to="2")
        self.assertEqual(self.tag(query="", add=["x"], scope="one"), (200, {"changed": 1}))
        self.assertEqual([m["to"] for m in self.mock.messages("tag:x")], ["1"])

    def test_tags_and_faults_survive_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ("--database", os.path.join(folder, "r.db"))
            with Mock(*options, "--rule", '{"match":{"to":"^1"},"actions":[{"status":"ESME_RSYSERR"}]}') as mock:
                with Peer(mock.port) as peer:
                    peer.bind()
                    peer.request(SUBMIT_SM, submit_sm(to="1"))
                    peer.request(SUBMIT_SM, submit_sm(to="2"))
                mock.call("/messages/tags", "PUT", {"query": "to:2", "add": ["b", "a"]})
                before = mock.messages()
            with Mock(*options) as mock:
                after = mock.messages()
                self.assertEqual([m.get("tags") for m in after], [["b", "a"], None])
                self.assertEqual([m.get("faults") for m in after], [None, "status"])
                self.assertEqual([m["id"] for m in after], [m["id"] for m in before])


if __name__ == "__main__":
    unittest.main()
