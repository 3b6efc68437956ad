#!/usr/bin/env python3
"""What mock-smsc does by itself: outbind, alerts, habits of a carrier, timers; and the same again with one seed."""
import json
import re
import socket
import struct
import time
import unittest

from mock import Mock
from smpp_peer import (BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, ENQUIRE_LINK, RESPONSE, SUBMIT_SM, UNBIND, Closed, Peer, c_string, pdu,
                       submit_sm, tlv)

OUTBIND, ALERT_NOTIFICATION = 0x0B, 0x102
FINAL = 1


class Listener(Peer):
    """A client that waits to be connected to."""

    def __init__(self):
        self.door = socket.create_server(("127.0.0.1", 0))
        self.door.settimeout(10)
        self.sequence, self.waiting, self.socket = 0, [], None

    def accept(self):
        self.socket, _ = self.door.accept()
        self.socket.settimeout(10)

    def close(self):
        self.door.close()
        if self.socket:
            self.socket.close()


class Outgoing(unittest.TestCase):
    def test_outbind(self):
        with Mock() as mock, Listener() as client:
            port = client.door.getsockname()[1]
            # A message waits for it, as it would at a carrier.
            mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "x", "account": "later"})
            status, answer = mock.call("/outbind", "POST", {"to": f"127.0.0.1:{port}", "system_id": "carrier", "password": "secret"})
            self.assertEqual(status, 202)
            client.accept()
            command, status, _, body = client.receive()
            self.assertEqual((command, status, body), (OUTBIND, 0, c_string("carrier") + c_string("secret")))
            self.assertEqual(client.bind("later", kind=BIND_RECEIVER), 0)
            self.assertEqual(client.next_deliver().text, b"x")
            session = mock.get(f"/sessions/{answer['session']}")
            self.assertEqual((session["bind"], session["system_id"]), ("receiver", "later"))

    def test_outbind_that_cannot_be(self):
        with Mock() as mock:
            with socket.create_server(("127.0.0.1", 0)) as door:
                port = door.getsockname()[1]
            status, answer = mock.call("/outbind", "POST", {"to": f"127.0.0.1:{port}"})
            self.assertEqual((status, answer["error"]["code"]), (502, "unreachable"))
            for body, words in (({}, "to: HOST:PORT"), ({"to": "x:0"}, "to: HOST:PORT"), ({"to": "x:1", "password": "much too long"}, "password"),
                                ({"from": 1}, "from: unknown")):
                status, answer = mock.call("/outbind", "POST", body)
                self.assertEqual(status, 400)
                self.assertIn(words, answer["error"]["message"])

    def test_alert_notification(self):
        with Mock() as mock, Peer(mock.port) as sender, Peer(mock.port) as peer:
            alert = {"account": "user", "from": "+15551234567", "to": "12345", "availability": "denied"}
            self.assertEqual(sender.bind(kind=BIND_TRANSMITTER), 0)
            self.assertEqual(mock.call("/alert", "POST", alert)[0], 409)
            self.assertEqual(peer.bind(kind=BIND_RECEIVER), 0)
            self.assertEqual(mock.call("/alert", "POST", alert)[0], 202)
            command, _, _, body = peer.receive()
            self.assertEqual((command, body), (ALERT_NOTIFICATION, b"\1\1" + c_string("15551234567") + b"\0\1" + c_string("12345") + tlv(0x0422, b"\1")))
            self.assertEqual(mock.call("/alert", "POST", {"availability": "maybe"})[0], 400)


class Habits(unittest.TestCase):
    def test_presets_delays_and_receipts_change_at_run_time(self):
        with Mock("--carrier", "flaky") as mock, Peer(mock.port) as peer:
            peer.bind()
            self.assertEqual(mock.get("/carrier"), {"preset": "flaky", "receipt_delay": "0ms", "receipt": None})
            # A rule of one's own comes before what the carrier does anyway.
            mock.call("/rules", "POST", {"match": {"to": "^1"}, "actions": [{"status": "ESME_RSYSERR"}]})
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm(to="1"))[0], 8)
            # What is shown can be put back.
            shown = mock.get("/rules")
            self.assertEqual([r.get("carrier") for r in shown["rules"]], [None] + [True] * 4)
            again = mock.call("/rules", "PUT", shown)[1]
            self.assertEqual([r["actions"] for r in again["rules"]], [r["actions"] for r in shown["rules"]])
            changed = {"preset": "healthy", "receipt_delay": "20ms", "receipt": {"id": "padded", "in": "text"}}
            self.assertEqual(mock.call("/carrier", "PUT", changed), (200, changed))
            message_id = peer.submit(to="2", registered=FINAL)
            receipt = peer.next_deliver()
            self.assertIn(f"id:{int(message_id):010} ", receipt.text.decode())
            self.assertEqual(receipt.tlvs, {})
            self.assertEqual(mock.call("/reset", "POST")[0], 200)
            self.assertEqual(mock.get("/carrier"), {"preset": "flaky", "receipt_delay": "0ms", "receipt": None})

    def test_receipts_by_option_give_way_to_those_of_a_rule(self):
        rule = json.dumps({"match": {"to": "^1"}, "actions": [{"receipt": {"in": "tlv"}}]})
        with Mock("--receipt", '{"format":"{id} {stat}"}', "--rule", rule) as mock, Peer(mock.port) as peer:
            peer.bind()
            message_id = peer.submit(to="2", registered=FINAL)
            self.assertEqual(peer.next_deliver().text.decode(), f"{message_id} DELIVRD")
            peer.submit(to="1", registered=FINAL)
            self.assertEqual(peer.next_deliver().text, b"")

    def test_what_is_wrong(self):
        with Mock() as mock:
            for body, words in (({"preset": "x"}, "preset"), ({"receipt_delay": "soon"}, "receipt_delay"), ({"receipt": {"id": "x"}}, "receipt.id"), ({"x": 1}, "x")):
                status, answer = mock.call("/carrier", "PUT", body)
                self.assertEqual(status, 400)
                self.assertIn(words, answer["error"]["message"])


class DefaultAlphabet(unittest.TestCase):
    def test_what_data_coding_0_means(self):
        for name, octets in (("latin1", b"d\xe9j\xe0 @"), ("utf8", "d\xe9j\xe0 @".encode()), ("gsm7", b"d\x05j\x7f \x00")):
            with self.subTest(name), Mock("--default-alphabet", name) as mock, Peer(mock.port) as peer:
                mock.call("/rules", "POST", {"match": {"text": "^d\xe9j"}, "actions": [{"reply": "\xe9 {text}"}]})
                peer.bind()
                peer.submit(text=octets, registered=1)
                (message,) = mock.messages(f"coding:{name} d\xe9j\xe0")
                self.assertEqual((message["text"], message["coding"]), ("d\xe9j\xe0 @", name))
                reply, receipt = sorted((peer.next_deliver(), peer.next_deliver()), key=lambda each: each.esm_class)
                self.assertEqual((reply.data_coding, reply.text), (0, self.encoded("\xe9 d\xe9j\xe0 @", name)))
                self.assertTrue(receipt.text.endswith(b" text:" + octets), receipt.text)
                mock.call("/mo", "POST", {"from": "1", "to": "2", "text": "d\xe9j\xe0 @", "coding": name})
                mobile = peer.next_deliver()
                self.assertEqual((mobile.data_coding, mobile.text), (0, octets))

    @staticmethod
    def encoded(text, name):
        if name == "gsm7":
            return bytes({"\xe9": 5, "\xe0": 0x7f, "@": 0}.get(each, ord(each)) for each in text)
        return text.encode(name)

    def test_findings_about_gsm_texts_are_for_gsm(self):
        for name, found in (("gsm7", True), ("ascii", False)):
            with Mock("--default-alphabet", name) as mock, Peer(mock.port) as peer:
                peer.bind()
                peer.submit(text=b"{a_b@c}")
                rules = [each["rule"] for each in mock.get("/lint")["findings"]]
                self.assertEqual(any(each.startswith("text.") for each in rules), found, rules)


class Timers(unittest.TestCase):
    def test_session_init(self):
        with Mock("--session-init-timer", "100ms") as mock, Peer(mock.port) as peer:
            self.assertTrue(peer.ends())

    def test_enquire_link_and_no_answer_to_it(self):
        with Mock("--enquire-link-timer", "100ms", "--response-timer", "200ms") as mock, Peer(mock.port) as peer:
            peer.bind()
            for _ in range(2):
                command, _, sequence, _ = peer.receive()
                self.assertEqual(command, ENQUIRE_LINK)
                peer.send(pdu(ENQUIRE_LINK | RESPONSE, sequence))
            self.assertEqual(peer.receive()[0], ENQUIRE_LINK)
            self.assertTrue(peer.ends())
            self.assertEqual(mock.get("/sessions", state="live")["sessions"], [])

    def test_inactivity(self):
        with Mock("--inactivity-timer", "200ms") as mock, Peer(mock.port) as peer:
            peer.bind()
            peer.submit()
            began = time.monotonic()
            command, _, sequence, _ = peer.receive()
            self.assertEqual(command, UNBIND)
            self.assertGreater(time.monotonic() - began, 0.1)
            peer.send(pdu(UNBIND | RESPONSE, sequence))
            with self.assertRaises(Closed):
                peer.receive()


class Seeds(unittest.TestCase):
    """Everything that chance decides, twice."""
    RULES = [{"match": {"probability": 0.2}, "actions": [{"status": "ESME_RTHROTTLED"}]},
             {"match": {"probability": 0.2}, "actions": [{"corrupt": "garbage"}]},
             {"match": {"probability": 0.2}, "actions": [{"receipt": {"state": "REJECTED", "format": "{id} {stat}"}, "reply": "again"}]},
             {"match": {"probability": 0.3}, "actions": [{"duplicate_response": True}]},
             {"actions": [{"receipt": {"format": "{id} {stat} {err}", "id": "hex"}}]}]

    def octets(self, seed):
        with Mock("--seed", seed, *(word for rule in self.RULES for word in ("--rule", json.dumps(rule)))) as mock:
            with socket.create_connection(("127.0.0.1", mock.port), timeout=10) as client:
                bind = c_string("u") + c_string("p") + c_string("") + bytes([0x34, 0, 0]) + b"\0"
                client.sendall(pdu(BIND_TRANSCEIVER, 1, bind))
                got = b""

                def take(count):
                    nonlocal got
                    while len(got) < count:
                        more = client.recv(65536)
                        self.assertTrue(more)
                        got += more
                take(16 + 10 + 5)
                for n in range(2, 102):
                    client.sendall(pdu(SUBMIT_SM, n, submit_sm(registered=FINAL)) + pdu(ENQUIRE_LINK, n | 0x10000))
                    # Whatever else comes, the answer to enquire_link is the last of the turn, or among it.
                    marker = pdu(ENQUIRE_LINK | RESPONSE, n | 0x10000)
                    while marker not in got:
                        take(len(got) + 1)
                client.sendall(pdu(UNBIND, 0x20000))
                while (more := client.recv(65536)):
                    got += more
                return re.sub(rb"date:\d{10}", b"date:", got)  # another minute may have begun

    def test_two_runs_send_the_same_octets(self):
        first = self.octets(7)
        self.assertIn(b"garbage", first)
        self.assertIn(b"REJECTD", first)
        self.assertIn(struct.pack(">I", 0x58), first)
        self.assertEqual(self.octets(7), first)
        self.assertNotEqual(self.octets(8), first)


if __name__ == "__main__":
    unittest.main()
