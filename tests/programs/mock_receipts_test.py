#!/usr/bin/env python3
"""Receipts of mock-smsc, as a client sees them."""
import re
import sqlite3
import tempfile
import unittest

from mock import Mock
from smpp_peer import (BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT_MULTI, SUBMIT_SM, Peer, address, submit_multi,
                       submit_sm)

RX_T_APPN, RX_P_APPN = 0x64, 0x65
DELIVERED, EXPIRED = 2, 3
FINAL, ON_FAILURE, ON_SUCCESS = 1, 2, 3


class Receipts(unittest.TestCase):
    def test_what_a_receipt_says(self):
        with Mock() as mock, Peer(mock.port) as peer:
            peer.bind()
            message_id = peer.submit(to="15557654321", sender="12345", text=b"what is said in more than twenty", registered=FINAL)
            receipt = peer.next_deliver()
            self.assertEqual((receipt.source, receipt.destination), ("15557654321", "12345"))
            self.assertEqual(receipt.esm_class, 0x04)
            self.assertRegex(receipt.text.decode(), rf"^id:{message_id} sub:001 dlvrd:001 submit date:\d{{10}} "
                             r"done date:\d{10} stat:DELIVRD err:000 text:what is said in more$")
            self.assertEqual(receipt.tlvs, {0x001E: message_id.encode() + b"\0", 0x0427: bytes([DELIVERED])})
            message = mock.get(f"/messages/{message_id}")
            self.assertEqual((message["state"], "done" in message), ("DELIVERED", True))

    def test_the_record_knows_its_answer_and_its_receipts(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ("--response-timer", "300ms", "--database", folder + "/db")
            with Mock(*options) as mock, Peer(mock.port) as peer:
                peer.bind()
                mock.call("/rules", "POST", {"match": {"to": "1"}, "actions": [{"delay": "150ms"}]})
                mock.call("/rules", "POST", {"match": {"to": "2"}, "actions": [{"no_response": True}]})
                slow = mock.get("/messages/" + peer.submit(to="1"))
                self.assertGreaterEqual(slow["latency_us"], 150_000)
                self.assertGreater(slow["responded"], slow["received"])
                peer.start(SUBMIT_SM, submit_sm(to="2"))
                message_id = peer.submit(registered=FINAL)
                self.assertNotIn("responded", mock.wait(1, "to:=2")[0])
                peer.next_deliver(answer=None)
                peer.next_deliver(answer=RX_T_APPN)
                self.assertEqual(mock.wait(1, f"id:{message_id}")[0]["receipts_due"], 1)
                peer.next_deliver()
                refused = peer.submit(registered=FINAL)
                peer.next_deliver(answer=RX_P_APPN)
                peer.request(0x15)
                before = mock.messages()
                receipt = mock.get(f"/messages/{message_id}")["receipts"][0]
                self.assertEqual((receipt["state"], receipt["to"], receipt["session"], receipt["attempts"], receipt["status"]),
                                 ("DELIVERED", "15551234567", 1, 3, "ESME_ROK"))
                self.assertGreaterEqual(receipt["acknowledged"], receipt["sent"])
                other = mock.get(f"/messages/{refused}")["receipts"][0]
                self.assertEqual((other["status"], "acknowledged" in other, "refused" in other), ("ESME_RX_P_APPN", False, True))
            with Mock(*options) as mock:
                after = mock.messages()
                self.assertEqual([m.get("receipts") for m in after], [m.get("receipts") for m in before])
                for one, other in zip(after, before):
                    self.assertEqual("responded" in one, "responded" in other)
                    self.assertLess(abs(one.get("latency_us", 0) - other.get("latency_us", 0)), 1000)

    def test_clients_of_3_3_get_no_tlvs(self):
        with Mock() as mock, Peer(mock.port) as transmitter, Peer(mock.port) as receiver:
            transmitter.bind(kind=BIND_TRANSMITTER, version=0x33)
            receiver.bind(kind=BIND_RECEIVER, version=0x33)
            message_id = transmitter.submit(registered=FINAL)
            receipt = receiver.next_deliver()
            self.assertIn(f"id:{message_id} ", receipt.text.decode())
            self.assertEqual(receipt.tlvs, {})

    def test_only_who_asks_gets_one(self):
        with Mock() as mock, Peer(mock.port) as peer:
            peer.bind()
            for registered in (0, ON_FAILURE):
                peer.submit(registered=registered)
            wanted = peer.submit(registered=ON_SUCCESS)
            self.assertEqual(peer.next_deliver().tlvs[0x001E], wanted.encode() + b"\0")

    def test_each_destination_of_submit_multi(self):
        with Mock() as mock, Peer(mock.port) as peer:
            peer.bind()
            status, _ = peer.request(SUBMIT_MULTI, submit_multi(["15550001", "15550002"], registered=FINAL))
            self.assertEqual(status, 0)
            self.assertEqual([peer.next_deliver().source for _ in range(2)], ["15550001", "15550002"])

    def test_none_for_destinations_that_were_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            database = ("--database", folder + "/db")
            with Mock("--magic", *database) as mock:
                with Peer(mock.port) as peer:
                    peer.bind(kind=BIND_TRANSMITTER)
                    to = ["1555990011", "15550001", "1555990088", "15550002"]
                    status, body = peer.request(SUBMIT_MULTI, submit_multi(to, registered=FINAL))
                    message_id, _, rest = body.partition(b"\0")
                    self.assertEqual((status, rest), (0, b"\2" + b"".join(
                        address(number) + code.to_bytes(4, "big")
                        for number, code in (("1555990011", 11), ("1555990088", 88)))))
                    message = mock.get("/messages/latest")
                    self.assertEqual((message["status"], message["receipts_due"]), ("ESME_ROK", 2))
                    self.assertEqual(message["refused"], [{"to": "1555990011", "status": "ESME_RINVDSTADR"},
                                                          {"to": "1555990088", "status": "ESME_RTHROTTLED"}])
                    # None is left: the whole message is refused.
                    status, body = peer.request(SUBMIT_MULTI, submit_multi(to[0:3:2], registered=FINAL))
                    self.assertEqual((status, body), (11, b""))
            records = sqlite3.connect(folder + "/db")
            self.assertEqual([("0 11,2 88",), ("",)], list(records.execute("SELECT refused FROM notes ORDER BY id")))
            records.execute("UPDATE notes SET refused = '0 11,2 88,250 8,junk' WHERE refused != ''")
            records.commit()
            records.close()
            with Mock(*database) as mock, Peer(mock.port) as peer:  # it is remembered, and what cannot be is ignored
                self.assertEqual(len(mock.get("/messages?query=to:1555990011&full=1")["messages"][1]["refused"]), 2)
                peer.bind(kind=BIND_RECEIVER)
                for number in ("15550001", "15550002"):
                    receipt = peer.next_deliver()
                    self.assertEqual((receipt.source, receipt.tlvs[0x1E][:-1]), (number, message_id))

    def test_they_wait_for_a_receiver_of_the_account(self):
        with Mock() as mock:
            with Peer(mock.port) as transmitter, Peer(mock.port) as stranger:
                stranger.bind("other")
                transmitter.bind("user", kind=BIND_TRANSMITTER)
                ids = [transmitter.submit(registered=FINAL) for _ in range(3)]
                stranger_id = stranger.submit(registered=FINAL)
                self.assertEqual(stranger.next_deliver().tlvs[0x001E], stranger_id.encode() + b"\0")
            with Peer(mock.port) as receiver:
                receiver.bind("user", kind=BIND_RECEIVER)
                got = [receiver.next_deliver().tlvs[0x001E][:-1].decode() for _ in ids]
            self.assertEqual(got, ids)

    def test_unacknowledged_ones_come_again(self):
        with Mock("--response-timer", "300ms") as mock:
            with Peer(mock.port) as peer:
                peer.bind()
                message_id = peer.submit(registered=FINAL).encode() + b"\0"
                self.assertEqual(peer.next_deliver(answer=None).tlvs[0x001E], message_id)
                self.assertEqual(peer.next_deliver(answer=RX_T_APPN).tlvs[0x001E], message_id)  # after the timer
                self.assertEqual(peer.next_deliver(answer=None).tlvs[0x001E], message_id)
            with Peer(mock.port) as again:  # after a reconnect
                again.bind()
                self.assertEqual(again.next_deliver().tlvs[0x001E], message_id)
                # Acknowledged: the next one is another.
                other = again.submit(registered=FINAL).encode() + b"\0"
                self.assertEqual(again.next_deliver(answer=RX_P_APPN).tlvs[0x001E], other)
                last = again.submit(registered=FINAL).encode() + b"\0"
                self.assertEqual(again.next_deliver().tlvs[0x001E], last)

    def test_more_than_the_window_holds(self):
        with Mock("--window", "2") as mock, Peer(mock.port) as peer:
            peer.bind()
            sequences = [peer.start(SUBMIT_SM, submit_sm(registered=FINAL)) for _ in range(50)]
            ids = [peer.response(s)[2] for s in sequences]
            self.assertEqual([peer.next_deliver().tlvs[0x001E] for _ in ids], ids)

    def test_delay_schedule_and_validity(self):
        with Mock("--receipt-delay", "1s") as mock, Peer(mock.port) as peer:
            peer.bind()
            delayed = peer.submit(registered=FINAL)
            self.assertEqual(mock.get(f"/messages/{delayed}")["state"], "ENROUTE")
            scheduled = peer.submit(registered=FINAL, schedule="000000000001000R")
            self.assertEqual(mock.get(f"/messages/{scheduled}")["state"], "SCHEDULED")
            self.assertIn(f"id:{delayed} ", peer.next_deliver().text.decode())
            self.assertIn(f"id:{scheduled} ", peer.next_deliver().text.decode())
            self.assertEqual(mock.get(f"/messages/{scheduled}")["state"], "DELIVERED")
        with Mock("--receipt-delay", "1h") as mock, Peer(mock.port) as peer:
            peer.bind()
            expiring = peer.submit(registered=FINAL, validity="000000000001000R")
            receipt = peer.next_deliver()
            self.assertTrue(re.match(rf"id:{expiring} .*dlvrd:000 .*stat:EXPIRED err:003", receipt.text.decode()))
            self.assertEqual(receipt.tlvs[0x0427], bytes([EXPIRED]))


if __name__ == "__main__":
    unittest.main()
