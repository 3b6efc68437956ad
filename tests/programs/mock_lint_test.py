#!/usr/bin/env python3
"""mock-smsc's findings about clients, and the tags of messages."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.request

from mock import Mock, program
from smpp_peer import BIND_RECEIVER, BIND_TRANSMITTER, ENQUIRE_LINK, SUBMIT_SM, Peer, submit_sm


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
        transmitter = self.peer(kind=BIND_TRANSMITTER)
        again = transmitter.submit(registered=1)
        self.assertIn("session.receipt-to-nobody", self.rules())
        self.assertIn("session.receipt-to-nobody", [f["rule"] for f in self.mock.get(f"/messages/{again}/lint")["findings"]])
        receiver.close()
        self.mock.call("/sessions", state="closed")
        deadline = 100
        while not self.mock.get("/sessions", state="closed")["sessions"] and deadline:
            deadline -= 1
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
