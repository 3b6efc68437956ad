#!/usr/bin/env python3
"""Rules of mock-smsc for binds, operations, enquire_link, unbind and connections; sessions that hang; the dead carrier."""
import json
import select
import struct
import time
import unittest

from mock import Mock
from smpp_peer import (BIND_RECEIVER, BIND_TRANSCEIVER, CANCEL_SM, ENQUIRE_LINK, QUERY_SM, RESPONSE, SUBMIT_SM, UNBIND, Closed, Peer, address,
                       c_string, pdu, submit_sm)

RSYSERR = 8


class Case(unittest.TestCase):
    def start(self, *options):
        mock = Mock(*options)
        mock.start()
        self.addCleanup(mock.close)
        self.addCleanup(mock.stop)
        return mock

    def connect(self, mock, bound=True, **bind):
        peer = Peer(mock.port)
        self.addCleanup(peer.close)
        if bound:
            self.assertEqual(peer.bind(**bind), 0)
        return peer

    def assert_silent(self, peer):
        """Nothing comes, not even the end, in a time in which an answer would be there long since."""
        self.assertEqual(select.select([peer], [], [], 0.3)[0], [])


def rest_of(peer):
    """All octets up to the end, and whether it was a reset."""
    octets = b""
    try:
        while more := peer.socket.recv(1000):
            octets += more
        return octets, False
    except ConnectionResetError:
        return octets, True


class EveryCommand(Case):
    """The same faults for the answers of all that is no submit."""

    def bodies(self, peer, command):
        if command == "bind":
            return BIND_TRANSCEIVER, c_string("u") + c_string("p") + c_string("") + b"\x34\0\0\0"
        if command == "query_sm":
            return QUERY_SM, c_string(peer.submit()) + address("12345")
        if command == "cancel_sm":
            return CANCEL_SM, b"\0" + c_string(peer.submit()) + address("12345") + address("15551234567")
        return {"enquire_link": ENQUIRE_LINK, "unbind": UNBIND}[command], b""

    def each(self, *options, **action):
        """For each command a session that has sent it: the command, its sequence number and the peer."""
        mock = self.start("--receipt-delay", "1h", *options)
        for command in ("bind", "query_sm", "cancel_sm", "enquire_link", "unbind"):
            with self.subTest(command):
                mock.call("/rules", "DELETE")
                peer = self.connect(mock, command != "bind")
                number, body = self.bodies(peer, command)
                status, answer = mock.call("/rules", "POST", {"match": {"command": command}, "actions": action})
                self.assertEqual(status, 201, answer)
                yield number, peer.start(number, body), peer
                self.assertEqual([r["applied"] for r in mock.get("/rules")["rules"]], [1])

    def test_status(self):
        for number, sequence, peer in self.each(status="ESME_RSYSERR"):
            self.assertEqual(peer.receive(), (number | RESPONSE, RSYSERR, sequence, b""))

    def test_duplicate_response(self):
        for number, sequence, peer in self.each(duplicate_response=True):
            first, second = peer.receive(), peer.receive()
            self.assertEqual(first, second)
            self.assertEqual(first[0:3], (number | RESPONSE, 0, sequence))
            if number == UNBIND:
                with self.assertRaises(Closed):
                    peer.receive()
            else:  # the session has its state, whatever its client has read
                self.assertTrue(peer.submit())

    def test_wrong_sequence(self):
        for number, sequence, peer in self.each(wrong_sequence=True):
            self.assertEqual(peer.receive()[0:3], (number | RESPONSE, 0, sequence + 1_000_000))

    def test_corrupt(self):
        for number, sequence, peer in self.each(corrupt="length"):
            length, command, status, given = struct.unpack(">IIII", peer._read(16))
            self.assertEqual((command, status, given), (number | RESPONSE, 0, sequence))
            self.assertGreaterEqual(length, 116)

    def test_missing_nul(self):
        mock = self.start("--rule", json.dumps({"match": {"command": "bind"}, "actions": [{"corrupt": "missing_nul"}]}))
        peer = self.connect(mock, bound=False)
        peer.start(*self.bodies(peer, "bind"))
        self.assertEqual(peer.receive()[3], b"mock-smsc\x02\x10\x00\x01\x34")

    def test_split_and_delay(self):
        for number, sequence, peer in self.each(split={"size": 3, "delay": "30ms"}):
            begin = peer.socket.recv(100)
            self.assertLess(len(begin), 16)
            head = begin + peer._read(16 - len(begin))
            self.assertEqual(struct.unpack(">IIII", head)[1:], (number | RESPONSE, 0, sequence))

    def test_the_end_in_the_middle_of_the_answer(self):
        for _, _, peer in self.each(close={"how": "fin", "after_octets": 5}):
            self.assertEqual(len(rest_of(peer)[0]), 5)

    def test_reset_instead_of_an_answer(self):
        for _, _, peer in self.each(no_response=True, close="rst"):
            self.assertEqual(rest_of(peer), (b"", True))

    def test_no_response(self):
        for _, _, peer in self.each(no_response=True):
            self.assert_silent(peer)

    def test_stall(self):
        for _, _, peer in self.each(stall=True):
            peer.start(ENQUIRE_LINK)
            self.assert_silent(peer)

    def test_throttle(self):
        mock = self.start("--rule", json.dumps({"match": {"command": "enquire_link"}, "actions": [{"throttle": {"rate": 0.001, "burst": 1}}]}))
        peer = self.connect(mock)
        self.assertEqual([peer.request(ENQUIRE_LINK)[0] for _ in range(2)], [0, 0x58])
        self.assertEqual(peer.request(UNBIND)[0], 0)


class Connections(Case):
    def test_they_end_at_once(self):
        for how in ("fin", "rst"):
            mock = self.start("--rule", json.dumps({"match": {"command": "connect", "first": 2}, "actions": [{"close": how}]}))
            for _ in range(2):
                try:
                    rest = rest_of(self.connect(mock, bound=False))
                except ConnectionResetError:  # which may come before connect() returns
                    rest = b"", True
                self.assertEqual(rest, (b"", how == "rst"))
            self.connect(mock)

    def test_they_are_taken_and_nothing_is_said(self):
        mock = self.start("--rule", json.dumps({"match": {"command": "connect"}, "actions": [{"stall": True}]}), "--session-init-timer", "100ms")
        peer = self.connect(mock, bound=False)
        peer.start(BIND_TRANSCEIVER, c_string("u") + c_string("p") + c_string("") + b"\x34\0\0\0")
        self.assert_silent(peer)


class Stalled(Case):
    def assert_dead(self, mock, peer, session):
        """Nothing is answered, nothing arrives; it is there until its client goes."""
        for command in (SUBMIT_SM, ENQUIRE_LINK, UNBIND, 0x777):
            peer.start(command, submit_sm() if command == SUBMIT_SM else b"")
        peer.send(b"GET / HTTP/1.1\r\n\r\n")  # no protocol error either
        self.assertEqual(mock.call("/mo", "POST", {"account": "user", "from": "1", "to": "2", "text": "for whom?"})[0], 202)
        self.assert_silent(peer)
        self.assertEqual(mock.get(f"/sessions/{session}")["state"], "bound")
        # Another receiver of the account gets what the dead one does not.
        other = self.connect(mock, kind=BIND_RECEIVER)
        self.assertEqual(other.next_deliver().text, b"for whom?")
        other.close()
        peer.close()
        deadline = time.monotonic() + 20
        while mock.get(f"/sessions/{session}")["state"] != "closed":
            self.assertLess(time.monotonic(), deadline)

    def test_by_a_rule_and_by_the_api(self):
        mock = self.start("--enquire-link-timer", "50ms", "--response-timer", "50ms")
        for by_rule in (True, False):
            peer = self.connect(mock)
            session = mock.get("/sessions", state="live")["sessions"][0]["id"]
            if by_rule:
                mock.call("/rules", "POST", {"match": {"to": "^9"}, "actions": [{"stall": True}]})
                peer.start(SUBMIT_SM, submit_sm(to="9"))
                mock.wait(1, "to:9")
            else:
                self.assertEqual(mock.call(f"/sessions/{session}", "DELETE", how="stall")[0], 202)
            while select.select([peer], [], [], 0.1)[0]:  # enquire_links of before
                peer.socket.recv(4096)
            self.assert_dead(mock, peer, session)

    def test_it_can_be_ended_and_holds_up_nobody(self):
        for how in ("unbind", "fin", "rst"):
            mock = self.start()
            peer = self.connect(mock)
            session = mock.get("/sessions", state="live")["sessions"][0]["id"]
            mock.call(f"/sessions/{session}", "DELETE", how="stall")
            self.assertEqual(mock.call(f"/sessions/{session}", "DELETE", how=how)[0], 202)
            self.assertEqual(rest_of(peer)[0], b"")
        mock = self.start()
        peer = self.connect(mock)
        mock.call("/sessions/1", "DELETE", how="stall")
        mock.stop(seconds=5)
        self.assertEqual(rest_of(peer)[0], b"")

    def test_a_dead_carrier_says_nothing_at_all(self):
        mock = self.start("--carrier", "dead")
        for command, body in ((BIND_TRANSCEIVER, c_string("u") + c_string("p") + c_string("") + b"\x34\0\0\0"), (ENQUIRE_LINK, b"")):
            peer = self.connect(mock, bound=False)
            peer.start(command, body)
            self.assert_silent(peer)
        self.assertEqual(mock.call("/carrier", "PUT", {"preset": "healthy"})[0], 200)
        bound = self.connect(mock)
        self.assertEqual(mock.call("/carrier", "PUT", {"preset": "dead"})[0], 200)
        bound.start(ENQUIRE_LINK)
        self.assert_silent(bound)


if __name__ == "__main__":
    unittest.main()
