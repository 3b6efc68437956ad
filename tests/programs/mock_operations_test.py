#!/usr/bin/env python3
"""query_sm, cancel_sm, replace_sm and the broadcast family of mock-smsc."""
import re
import unittest

from mock import Mock
from smpp_peer import (BIND_TRANSMITTER, CANCEL_SM, GENERIC_NACK, QUERY_SM, REPLACE_SM, SUBMIT_MULTI, SUBMIT_SM, Peer, address, c_string, pdu,
                       submit_multi, submit_sm, tlv)

BROADCAST_SM, QUERY_BROADCAST_SM, CANCEL_BROADCAST_SM, QUERY_LAST_MSGS = 0x111, 0x112, 0x113, 0x23
RCANCELFAIL, RREPLACEFAIL, RQUERYFAIL, RINVCMDID = 0x11, 0x13, 0x67, 3
ENROUTE, DELIVERED, DELETED = 1, 2, 4
FINAL = 1


def query(message_id, source="12345"):
    return c_string(message_id) + address(source)


def cancel(message_id="", source="12345", to=""):
    return b"\0" + c_string(message_id) + address(source) + address(to)


def replace(message_id, text, source="12345", schedule="", validity="", registered=0):
    return (c_string(message_id) + address(source) + c_string(schedule) + c_string(validity) + bytes([registered, 0, len(text)]) + text)


class Operations(unittest.TestCase):
    def start(self, *options):
        mock = Mock(*options)
        mock.start()
        self.addCleanup(mock.close)
        self.addCleanup(mock.stop)
        peer = Peer(mock.port)
        self.addCleanup(peer.close)
        peer.bind("user")
        return mock, peer

    def test_query(self):
        _, peer = self.start()
        message_id = peer.submit()
        status, body = peer.request(QUERY_SM, query(message_id))
        self.assertEqual(status, 0)
        self.assertRegex(body, rb"^" + message_id.encode() + rb"\0\d{15}\+\0" + re.escape(bytes([DELIVERED, 0])) + rb"$")
        _, waiting = self.start("--receipt-delay", "1h")
        message_id = waiting.submit()
        self.assertEqual(waiting.request(QUERY_SM, query(message_id)), (0, c_string(message_id) + b"\0" + bytes([ENROUTE, 0])))

    def test_only_own_messages_can_be_asked_for(self):
        mock, peer = self.start("--receipt-delay", "1h")
        message_id = peer.submit()
        with Peer(mock.port) as other:
            other.bind("other")
            self.assertEqual(other.request(QUERY_SM, query(message_id))[0], RQUERYFAIL)
            self.assertEqual(other.request(CANCEL_SM, cancel(message_id))[0], RCANCELFAIL)
            self.assertEqual(other.request(REPLACE_SM, replace(message_id, b"x"))[0], RREPLACEFAIL)
        for wrong in (query("999"), query("x"), query(""), query(message_id, "54321")):
            self.assertEqual(peer.request(QUERY_SM, wrong)[0], RQUERYFAIL)

    def test_cancel_one(self):
        mock, peer = self.start("--receipt-delay", "1h")
        message_id = peer.submit(registered=FINAL)
        self.assertEqual(peer.request(CANCEL_SM, cancel(message_id)), (0, b""))
        self.assertRegex(peer.next_deliver().text.decode(), rf"^id:{message_id} .* stat:DELETED")
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "DELETED")
        self.assertEqual(peer.request(CANCEL_SM, cancel(message_id))[0], RCANCELFAIL)

    def test_cancel_all_to_a_number(self):
        mock, peer = self.start("--receipt-delay", "1h")
        for to in ("1", "2", "1"):
            peer.submit(to=to)
        self.assertEqual(peer.request(CANCEL_SM, cancel(to="1"))[0], 0)
        self.assertEqual([m["to"] for m in mock.messages("state:deleted")], ["1", "1"])
        self.assertEqual(peer.request(CANCEL_SM, cancel(to="1"))[0], RCANCELFAIL)

    def test_replace(self):
        mock, peer = self.start("--receipt-delay", "1h")
        message_id = peer.submit(text=b"old", tlvs=tlv(0x0204, b"\0\1"))
        for text in (b"much longer than it was", b"short"):
            self.assertEqual(peer.request(REPLACE_SM, replace(message_id, text)), (0, b""))
            message = mock.get(f"/messages/{message_id}")
            self.assertEqual((message["text"], message["pdu"]["tlvs"]), (text.decode(), [[0x0204, "0001"]]))
        delivered_at_once = self.start()[1]
        message_id = delivered_at_once.submit()
        self.assertEqual(delivered_at_once.request(REPLACE_SM, replace(message_id, b"late"))[0], RREPLACEFAIL)

    def test_a_replaced_schedule_counts(self):
        _, peer = self.start()
        message_id = peer.submit(schedule="000001000000000R", registered=FINAL)
        self.assertEqual(peer.request(REPLACE_SM, replace(message_id, b"sooner", schedule="000000000000000R", registered=FINAL))[0], 0)
        self.assertRegex(peer.next_deliver().text.decode(), rf"^id:{message_id} .* stat:DELIVRD .* text:sooner$")

    def test_replaced_texts_survive_a_restart(self):
        mock, peer = self.start("--receipt-delay", "1h")
        with Mock("--database", mock.folder.name + "/x.db", "--receipt-delay", "1h") as kept, Peer(kept.port) as writer:
            writer.bind("user")
            message_id = writer.submit(text=b"old")
            self.assertEqual(writer.request(REPLACE_SM, replace(message_id, b"a new text"))[0], 0)
        with Mock("--database", mock.folder.name + "/x.db", "--receipt-delay", "1h") as kept:
            self.assertEqual(kept.get(f"/messages/{message_id}")["text"], "a new text")

    def test_a_replaced_message_is_delivered_as_its_rule_said(self):
        mock, peer = self.start()
        mock.call("/rules", "POST", {"match": {"to": "777"}, "actions": [{"receipt": {
            "states": [{"state": "ENROUTE", "delay": "100ms"}, {"state": "UNDELIVERABLE", "delay": "200ms"}], "err": "0BD"}}]})
        message_id = peer.submit(to="777", registered=FINAL)
        self.assertEqual(peer.request(REPLACE_SM, replace(message_id, b"new", registered=FINAL))[0], 0)
        self.assertRegex(peer.next_deliver().text, rb"stat:ENROUTE .* text:new$")
        self.assertRegex(peer.next_deliver().text, rb"stat:UNDELIV err:0BD text:new$")
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "UNDELIVERABLE")
        self.assertEqual(len(mock.get(f"/messages/{message_id}")["receipts"]), 2)

    def test_a_replaced_message_may_be_scheduled(self):
        mock, peer = self.start("--receipt-delay", "1h")
        message_id = peer.submit()
        self.assertEqual(peer.request(REPLACE_SM, replace(message_id, b"new", schedule="000001000000000R"))[0], 0)
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "SCHEDULED")
        # The peer speaks 3.4, which has no such state.
        self.assertEqual(peer.request(QUERY_SM, query(message_id))[1][-2:], bytes([ENROUTE, 0]))
        self.assertEqual(peer.request(REPLACE_SM, replace(message_id, b"newer", schedule="000000000000000R"))[0], 0)
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "ENROUTE")

    def test_replace_if_present(self):
        mock, peer = self.start("--receipt-delay", "1h")

        def submit(text, flag=1, to="1", service=""):
            status, body = peer.request(SUBMIT_SM, c_string(service) + address("12345") + address(to) + bytes([0, 0, 0]) + b"\0\0"
                                        + bytes([FINAL, flag, 0, 0, len(text)]) + text)
            self.assertEqual(status, 0)
            return body[:-1].decode()
        first = submit(b"one")  # there is none to replace
        others = [submit(b"to another", to="2"), submit(b"of another kind", service="CMT")]
        with Peer(mock.port) as stranger:
            stranger.bind("stranger")
            others.append(stranger.submit(to="1"))
        second = submit(b"two")
        third = submit(b"three", flag=0)
        fourth = submit(b"four")
        states = {m["message_id"]: m["state"] for m in mock.messages()}
        self.assertEqual([states[i] for i in (first, second, third, fourth)], ["DELETED", "ENROUTE", "DELETED", "ENROUTE"])
        self.assertEqual([states[i] for i in others], ["ENROUTE"] * 3)
        self.assertEqual(mock.get(f"/messages/{first}").get("receipts"), None)
        self.assertEqual(peer.request(REPLACE_SM, replace(first, b"x"))[0], RREPLACEFAIL)
        peer.request(CANCEL_SM, cancel(fourth))
        self.assertIn(f"id:{fourth} ", peer.next_deliver().text.decode())  # the first that comes

    def test_replace_if_present_of_many(self):
        mock, peer = self.start("--receipt-delay", "1h")
        mock.call("/rules", "POST", {"match": {"to": "^9"}, "actions": [{"status": "ESME_RINVDSTADR"}]})

        def flagged(body, flag):
            body = bytearray(body)
            body[-4 - len(b"x")] = flag
            return bytes(body)

        def submit(*to, flag=1):
            status, answer = peer.request(SUBMIT_MULTI, flagged(submit_multi(to, b"x"), flag))
            self.assertEqual(status, 0)
            return int(answer.split(b"\0")[0])

        def states(*ids):
            return [mock.get(f"/messages/{each}")["state"] for each in ids]
        singles = [int(peer.submit(to=to)) for to in ("1", "2", "3")]
        many = submit("1", "2", "9")  # and none to 9
        self.assertEqual(states(*singles, many), ["DELETED", "DELETED", "ENROUTE", "ENROUTE"])
        other = submit("2", "4")  # the one before is for 1, too
        self.assertEqual(states(many, other), ["ENROUTE", "ENROUTE"])
        again = submit("4", "2", "2", "1")
        self.assertEqual(states(many, other, again), ["DELETED", "DELETED", "ENROUTE"])
        unflagged = submit("1", "2", "4", flag=0)
        self.assertEqual(states(again, unflagged), ["ENROUTE", "ENROUTE"])
        to_one = submit("7")
        self.assertEqual(peer.request(SUBMIT_SM, flagged(submit_sm(to="7", text=b"x"), 1))[0], 0)
        self.assertEqual(states(to_one), ["DELETED"])

    def broadcast(self, peer, text, replaces="", flag=0, source="12345"):
        """Its message_id."""
        body = (b"\0" + address(source) + c_string(replaces) + b"\0" + b"\0\0" + bytes([flag, 0, 0]) + tlv(0x0606, b"\0area")
                + tlv(0x0601, b"\0\0\0") + tlv(0x0604, b"\0\1") + tlv(0x0605, b"\0\0\0") + tlv(0x0424, text))
        status, answer = peer.request(BROADCAST_SM, body)
        self.assertEqual(status, 0)
        return answer.rstrip(b"\0").decode()

    def test_broadcasts_that_replace(self):
        mock, peer = self.start("--receipt-delay", "1h")
        with Peer(mock.port) as modern, Peer(mock.port) as stranger:
            modern.bind("user", version=0x50)
            stranger.bind("stranger", version=0x50)
            submit = peer.submit()
            one, two, three = (self.broadcast(modern, b"x") for _ in range(3))
            self.broadcast(stranger, b"x", flag=1)
            self.broadcast(stranger, b"x", replaces=one, flag=1)
            self.broadcast(modern, b"x", flag=1, source="54321")
            for named in (submit, "99999", "no number"):
                self.broadcast(modern, b"x", replaces=named, flag=1, source="54321")
            four = self.broadcast(modern, b"x", replaces=one, flag=1)
            last = self.broadcast(modern, b"x", flag=1)  # the newest

            def state(message_id):
                return mock.get(f"/messages/{message_id}")["state"]
            self.assertEqual([state(i) for i in (submit, one, two, three, four, last)],
                             ["ENROUTE", "DELETED", "ENROUTE", "ENROUTE", "DELETED", "ENROUTE"])

    def test_broadcasts(self):
        mock, _ = self.start("--receipt-delay", "1h")
        peer = Peer(mock.port)
        self.addCleanup(peer.close)
        peer.bind("user", version=0x50)
        message_id = self.broadcast(peer, b"to everybody")
        self.assertEqual(mock.get(f"/messages/{message_id}")["text"], "to everybody")
        status, answer = peer.request(QUERY_BROADCAST_SM, query(message_id))
        self.assertEqual((status, answer), (0, c_string(message_id) + tlv(0x0427, bytes([ENROUTE]))))
        with Peer(mock.port) as old:
            old.bind("user")
            for command, body in ((QUERY_BROADCAST_SM, query(message_id)), (CANCEL_BROADCAST_SM, b"\0" + query(message_id))):
                self.assertEqual(old.response(old.start(command, body)), (GENERIC_NACK, RINVCMDID, b""))
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "ENROUTE")
        self.assertEqual(peer.request(CANCEL_BROADCAST_SM, b"\0" + query(message_id))[0], 0)
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "DELETED")

    def test_what_nobody_supports(self):
        mock, _ = self.start()
        with Peer(mock.port) as peer:
            peer.bind(kind=BIND_TRANSMITTER)
            self.assertEqual(peer.request(QUERY_LAST_MSGS, address("1") + b"\1")[0], RINVCMDID)


if __name__ == "__main__":
    unittest.main()
