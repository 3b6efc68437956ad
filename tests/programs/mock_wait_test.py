#!/usr/bin/env python3
"""GET /wait and POST /expect of mock-smsc see what becomes of messages, and long messages as one."""
import threading
import unittest

from mock import Mock
from smpp_peer import BIND_TRANSMITTER, REPLACE_SM, Peer, address, c_string

FINAL = 1


def part(number, text, total=2, reference=9):
    return dict(esm_class=0x40, text=bytes([5, 0, 3, reference, total, number]) + text)


class Case(unittest.TestCase):
    options = ()

    def setUp(self):
        self.mock = Mock(*self.options)
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)
        self.peer = Peer(self.mock.port)
        self.addCleanup(self.peer.close)
        self.peer.bind()

    def wait(self, query, **params):
        status, answer = self.mock.call("/wait", query=query, **{"timeout": "20s", **params})
        return status, [m["id"] for m in answer["messages"]]

    def expect(self, **wanted):
        status, answer = self.mock.call("/expect", "POST", {"within": "20s", **wanted})
        return status, answer["difference"]

    def while_waiting(self, call, then):
        """What `call` returns; `then` is done while it waits, as far as one can tell from outside."""
        results = []
        waiting = threading.Thread(target=lambda: results.append(call()))
        waiting.start()
        then()
        waiting.join()
        return results[0]


class Changes(Case):
    options = ("--receipt-delay", "200ms")

    def test_a_state_that_comes_later(self):
        first = int(self.peer.submit(to="1"))
        self.assertEqual(self.wait("to:=1 state:DELIVERED"), (200, [first]))
        self.peer.submit(to="2", registered=FINAL)
        self.assertEqual(self.expect(query="to:=2", fields={"state": "DELIVERED"}), (200, ""))
        # And what is acknowledged.
        self.peer.next_deliver()
        self.peer.submit(to="3", registered=FINAL)
        self.assertEqual(self.wait("to:=3 state:DELIVERED")[0], 200)
        self.peer.next_deliver()
        self.assertEqual(self.wait("to:=3", timeout="0s")[0], 200)

    def test_a_state_that_is_left_does_not_count(self):
        self.peer.submit(to="1")
        answer = self.while_waiting(lambda: self.wait("state:ENROUTE", count=2),
                                    lambda: (self.wait("to:=1 state:DELIVERED"), self.peer.submit(to="2"), self.peer.submit(to="3")))
        self.assertEqual(answer[0], 200)
        self.assertIn(answer[1], ([1, 2], [2, 3]))  # the first, when the second came in time

    def test_tags(self):
        first = int(self.peer.submit())
        second = int(self.peer.submit())
        answer = self.while_waiting(lambda: self.wait("tag:seen", count=2),
                                    lambda: [self.mock.call("/messages/tags", "PUT", {"ids": [i], "add": ["seen"]}) for i in (second, first)])
        self.assertEqual(answer, (200, [first, second]))
        self.assertEqual(self.expect(query="tag:seen", count=2, fields={"tags": ["seen"]}), (200, ""))

    def test_deleted_ones_do_not_count(self):
        self.peer.submit(text=b"one")
        answer = self.while_waiting(lambda: self.wait("one", count=2), lambda: (self.mock.call("/messages", "DELETE"),
                                    self.peer.submit(text=b"one"), self.peer.submit(text=b"one")))
        self.assertEqual(answer, (200, [2, 3]))

    def test_fields_that_never_come(self):
        self.peer.submit(to="1")
        status, difference = self.expect(query="to:=1", fields={"state": "EXPIRED"}, within="500ms")
        self.assertEqual((status, difference), (417, 'message 1: state: expected "EXPIRED", got "DELIVERED"\n'))
        status, difference = self.expect(query="to:=1", fields={"text": "x"}, within="50ms", count=1)
        self.assertEqual((status, difference), (417, 'message 1: text: expected "x", got "hello"\n'))

    def test_min_is_about_those_that_fit(self):
        for text in (b"a", b"b", b"a"):
            self.peer.submit(text=text)
        self.assertEqual(self.expect(fields={"text": "a"}, min=2), (200, ""))
        self.assertEqual(self.expect(fields={"text": "a"}, min=3, within="50ms"),
                         (417, 'message 2: text: expected "a", got "b"\n'))


class Replaced(Case):
    options = ("--receipt-delay", "1h")

    def test_a_text_that_is_replaced(self):
        message_id = self.peer.submit(text=b"old")
        body = c_string(message_id) + address("12345") + b"\0\0" + bytes([0, 0, 3]) + b"new"
        self.assertEqual(self.while_waiting(lambda: self.wait("new"), lambda: self.peer.request(REPLACE_SM, body))[0], 200)


class Long(Case):
    def test_a_text_across_its_parts(self):
        self.peer.submit(**part(2, b"dle in hay"))
        self.assertEqual(self.wait("needle", timeout="0s")[0], 408)
        found = self.while_waiting(lambda: self.wait("needle", count=2), lambda: self.peer.submit(**part(1, b"a nee")))
        self.assertEqual(found, (200, [1, 2]))
        self.assertEqual(self.wait("parts:complete text:/^a needle in hay$/", count=2), (200, [1, 2]))

    def test_joined_it_counts_once(self):
        self.peer.submit(text=b"short")
        self.peer.submit(**part(2, b"dle in hay"))
        self.assertEqual(len(self.mock.get("/messages", joined=1)["messages"]), 1)
        found = self.while_waiting(lambda: self.mock.call("/wait", query="needle", joined=1, timeout="20s", after=1),
                                   lambda: self.peer.submit(**part(1, b"a nee")))
        self.assertEqual([(m["id"], m["text"]) for m in found[1]["messages"]], [(3, "a needle in hay")])
        self.assertEqual([m["text"] for m in self.mock.get("/messages", joined=1)["messages"]], ["a needle in hay", "short"])
        self.assertEqual([m["text"] for m in self.mock.get("/messages")["messages"]], ["a nee", "dle in hay", "short"])
        self.assertEqual(self.expect(query="needle", count=1, joined=True, fields={"text": "a needle in hay"}), (200, ""))
        self.assertEqual(self.expect(query="needle", count=2, fields={"text": "a needle in hay"}), (200, ""))
        self.assertEqual(self.expect(query="needle", count=1, within="50ms")[0], 417)

    def test_across_sessions(self):
        with Peer(self.mock.port) as other:
            other.bind(kind=BIND_TRANSMITTER)
            other.submit(**part(1, b"one "))
            self.peer.submit(**part(2, b"two"))
        self.assertEqual(self.expect(joined=True, fields={"text": "one two"}), (200, ""))


if __name__ == "__main__":
    unittest.main()
