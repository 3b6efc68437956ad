#!/usr/bin/env python3
"""Rules of mock-smsc, each action as a client sees it; messages from mobiles; receipts by hand; reset."""
import json
import select
import socket
import struct
import time
import unittest

from mock import Mock
from smpp_peer import (BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, DELIVER_SM, ENQUIRE_LINK, RESPONSE, SUBMIT_SM, UNBIND, Closed,
                       Peer, pdu, submit_sm)

RSYSERR, RBINDFAIL, RINVDSTADR, RTHROTTLED = 8, 0x0D, 0x0B, 0x58
FINAL = 1


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

    def status(self, peer, **fields):
        return peer.request(SUBMIT_SM, submit_sm(**fields))[0]


class Matching(Case):
    def test_expressions_queries_and_the_first_match(self):
        mock = self.start(rule({"to": "^1555"}, status="ESME_RTHROTTLED"), rule({"query": "text:bad -from:friend"}, status="0xb"),
                          rule({"account": "^other$"}, status="ESME_RSYSERR"))
        peer = self.peer(mock)
        self.assertEqual(self.status(peer, to="15551"), RTHROTTLED)
        self.assertEqual(self.status(peer, to="25551"), 0)
        self.assertEqual(self.status(peer, to="2", text=b"so bad"), RINVDSTADR)
        self.assertEqual(self.status(peer, to="1555", text=b"so bad"), RTHROTTLED)
        self.assertEqual(self.status(self.peer(mock, user="other"), to="2"), RSYSERR)
        refused = mock.messages("status:throttled")
        self.assertEqual([(m["message_id"], m["state"], m["faults"]) for m in refused], [("", "REJECTED", "status")] * 2)

    def test_nth_first_and_continue(self):
        mock = self.start(rule({"nth": 3}, status="RSYSERR"), rule({"first": 2}, status="RTHROTTLED"))
        peer = self.peer(mock)
        self.assertEqual([self.status(peer) for _ in range(5)], [RTHROTTLED, RTHROTTLED, RSYSERR, 0, 0])
        both = json.dumps({"actions": {"delay": "1ms"}, "continue": True})
        mock = self.start(both, rule(status="RSYSERR"))
        self.assertEqual(self.status(self.peer(mock)), RSYSERR)
        self.assertEqual(mock.messages()[0]["faults"], "delay,status")

    def test_probability_repeats_with_its_seed(self):
        def run(seed):
            mock = self.start(rule({"probability": 0.5}, status="RSYSERR"), options=("--seed", seed))
            peer = self.peer(mock)
            return [self.status(peer) for _ in range(64)]
        first = run(7)
        self.assertEqual(set(first), {0, RSYSERR})
        self.assertEqual(run(7), first)
        self.assertNotEqual(run(8), first)

    def test_binds(self):
        mock = self.start(options=("--bind-status", "ESME_RBINDFAIL"))
        with Peer(mock.port) as peer:
            self.assertEqual(peer.bind(), RBINDFAIL)
        mock.call("/rules", "PUT", [{"match": {"command": "bind_receiver", "account": "x"}, "actions": [{"no_response": True, "close": "fin"}]}])
        with Peer(mock.port) as peer:
            self.assertEqual(peer.bind("x", kind=BIND_TRANSMITTER), 0)
        with Peer(mock.port) as peer:
            with self.assertRaises(Closed):
                peer.bind("x", kind=BIND_RECEIVER)


class Actions(Case):
    def test_delay(self):
        mock = self.start(rule({"to": "^1"}, delay="200ms"))
        peer = self.peer(mock)
        began = time.monotonic()
        late, prompt = peer.start(SUBMIT_SM, submit_sm(to="1")), peer.start(SUBMIT_SM, submit_sm(to="2"))
        self.assertEqual(peer.receive()[1:3], (0, prompt))
        self.assertEqual(peer.receive()[1:3], (0, late))
        self.assertGreaterEqual(time.monotonic() - began, 0.2)

    def test_delays_of_all_shapes(self):
        shapes = [{"uniform": ["1ms", "5ms"]}, {"normal": ["3ms", "1ms"]}, {"lognormal": ["2ms", 0.5]}]
        mock = self.start(*(rule({"to": f"^{i}$"}, delay=shape) for i, shape in enumerate(shapes)))
        peer = self.peer(mock)
        for i in range(len(shapes)):
            self.assertEqual(self.status(peer, to=str(i)), 0)

    def test_no_response(self):
        mock = self.start(rule({"first": 1}, no_response=True))
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm())
        second = peer.start(SUBMIT_SM, submit_sm())
        self.assertEqual(peer.receive()[2], second)
        self.assertEqual(len(mock.messages()), 2)

    def test_duplicate_response_and_wrong_sequence(self):
        mock = self.start(rule({"to": "^1"}, duplicate_response=True), rule({"to": "^2"}, wrong_sequence=True))
        peer = self.peer(mock)
        sequence = peer.start(SUBMIT_SM, submit_sm(to="1"))
        first, second = peer.receive(), peer.receive()
        self.assertEqual(first, second)
        self.assertEqual(first[2], sequence)
        sequence = peer.start(SUBMIT_SM, submit_sm(to="2"))
        self.assertNotEqual(peer.receive()[2], sequence)

    def test_close(self):
        mock = self.start(*(rule({"to": f"^{how}$"}, no_response=True, close=how) for how in ("fin", "rst", "unbind")))
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="fin"))
        with self.assertRaises(Closed):
            peer.receive()
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="rst"))
        with self.assertRaises(ConnectionResetError):
            peer.receive()
        peer = self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="unbind"))
        self.assertEqual(peer.receive()[0], UNBIND)

    def test_stall(self):
        mock = self.start(rule({"to": "^1"}, stall=True))
        peer, other = self.peer(mock), self.peer(mock)
        peer.start(SUBMIT_SM, submit_sm(to="1"))
        peer.start(SUBMIT_SM, submit_sm(to="2"))
        peer.start(ENQUIRE_LINK)
        self.assertTrue(other.submit(to="2"))
        self.assertEqual(select.select([peer], [], [], 0.1)[0], [])

    def test_corrupt(self):
        kinds = ("length", "command_id", "tlv", "missing_nul", "garbage")
        mock = self.start(*(rule({"to": f"^{kind}$"}, corrupt=kind) for kind in kinds))
        answers = {}
        for kind in kinds:
            peer = self.peer(mock)
            sequence = peer.start(SUBMIT_SM, submit_sm(to=kind))
            answers[kind] = peer.socket.recv(1000)
        length, command, status, number = struct.unpack(">IIII", answers["length"][:16])
        self.assertEqual((length, command, status, number), (len(answers["length"]) + 100, SUBMIT_SM | RESPONSE, 0, sequence))
        self.assertEqual(struct.unpack(">II", answers["command_id"][:8]), (len(answers["command_id"]), 0x8000007F))
        self.assertTrue(answers["tlv"].endswith(b"\0\x04\x24\xff\xff"))
        self.assertNotEqual(answers["missing_nul"][-1], 0)
        self.assertEqual(struct.unpack(">I", answers["missing_nul"][:4])[0], len(answers["missing_nul"]))
        self.assertTrue(answers["garbage"].startswith(b"\xde\xad\xbe\xef"))

    def test_throttle(self):
        mock = self.start(rule(throttle={"rate": 0.001, "burst": 3}))
        peer = self.peer(mock)
        self.assertEqual([self.status(peer) for _ in range(5)], [0, 0, 0, RTHROTTLED, RTHROTTLED])

    def test_receipts(self):
        mock = self.start(rule({"to": "^1$"}, receipt={"state": "UNDELIVERABLE"}), rule({"to": "^2$"}, receipt="never"),
                          rule({"to": "^3$"}, receipt={"state": "REJECTED", "delay": "100ms"}))
        peer = self.peer(mock)
        failed = peer.submit(to="1", registered=FINAL)
        receipt = peer.next_deliver()
        self.assertRegex(receipt.text.decode(), rf"^id:{failed} .* stat:UNDELIV err:005")
        never, rejected = peer.submit(to="2", registered=FINAL), peer.submit(to="3", registered=FINAL)
        self.assertRegex(peer.next_deliver().text.decode(), rf"^id:{rejected} .* stat:REJECTD")
        self.assertEqual(mock.get(f"/messages/{never}")["state"], "DELIVERED")


class Presets(Case):
    def test_magic_destinations(self):
        mock = self.start(options=("--magic",))
        peer = self.peer(mock)
        self.assertEqual([self.status(peer, to="1555" + n) for n in ("990008", "990088", "990011", "1234567")],
                         [RSYSERR, RTHROTTLED, RINVDSTADR, 0])
        peer.submit(to="1555980005", registered=FINAL)
        self.assertIn(b" stat:UNDELIV ", peer.next_deliver().text)
        peer.start(SUBMIT_SM, submit_sm(to="1555970002"))
        with self.assertRaises(ConnectionResetError):
            peer.receive()

    def test_carriers(self):
        for carrier in ("healthy", "slow", "flaky", "throttling", "strict", "dead"):
            mock = self.start(options=("--carrier", carrier))
            if carrier != "dead":
                self.peer(mock)
        mock = self.start(options=("--carrier", "throttling"))
        peer = self.peer(mock)
        statuses = [self.status(peer) for _ in range(30)]
        self.assertEqual((statuses[:10], statuses[-1]), ([0] * 10, RTHROTTLED))
        mock = self.start(options=("--carrier", "strict"))
        self.assertEqual(self.status(self.peer(mock), to="abc"), RINVDSTADR)

    def test_nothing_is_kept(self):
        mock = self.start(options=("--store", "none"))
        peer = self.peer(mock)
        self.assertEqual([peer.submit(registered=FINAL) for _ in range(2)], ["1", "2"])
        self.assertEqual(mock.messages(), [])
        self.assertEqual(mock.get("/sessions")["sessions"][0]["submits"], 2)


class RunTime(Case):
    def test_rules_change_while_running(self):
        mock = self.start()
        peer = self.peer(mock)
        self.assertEqual(self.status(peer), 0)
        status, answer = mock.call("/rules", "POST", {"match": {"to": "^1"}, "actions": [{"status": "ESME_RSYSERR"}]})
        self.assertEqual(status, 201)
        self.assertEqual(self.status(peer), RSYSERR)
        [known] = mock.get("/rules")["rules"]
        self.assertEqual((known["id"], known["matched"], known["match"]), (answer["id"], 1, {"to": "^1"}))
        self.assertEqual(mock.call("/rules", "PUT", mock.get("/rules"))[0], 200)
        [again] = mock.get("/rules")["rules"]
        self.assertEqual(mock.call(f"/rules/{again['id']}", "DELETE")[0], 200)
        self.assertEqual(mock.call(f"/rules/{again['id']}", "DELETE")[0], 404)
        self.assertEqual(self.status(peer), 0)

    def test_numbers_for_statuses_and_times(self):
        mock = self.start(rule({"to": "^1"}, status=88), rule({"to": "^2"}, status=0x400, delay=0.05))
        peer = self.peer(mock)
        began = time.monotonic()
        self.assertEqual([self.status(peer, to="1"), self.status(peer, to="2")], [RTHROTTLED, 0x400])
        self.assertGreaterEqual(time.monotonic() - began, 0.05)

    def test_congestion_is_told_to_clients_of_5_0(self):
        mock = self.start(rule({"to": "^1"}, congestion=90), rule({"to": "^2"}, congestion=99, status="ESME_RTHROTTLED"))
        for version, told in ((0x50, True), (0x34, False)):
            peer = self.peer(mock, version=version)
            status, body = peer.request(SUBMIT_SM, submit_sm(to="1"))
            self.assertEqual((status, body.endswith(b"\x04\x28\0\1\x5a")), (0, told))
            status, body = peer.request(SUBMIT_SM, submit_sm(to="2"))
            self.assertEqual((status, body), (RTHROTTLED, b"\0\x04\x28\0\1\x63" if told else b""))

    def test_what_is_wrong_with_a_rule(self):
        mock = self.start()
        cases = [("x", "an object expected"), ({"match": {}}, '"actions" is missing'), ({"actions": [{"status": "X"}]}, 'actions[0].status: unknown status "X"'),
                 ([{"actions": []}, {"actions": [{"nope": 1}]}], "rules[1].actions[0].nope: unknown action"),
                 ({"match": {"to": "["}, "actions": []}, "match.to: bad regular expression"),
                 ({"match": {"probability": 2}, "actions": []}, "match.probability: a number from 0 to 1"),
                 ({"actions": {"delay": {"uniform": ["5ms", "1ms"]}}}, "actions.delay: the greater"),
                 ({"actions": {"close": "loud"}}, "actions.close: one of fin, rst, unbind, half expected"),
                 ({"actions": {"close": {"how": "unbind", "after_octets": 3}}}, "actions.close: unbind cannot"),
                 ({"actions": {"split": {"size": 0}}}, "actions.split.size: a number from 1"),
                 ({"actions": {"tag": "two words"}}, "actions.tag: a word expected"),
                 ({"actions": {"receipt": {"states": []}}}, "actions.receipt.states: a list of 1 to 20"),
                 ({"actions": {"receipt": {"id": "octal"}}}, "actions.receipt.id: one of decimal, hex"),
                 ({"actions": {"receipt": {"state": "X"}}}, "actions.receipt.state"), ({"whole": 1}, "whole: unknown"),
                 ({"rules": [], "more": 1}, "more: unknown"), ({"actions": {"status": -1}}, "actions.status: a number from 0"),
                 ({"match": {"command": "nonsense"}, "actions": []}, "match.command: a request of clients, bind, any or connect"),
                 ({"match": {"command": "bind", "to": "1"}, "actions": []}, "match.to: only submits have that, not bind"),
                 ({"match": {"command": "unbind"}, "actions": {"tag": "x"}}, "actions: receipt, reply, tag and congestion are for submits, not for unbind")]
        for body, words in cases:
            with self.subTest(body=body):
                status, answer = mock.call("/rules", "POST", body)
                self.assertEqual((status, answer["error"]["code"]), (400, "bad_body"))
                self.assertIn(words, answer["error"]["message"])
        self.assertEqual(mock.get("/rules"), {"rules": []})

    def test_reset_brings_back_the_start(self):
        mock = self.start(rule({"first": 1}, status="RSYSERR"))
        peer = self.peer(mock)
        self.assertEqual([self.status(peer), self.status(peer)], [RSYSERR, 0])
        last = mock.messages()[0]["id"]
        mock.call("/rules", "POST", {"actions": [{"status": "RTHROTTLED"}]})
        self.assertEqual(mock.call("/reset", "POST")[0], 200)
        self.assertEqual(mock.messages(), [])
        self.assertEqual([self.status(peer), self.status(peer)], [RSYSERR, 0])
        self.assertGreater(mock.messages()[0]["id"], last)

    def test_delete_by_query(self):
        mock = self.start()
        peer = self.peer(mock)
        for text in (b"keep", b"drop", b"keep", b"drop"):
            peer.submit(text=text)
        self.assertEqual(mock.call("/messages", "DELETE", query="text:drop"), (200, {"deleted": 2}))
        self.assertEqual([m["text"] for m in mock.messages()], ["keep", "keep"])

    def test_requests_from_other_sites_change_nothing(self):
        mock = self.start()
        host, port = mock.http.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=10) as browser:
            browser.sendall(f"POST /api/v1/reset HTTP/1.1\r\nHost: {mock.http}\r\nOrigin: http://evil.example\r\n"
                            "Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
            self.assertTrue(browser.recv(100).startswith(b"HTTP/1.1 403"))


class FromMobiles(Case):
    def test_short_long_and_binary(self):
        mock = self.start()
        peer = self.peer(mock, kind=BIND_RECEIVER)
        self.assertEqual(mock.call("/mo", "POST", {"from": "+15551234567", "to": "12345", "text": "héllo"}), (202, {"account": "user", "parts": 1, "ids": [1]}))
        message = peer.next_deliver()
        self.assertEqual((message.source, message.destination, message.text, message.data_coding), ("15551234567", "12345", b"h\x05llo", 0))
        status, answer = mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "ж" * 100, "account": "user"})
        self.assertEqual(answer["parts"], 2)
        parts = [peer.next_deliver() for _ in range(2)]
        self.assertEqual([(p.esm_class, p.data_coding, p.text[:3], p.text[4:6]) for p in parts],
                         [(0x40, 8, b"\5\0\3", b"\2\1"), (0x40, 8, b"\5\0\3", b"\2\2")])
        self.assertEqual(b"".join(p.text[6:] for p in parts).decode("utf-16-be"), "ж" * 100)
        mock.call("/mo", "POST", {"from": "1", "to": "2", "octets": "00ff", "data_coding": 4})
        message = peer.next_deliver()
        self.assertEqual((message.text, message.data_coding), (b"\0\xff", 4))
        mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "ж", "data_coding": 24, "esm_class": 8, "tlvs": [[0x0204, "0007"], [0x1400, ""]]})
        message = peer.next_deliver()
        self.assertEqual((message.text, message.data_coding, message.esm_class), ("ж".encode("utf-16-be"), 24, 8))
        self.assertEqual(message.tlvs, {0x0204: b"\0\7", 0x1400: b""})
        self.assertEqual(mock.call("/mo", "POST", {"from": "1", "to": "2", "octets": "0102" * 150, "data_coding": 4})[1]["parts"], 3)
        parts = [peer.next_deliver() for _ in range(3)]
        self.assertEqual({(p.esm_class, p.data_coding) for p in parts}, {(0x40, 4)})
        self.assertEqual(b"".join(p.text[6:] for p in parts), b"\1\2" * 150)

    def test_they_wait_for_a_receiver(self):
        mock = self.start()
        self.assertEqual(mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x"})[0], 400)
        self.assertEqual(mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x", "account": "later"})[0], 202)
        self.assertEqual(self.peer(mock, user="later").next_deliver().text, b"x")

    def test_what_is_wrong(self):
        mock = self.start()
        for body, words in (({"text": 1}, "text"), ({"nope": 1}, "nope"), ({"octets": "0"}, "octets"),
                            ({"text": "ж", "coding": "gsm7", "account": "a"}, "text"), ({"text": "x", "coding": "y"}, "coding"),
                            ({"from": "1" * 40, "text": "x", "account": "a"}, "source_addr"), ({}, "text or octets"),
                            ({"text": "x", "octets": "00"}, "text or octets"), ({"octets": "00", "coding": "ucs2"}, "coding"),
                            ({"octets": "00" * 300, "esm_class": 64}, "octets"), ({"text": "x", "tlvs": [[1, "x"]]}, "tlvs"),
                            ({"text": "x", "tlvs": {"1": "00"}}, "tlvs"), ({"text": "x", "data_coding": 256}, "data_coding")):
            with self.subTest(body=body):
                status, answer = mock.call("/mo", "POST", body)
                self.assertEqual(status, 400)
                self.assertIn(words, answer["error"]["message"])

    def test_a_receipt_by_hand(self):
        mock = self.start(options=("--receipt-delay", "1h"))
        peer = self.peer(mock)
        message_id = peer.submit()
        self.assertEqual(mock.call(f"/messages/{message_id}/receipt", "POST", {"state": "EXPIRED"})[0], 202)
        self.assertRegex(peer.next_deliver().text.decode(), rf"^id:{message_id} .* stat:EXPIRED")
        self.assertEqual(mock.get(f"/messages/{message_id}")["state"], "EXPIRED")
        self.assertEqual(mock.call(f"/messages/{message_id}/receipt", "POST", {"state": "X"})[0], 400)
        status, answer = mock.call(f"/messages/{message_id}/receipt", "POST", {"state": "EXPIRED", "error": "021"})
        self.assertEqual((status, answer["error"]["message"]), (400, "error: unknown"))
        self.assertEqual(mock.call(f"/messages/{message_id}/receipt", "POST", {"state": "EXPIRED", "err": "021"})[0], 202)
        self.assertIn(b" stat:EXPIRED err:021 ", peer.next_deliver().text)
        self.assertEqual(mock.call("/messages/999/receipt", "POST", {"state": "EXPIRED"})[0], 404)


if __name__ == "__main__":
    unittest.main()
