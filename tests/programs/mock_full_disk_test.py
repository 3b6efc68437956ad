#!/usr/bin/env python3
"""mock-smsc with --database on a full disk: what it could not write is written once there is room, and nothing else is promised."""
import os
import resource
import tempfile
import time
import unittest

from mock import Mock
from smpp_peer import BIND_TRANSMITTER, CANCEL_SM, ENQUIRE_LINK, REPLACE_SM, SUBMIT_SM, Peer, address, c_string, submit_sm

FINAL = 1
RSYSERR = 8
REFUSED = r"^(mock-smsc: cannot write to the database: .*\n)+$"


class FullDisk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.mock = Mock("--database", os.path.join(folder.name, "records.db"), "--receipt-delay", "100ms")
        self.mock.start()
        self.addCleanup(self.mock.close)

    def limit(self, octets):
        resource.prlimit(self.mock.process.pid, resource.RLIMIT_FSIZE, (octets, resource.RLIM_INFINITY))

    def fill(self, peer):
        """From now on nothing is written."""
        self.limit(20_000)
        while peer.request(SUBMIT_SM, submit_sm(text=b"x" * 200))[0] == 0:
            pass

    def restart(self):
        self.mock.stop(errors=REFUSED)
        self.mock.start()

    def test_what_was_refused_is_lost_and_nothing_else(self):
        with Peer(self.mock.port) as peer, Peer(self.mock.port) as late:
            peer.bind("alpha")
            due = peer.submit(registered=FINAL)
            self.fill(peer)
            self.assertEqual(late.bind("beta", kind=BIND_TRANSMITTER), 0)
            self.assertEqual(late.request(SUBMIT_SM, submit_sm())[0], RSYSERR)
            self.assertEqual(peer.next_deliver().tlvs[0x1E][:-1].decode(), due)  # acknowledged, which is not written
            peer.request(ENQUIRE_LINK)  # the acknowledgement was read
            self.assertEqual(self.mock.wait(1, f"id:{due} state:delivered")[0]["message_id"], due)
            self.limit(resource.RLIM_INFINITY)
            after = late.submit(text=b"there is room", registered=FINAL)
        refused = self.mock.messages("status:rsyserr")
        self.assertTrue(refused)
        self.restart()
        message = self.mock.get(f"/messages/{after}")
        self.assertEqual((message["system_id"], message["session"]["bind"]), ("beta", "transmitter"))
        self.assertEqual(self.mock.messages("status:rsyserr"), [])
        self.assertNotIn("receipts_due", self.mock.get(f"/messages/{due}"))
        with Peer(self.mock.port) as peer:
            peer.bind("beta")
            self.assertEqual(peer.next_deliver().tlvs[0x1E][:-1].decode(), after)
        self.mock.stop()

    def test_it_is_written_without_anybody_asking(self):
        with Peer(self.mock.port) as peer, Peer(self.mock.port) as late:
            peer.bind("alpha")
            self.fill(peer)
            late.bind("beta")
            self.limit(resource.RLIM_INFINITY)
            deadline = time.monotonic() + 20
            while (status := self.mock.call("/messages", "DELETE", query="nothing")[0]) != 200:
                self.assertEqual(status, 503)
                self.assertLess(time.monotonic(), deadline)
        self.mock.stop(errors=REFUSED)

    def test_changes_are_not_promised(self):
        with Peer(self.mock.port) as peer:
            peer.bind("alpha")
            ids = [peer.submit(text=b"kept", schedule="000001000000000R") for _ in range(3)]
            self.fill(peer)
            for call in (("/messages", "DELETE"), ("/messages/tags", "PUT", {"query": "id:1", "add": ["seen"]}), ("/reset", "POST"),
                         (f"/messages/{ids[0]}/receipt", "POST", {"state": "EXPIRED"}), ("/reset?scope=x", "POST")):
                with self.subTest(call=call):
                    status, answer = self.mock.call(*call)
                    self.assertEqual((status, answer["error"]["code"]), (503, "unavailable"))
            self.assertEqual(peer.request(CANCEL_SM, b"\0" + c_string(ids[0]) + address("12345") + address(""))[0], RSYSERR)
            self.assertEqual(peer.request(REPLACE_SM, c_string(ids[0]) + address("12345") + b"\0\0" + bytes([0, 0, 1]) + b"x")[0], RSYSERR)
            self.limit(resource.RLIM_INFINITY)
            self.assertTrue(peer.submit())
            self.assertEqual(self.mock.call("/messages/tags", "PUT", {"query": f"id:{ids[1]}", "add": ["seen"]})[0], 200)
            self.assertEqual(self.mock.call("/messages", "DELETE", query=f"id:{ids[2]}")[0], 200)
            self.assertEqual(peer.request(CANCEL_SM, b"\0" + c_string(ids[0]) + address("12345") + address(""))[0], 0)
            self.mock.kill()  # what was promised is written
        self.mock.start()
        self.assertEqual([(m["message_id"], m["state"], m.get("tags")) for m in self.mock.messages("kept")],
                         [(ids[1], "SCHEDULED", ["seen"]), (ids[0], "DELETED", None)])
        self.mock.stop()

    def test_what_cannot_be_written_at_the_end_is_told(self):
        with Peer(self.mock.port) as peer, Peer(self.mock.port) as late:
            peer.bind("alpha")
            self.fill(peer)
            self.limit(1)
            late.bind("beta")  # a session to write
        self.mock.stop(errors=r"^(mock-smsc: cannot write to the database: .*\n){2,}$")


if __name__ == "__main__":
    unittest.main()
