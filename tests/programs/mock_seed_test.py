#!/usr/bin/env python3
"""One seed, one clock: two runs of mock-smsc send the same octets, however the requests come."""
import json
import os
import tempfile
import unittest

from mock import Mock
from smpp_peer import DELIVER_SM, RESPONSE, SUBMIT_SM, Peer, pdu, submit_sm

FINAL = 1
COUNT = 60
RULES = [{"match": {"probability": 0.3}, "actions": [{"status": "ESME_RSYSERR"}]},
         {"match": {"probability": 0.2}, "actions": [{"receipt": {"states": ["ENROUTE", "EXPIRED"], "id": "hex"}}]},
         {"match": {"probability": 0.2}, "actions": [{"reply": "you said {text}"}, {"duplicate_response": True}]}]


class Recorder(Peer):
    """Keeps all octets that come."""

    def __init__(self, port):
        super().__init__(port)
        self.octets = b""

    def _read(self, count):
        data = super()._read(count)
        self.octets += data
        return data


class Seed(unittest.TestCase):
    def run_once(self, how, *options, seed=42):
        """What comes back for COUNT submits that leave in that way."""
        with Mock("--seed", seed, "--clock", "2026-01-01T00:00:00Z", "--rule", json.dumps(RULES), *options) as mock, \
                Recorder(mock.port) as peer:
            peer.bind()
            requests = [pdu(SUBMIT_SM, 100 + i, submit_sm(to=f"1555{i:04}", text=b"m%d" % i, registered=FINAL)) for i in range(COUNT)]
            how(peer, requests)
            answered = set()
            while len(answered) < COUNT:
                command, _, sequence, _ = peer.receive()
                if command == SUBMIT_SM | RESPONSE:
                    answered.add(sequence)
            peer.start(0x15)
            while peer.receive()[0] != 0x15 | RESPONSE:
                pass
            messages = mock.messages()
            return peer.octets, [(m["id"], m["status"], m["received"][:16]) for m in messages]

    def at_once(self, peer, requests):
        peer.send(b"".join(requests))

    def one_by_one(self, peer, requests):
        for request in requests:
            peer.send(request)

    def in_step(self, peer, requests):
        for index, request in enumerate(requests):
            peer.send(request)
            while True:
                got = peer._read_pdu()
                self.seen.append(got)
                if got[0] == SUBMIT_SM | RESPONSE and got[2] == 100 + index:
                    break
        peer.waiting = list(self.seen)
        self.seen = []

    def setUp(self):
        self.seen = []

    def test_however_the_requests_come(self):
        first, messages = self.run_once(self.at_once)
        self.assertTrue(any(status != "ESME_ROK" for _, status, _ in messages))
        self.assertEqual(messages[0][2], "2026-01-01T00:00")
        self.assertIn(b"submit date:2601010000 done date:2601010000", first)
        for how in (self.at_once, self.one_by_one, self.in_step):
            with self.subTest(how=how.__name__):
                self.assertEqual(self.run_once(how)[0], first)
        self.assertNotEqual(self.run_once(self.at_once, seed=43)[0], first)

    def test_with_a_database(self):
        runs = []
        for how in (self.at_once, self.in_step):
            with tempfile.TemporaryDirectory() as folder:
                runs.append(self.run_once(how, "--database", os.path.join(folder, "r.db"))[0])
        self.assertEqual(runs[0], runs[1])
        self.assertEqual(runs[0], self.run_once(self.one_by_one)[0])

    def test_a_receipt_comes_right_behind_its_answer(self):
        with Mock() as mock, Peer(mock.port) as peer:
            peer.bind()
            peer.send(b"".join(pdu(SUBMIT_SM, 100 + i, submit_sm(registered=FINAL)) for i in range(20)))
            self.assertEqual([peer.receive()[0] for _ in range(40)], [SUBMIT_SM | RESPONSE, DELIVER_SM] * 20)


if __name__ == "__main__":
    unittest.main()
