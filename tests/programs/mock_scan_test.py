#!/usr/bin/env python3
"""mock-smsc with many messages: calls that look at all of them give others their turn, and answer as exactly as with few."""
import threading
import time
import unittest

from mock import Mock
from smpp_peer import CANCEL_SM, ENQUIRE_LINK, SUBMIT_SM, Peer, address, pdu, submit_sm

MANY = 20_000
COSTLY = "text:/(x+x+)+y$/"  # takes its time with each message


def fill(peer, count, **fields):
    """Submits so many of the same, in one go, and reads all answers."""
    one = pdu(SUBMIT_SM, 1, submit_sm(**fields))
    sender = threading.Thread(target=peer.socket.sendall, args=(one * count,))
    sender.start()
    for _ in range(count):
        _, status, _, _ = peer.receive()
        assert status == 0
    sender.join()


class Scans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock("--receipt-delay", "10m")
        cls.mock.start()
        cls.addClassCleanup(cls.mock.close)
        cls.peer = Peer(cls.mock.port, seconds=60)
        cls.addClassCleanup(cls.peer.close)
        assert cls.peer.bind() == 0
        cls.needle = int(cls.peer.submit(to="1", text=b"needle"))
        fill(cls.peer, MANY, text=b"x" * 9)

    def check_turns(self, call):
        """What a call answers; meanwhile another session never waits for most of it."""
        answers = []

        def measured():
            began = time.monotonic()
            answer = call()
            answers.append((answer, time.monotonic() - began))

        caller = threading.Thread(target=measured)
        longest = 0
        with Peer(self.mock.port, seconds=60) as other:
            other.bind("other")
            caller.start()
            while not answers:
                began = time.monotonic()
                self.assertEqual(other.request(ENQUIRE_LINK)[0], 0)
                longest = max(longest, time.monotonic() - began)
            caller.join()
        answer, whole = answers[0]
        self.assertLess(longest, whole / 2)
        return answer

    def test_messages(self):
        answer = self.check_turns(lambda: self.mock.get("/messages", query=COSTLY))
        self.assertEqual(answer["count"], 0)
        self.assertGreater(answer["total"], MANY)
        self.assertEqual(self.mock.get("/messages", query="needle")["messages"][0]["id"], self.needle)

    def test_latest(self):
        status, answer = self.check_turns(lambda: self.mock.call("/messages/latest", query=COSTLY))
        self.assertEqual((status, answer["error"]["code"]), (404, "not_found"))
        self.assertEqual(self.mock.get("/messages/latest", query="needle")["id"], self.needle)

    def test_wait_looks_at_all_there_is_before_it_gives_up(self):
        status, answer = self.check_turns(lambda: self.mock.call("/wait", query=COSTLY + " OR needle", count=2, timeout="1ms"))
        self.assertEqual((status, [m["id"] for m in answer["messages"]]), (408, [self.needle]))

    def test_expect(self):
        status, answer = self.check_turns(
            lambda: self.mock.call("/expect", "POST", {"query": COSTLY, "count": 0, "within": "1ms"}))
        self.assertEqual((status, answer["pass"]), (200, True))
        status, answer = self.check_turns(
            lambda: self.mock.call("/expect", "POST", {"query": "to:1555", "min": 5000, "within": "1ms", "fields": {"to": "1"}}))
        self.assertEqual(status, 417)
        self.assertGreater(answer["difference"].count("to: expected \"1\", got \"15551234567\"\n"), 5000)
        self.assertLess(len(answer["difference"]), 1_100_000)

    def test_delete_and_tags(self):
        self.assertEqual(self.check_turns(lambda: self.mock.call("/messages", "DELETE", query=COSTLY)), (200, {"deleted": 0}))
        change = {"query": COSTLY + " OR needle", "add": ["found"]}
        self.assertEqual(self.check_turns(lambda: self.mock.call("/messages/tags", "PUT", change)), (200, {"changed": 1}))
        self.assertEqual([m["id"] for m in self.mock.messages("tag:found")], [self.needle])

    def test_lint(self):
        answer = self.check_turns(lambda: self.mock.get("/lint", limit=100_000))
        self.assertGreater(answer["messages"], MANY)

    def test_a_page_of_long_answers(self):
        self.assertEqual(self.mock.get("/messages", limit=1000, full=1)["count"], 1000)

    def test_cancel_all_of_a_destination(self):
        with Peer(self.mock.port, seconds=60) as peer:
            peer.bind()
            last = peer.submit(to="2")
            cancel_all = b"\0\0" + address("12345") + address("2")
            self.assertEqual(peer.request(CANCEL_SM, cancel_all)[0], 0)
            self.assertEqual(self.mock.get(f"/messages/{last}")["state"], "DELETED")
            self.assertNotEqual(peer.request(CANCEL_SM, cancel_all)[0], 0)


class Whole(unittest.TestCase):
    def test_deleting_all_of_a_scope_takes_turns_and_leaves_the_others(self):
        account = [{"system_id": "test", "password": "x", "scope": "mine"}, {"system_id": "other"}]
        with Mock() as mock, Peer(mock.port, seconds=60) as peer, Peer(mock.port) as other:
            mock.call("/accounts", "PUT", account)
            self.assertEqual(peer.bind("test", "x"), 0)
            self.assertEqual(other.bind("other"), 0)
            kept = int(other.submit())
            fill(peer, MANY)
            self.assertEqual(mock.call("/reset", "POST", scope="mine"), (200, {}))
            self.assertEqual([m["id"] for m in mock.messages()], [kept])
            self.assertEqual(mock.call("/messages", "DELETE"), (200, {"deleted": 1}))

    def test_an_endless_expression_gives_up(self):
        with Mock() as mock, Peer(mock.port, seconds=60) as peer:
            peer.bind()
            peer.submit(text=b"", tlvs=b"\x04\x24\xea\x60" + b"a" * 60_000)
            began = time.monotonic()
            self.assertEqual(mock.messages("text:/(a+)+(a+)+b/"), [])
            self.assertLess(time.monotonic() - began, 5)


if __name__ == "__main__":
    unittest.main()
