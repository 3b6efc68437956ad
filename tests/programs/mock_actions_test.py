#!/usr/bin/env python3
"""Actions of mock-smsc's rules that take more than one look at the wire: cut and slow answers, receipts, replies, tags."""
import json
import re
import time
import unittest

from mock import Mock
from smpp_peer import (BIND_TRANSCEIVER, DELIVER_SM, ENQUIRE_LINK, QUERY_SM, RESPONSE, SUBMIT_SM, Closed, Peer, address, c_string, pdu,
                       submit_sm)

FINAL, INTERMEDIATE = 1, 0x10
ENROUTE, DELIVERED, UNDELIVERABLE = 1, 2, 5
RECEIPT_ID, STATE = 0x001E, 0x0427
RSYSERR, RQUERYFAIL, RTHROTTLED = 8, 0x67, 0x58


def rule(match=None, **actions):
    return json.dumps({"match": match or {}, "actions": actions})


class Case(unittest.TestCase):
    def start(self, *rules, options=()):
        mock = Mock(*options, *(word for r in rules for word in ("--rule", r)))
        mock.start()
        self.addCleanup(mock.close)
        self.addCleanup(mock.stop)
        return mock

    def peer(self, mock, **bind):
        peer = Peer(mock.port)
        self.addCleanup(peer.close)
        self.assertEqual(peer.bind(**bind), 0)
        return peer


def rest_of(peer):
    octets = b""
    while True:
        more = peer.socket.recv(1000)
        if not more:
            return octets
        octets += more


class Endings(Case):
    def test_in_the_middle_of_the_answer(self):
        mock = self.start(rule({"to": "^fin$"}, close={"how": "fin", "after_octets": 7}), rule({"to": "^rst$"}, close={"how": "rst", "after_octets": 9}),
                          rule({"to": "^none$"}, close={"after_octets": 0}), rule({"to": "^all$"}, close="fin"))
        for to, count in (("fin", 7), ("none", 0), ("all", 18)):
            peer = self.peer(mock)
            peer.start(SUBMIT_SM, submit_sm(to=to))
            self.assertEqual(len(rest_of(peer)), count, to)
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="rst"))
        with self.assertRaises(ConnectionResetError):
            rest_of(peer)

    def test_half_closed_sessions_are_heard_and_not_answered(self):
        mock = self.start(rule({"to": "^half$"}, close="half"))
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="half"))
        self.assertEqual(peer.receive()[0], SUBMIT_SM | RESPONSE)
        with self.assertRaises(Closed):
            peer.receive()
        peer.start(SUBMIT_SM, submit_sm(text=b"still heard"))
        mock.wait(1, '"still heard"')


class Dribble(Case):
    def test_the_answer_comes_octet_by_octet(self):
        mock = self.start(rule({"first": 1}, split={"size": 1, "delay": "15ms"}))
        peer = self.peer(mock)
        began = time.monotonic()
        first, second = peer.start(SUBMIT_SM, submit_sm()), peer.start(SUBMIT_SM, submit_sm())
        begin = peer.socket.recv(100)
        self.assertLess(len(begin), 18)
        while len(begin) < 18:
            begin += peer.socket.recv(18 - len(begin))
        self.assertGreaterEqual(time.monotonic() - began, 17 * 0.015)
        self.assertEqual(begin[12:16], bytes([0, 0, 0, first]))
        # What comes after it waits, and is whole.
        self.assertEqual(peer.receive()[2], second)
        self.assertEqual(peer.request(ENQUIRE_LINK)[0], 0)

    def test_pieces_and_an_end_after_them(self):
        mock = self.start(rule({"to": "^1"}, split={"size": 7}, close="fin"), rule({"to": "^2"}, split=True, close={"how": "fin", "after_octets": 5}))
        for to, count in (("1", 18), ("2", 5)):
            peer = self.peer(mock)
            peer.start(SUBMIT_SM, submit_sm(to=to))
            self.assertEqual(len(rest_of(peer)), count)


class Commands(Case):
    def test_other_requests_than_submits(self):
        mock = self.start(rule({"command": "query_sm", "first": 1}, status="ESME_RTHROTTLED"), rule({"command": "query_sm", "first": 1}, no_response=True, close="fin"),
                          rule({"account": "^nobody$"}, status="ESME_RSYSERR"))
        peer = self.peer(mock)
        message_id = peer.submit()
        body = c_string(message_id) + address("12345")
        self.assertEqual(peer.request(QUERY_SM, body)[0], RTHROTTLED)
        peer.start(QUERY_SM, body)
        with self.assertRaises(Closed):
            peer.receive()
        status, answer = self.peer(mock).request(QUERY_SM, body)
        self.assertEqual((status, answer.split(b"\0")[0].decode()), (0, message_id))


class Receipts(Case):
    def receipts_of(self, count, receipt, **fields):
        """The message_id of a submit to a mock with that action, and what comes for it."""
        mock = self.start(rule(receipt=receipt))
        peer = self.peer(mock)
        fields.setdefault("registered", FINAL)
        message_id = peer.submit(**fields)
        got = [peer.next_deliver() for _ in range(count)]
        self.assertEqual(peer.request(ENQUIRE_LINK)[0], 0)
        self.assertEqual([p for p in peer.waiting if p[0] == DELIVER_SM], [])
        return message_id, got

    def test_states_in_order(self):
        states = ["ACCEPTED", {"state": "ENROUTE", "delay": "50ms"}, {"state": "UNDELIVERABLE", "delay": "50ms"}]
        began = time.monotonic()
        _, got = self.receipts_of(3, {"states": states})
        self.assertGreaterEqual(time.monotonic() - began, 0.1)
        self.assertEqual([r.tlvs[STATE][0] for r in got], [6, ENROUTE, UNDELIVERABLE])
        self.assertEqual([re.search(rb"stat:(\w+) err:(\d+)", r.text).groups() for r in got],
                         [(b"ACCEPTD", b"000"), (b"ENROUTE", b"000"), (b"UNDELIV", b"005")])
        self.assertEqual([r.esm_class for r in got], [4, 4, 4])

    def test_states_all_at_once_and_as_notifications(self):
        _, got = self.receipts_of(2, {"states": ["ENROUTE", "DELIVERED"]}, registered=FINAL | INTERMEDIATE)
        self.assertEqual([(r.esm_class, r.tlvs[STATE][0]) for r in got], [(0x20, ENROUTE), (4, DELIVERED)])

    def test_intermediate_notifications_without_a_rule(self):
        mock = self.start(options=("--receipt-delay", "50ms"))
        peer = self.peer(mock)
        peer.submit(registered=FINAL | INTERMEDIATE)
        self.assertEqual([(r.esm_class, r.tlvs[STATE][0]) for r in (peer.next_deliver(), peer.next_deliver())], [(0x20, ENROUTE), (4, DELIVERED)])

    def test_format_dates_and_error(self):
        message_id, [receipt] = self.receipts_of(1, {"format": "ID:{id} st={stat} e={err} d={done_date} {text}", "err": "21b",
                                                     "dates": "yyyymmddhhmmss", "state": "EXPIRED"}, text=b"as it was")
        self.assertRegex(receipt.text.decode(), rf"^ID:{message_id} st=EXPIRED e=21b d=20\d{{12}} as it was$")

    def test_forms_of_the_id(self):
        mock = self.start(*(rule({"to": f"^{form}$"}, receipt={"id": form}) for form in ("decimal", "hex", "upper_hex", "padded", "padded_hex")))
        peer = self.peer(mock)
        for form, pattern in (("decimal", "{}"), ("hex", "{:x}"), ("upper_hex", "{:X}"), ("padded", "{:010}"), ("padded_hex", "{:08X}")):
            for _ in range(9):
                peer.submit()
            number = int(peer.submit(to=form, registered=FINAL))
            receipt = peer.next_deliver()
            self.assertIn(f"id:{pattern.format(number)} ", receipt.text.decode())
            self.assertEqual(receipt.tlvs[RECEIPT_ID], pattern.format(number).encode() + b"\0")

    def test_in_tlvs_in_text_or_both(self):
        message_id, [receipt] = self.receipts_of(1, {"in": "tlv"})
        self.assertEqual((receipt.text, receipt.tlvs), (b"", {RECEIPT_ID: message_id.encode() + b"\0", STATE: bytes([DELIVERED])}))
        _, [receipt] = self.receipts_of(1, {"in": "text"})
        self.assertEqual((receipt.text[:3], receipt.tlvs), (b"id:", {}))
        _, [receipt] = self.receipts_of(1, {"in": "both"})
        self.assertEqual((receipt.text[:3], len(receipt.tlvs)), (b"id:", 2))

    def test_duplicates(self):
        _, got = self.receipts_of(3, {"duplicate": 3})
        self.assertEqual(len({r.text for r in got}), 1)
        self.receipts_of(2, {"duplicate": True})

    def test_never_and_unasked(self):
        self.receipts_of(0, "never")
        _, [receipt] = self.receipts_of(1, {"unasked": True}, registered=0)
        self.assertEqual(receipt.tlvs[STATE][0], DELIVERED)

    def test_before_the_response(self):
        mock = self.start(rule(receipt={"order": "before_response"}))
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(registered=FINAL))
        self.assertEqual([peer.receive()[0], peer.receive()[0]], [DELIVER_SM, SUBMIT_SM | RESPONSE])

    def test_the_last_first(self):
        mock = self.start(rule(receipt={"order": "reverse"}))
        peer = self.peer(mock)
        peer.send(b"".join(pdu(SUBMIT_SM, n, submit_sm(registered=FINAL)) for n in (101, 102, 103)))
        ids = [peer.response(n)[2] for n in (101, 102, 103)]
        self.assertEqual([peer.next_deliver().tlvs[RECEIPT_ID] for _ in ids], ids[::-1])


class Replies(Case):
    def test_a_message_back(self):
        mock = self.start(rule({"query": "text:ping"}, reply={"text": "{to} heard {text} from {from} {x}", "delay": "1ms"}),
                          rule({"query": "text:long"}, reply={"text": "ж" * 100, "from": "777"}), rule(reply="ok"))
        peer = self.peer(mock)
        peer.submit(to="15551234567", sender="12345", text=b"ping")
        message = peer.next_deliver()
        self.assertEqual((message.source, message.destination, message.esm_class), ("15551234567", "12345", 0))
        self.assertEqual(message.text, b"15551234567 heard ping from 12345 \x1b(x\x1b)")
        peer.submit(text=b"long")
        parts = [peer.next_deliver() for _ in range(2)]
        self.assertEqual([(p.source, p.esm_class, p.text[4:6]) for p in parts], [("777", 0x40, b"\2\1"), ("777", 0x40, b"\2\2")])
        peer.submit()
        self.assertEqual(peer.next_deliver().text, b"ok")


class Tags(Case):
    def test_tags_of_all_rules_that_apply(self):
        mock = self.start(json.dumps({"match": {"to": "^1"}, "actions": [{"tag": "one"}], "continue": True}), rule(tag="all"))
        peer = self.peer(mock)
        peer.submit(to="1")
        peer.submit(to="2")
        self.assertEqual([sorted(m["tags"]) for m in mock.messages()], [["all"], ["all", "one"]])
        self.assertEqual([m["to"] for m in mock.messages("tag:one")], ["1"])
        self.assertEqual(mock.messages("-tag:all"), [])


class Retained(Case):
    def test_receipts_come_although_the_record_has_given_way(self):
        mock = self.start(options=("--max-messages", "5", "--receipt-delay", "300ms"))
        peer = self.peer(mock)
        ids = [peer.submit(registered=FINAL, text=b"message %d" % i) for i in range(30)]
        self.assertEqual(len(mock.messages()), 5)
        got = [peer.next_deliver() for _ in ids]
        self.assertEqual([r.tlvs[RECEIPT_ID][:-1].decode() for r in got], ids)
        self.assertIn(b"text:message 0", got[0].text)

    def test_they_wait_for_a_receiver_too(self):
        mock = self.start(rule({"to": "^9"}, receipt={"state": "EXPIRED", "id": "padded"}), options=("--max-messages", "5"))
        peer = self.peer(mock, user="a", kind=2)
        first = int(peer.submit(to="9", registered=FINAL))
        for _ in range(20):
            peer.submit(to="1")
        receiver = self.peer(mock, user="a", kind=BIND_TRANSCEIVER)
        self.assertRegex(receiver.next_deliver().text.decode(), rf"^id:{first:010} .*stat:EXPIRED")
        self.assertEqual(mock.call("/reset", "POST")[0], 200)


if __name__ == "__main__":
    unittest.main()
