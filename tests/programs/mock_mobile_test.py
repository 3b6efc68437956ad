#!/usr/bin/env python3
"""What becomes of messages from mobiles that mock-smsc was told to send."""
import json
import tempfile
import unittest
import urllib.request

from mock import Mock
from smpp_peer import BIND_RECEIVER, BIND_TRANSMITTER, ENQUIRE_LINK, Peer

RX_P_APPN = 0x65


class Mobiles(unittest.TestCase):
    def send(self, mock, text="hello", **more):
        status, answer = mock.call("/mo", "POST", {"from": "1", "to": "2", "text": text, **more})
        self.assertEqual(status, 202, answer)
        return answer["ids"]

    def test_its_course(self):
        with Mock("--response-timer", "300ms") as mock, Peer(mock.port) as peer:
            (first,) = self.send(mock, account="user")
            self.assertEqual(mock.get(f"/mo/{first}")["state"], "waiting")
            peer.bind()
            peer.next_deliver(answer=None)
            sent = mock.get(f"/mo/{first}")
            self.assertEqual((sent["state"], sent["attempts"], sent["session"], sent["from"], sent["to"]), ("sent", 1, 1, "1", "2"))
            peer.next_deliver()  # after the timer
            (second,) = self.send(mock)
            peer.next_deliver(answer=RX_P_APPN)
            peer.request(ENQUIRE_LINK)  # both answers were read
            done = mock.get(f"/mo/{first}")
            self.assertEqual((done["state"], done["attempts"], done["status"]), ("delivered", 2, "ESME_ROK"))
            self.assertGreaterEqual(done["answered"], done["sent"])
            refused = mock.get(f"/mo/{second}")
            self.assertEqual((refused["state"], refused["status"]), ("failed", "ESME_RX_P_APPN"))
            self.assertEqual(mock.call("/mo/99")[0], 404)
            self.assertEqual(len(self.send(mock, text="x" * 400)), 3)

    def test_events(self):
        with Mock() as mock, Peer(mock.port) as peer:
            peer.bind()
            with urllib.request.urlopen(f"http://{mock.http}/api/v1/events", timeout=20) as events:
                events.readline()
                self.send(mock)
                peer.next_deliver()
                seen = []
                while len(seen) < 3:
                    line = events.readline().decode().rstrip("\n")
                    if line == "event: mo":
                        seen.append(json.loads(events.readline().decode().partition(": ")[2])["state"])
                self.assertEqual(seen, ["waiting", "sent", "delivered"])

    def test_events_of_a_scope(self):
        with Mock() as mock:
            for scope in ("one", "two"):
                mock.call("/accounts", "PUT", [{"system_id": "of-" + scope, "password": None}], scope=scope)
            with urllib.request.urlopen(f"http://{mock.http}/api/v1/events?scope=two", timeout=20) as events, \
                 urllib.request.urlopen(f"http://{mock.http}/api/v1/events?query=account:of-one", timeout=20) as others:
                for listener in (events, others):
                    listener.readline()
                for account in ("nobody", "of-one", "of-two") * 2:
                    self.send(mock, account=account)
                for listener, expected in ((events, ["of-two", "of-two"]), (others, ["of-one", "of-one"])):
                    seen = []
                    while len(seen) < 2:
                        if listener.readline() == b"event: mo\n":
                            seen.append(json.loads(listener.readline().decode().partition(": ")[2])["account"])
                    self.assertEqual(seen, expected)

    def test_to_one_session(self):
        with Mock() as mock, Peer(mock.port) as first, Peer(mock.port) as second, Peer(mock.port) as third:
            first.bind()
            second.bind(kind=BIND_RECEIVER)
            third.bind(kind=BIND_TRANSMITTER)
            for number, peer in ((1, first), (2, second), (2, second), (1, first)):
                self.send(mock, session=number)
                peer.next_deliver()
            for wrong in (3, 99):
                self.assertEqual(mock.call("/mo", "POST", {"text": "x", "session": wrong})[0], 404)
            self.assertEqual(mock.call("/mo", "POST", {"text": "x", "session": "x"})[0], 400)

    def test_they_survive_a_kill(self):
        with tempfile.TemporaryDirectory() as folder, Mock("--database", folder + "/r.db") as mock:
            delivered, unread, later = (self.send(mock, account=a)[0] for a in ("gone", "deaf", "later"))
            with Peer(mock.port) as chosen:  # is not there any more after the restart: any of the account will do
                chosen.bind("chosen", kind=BIND_RECEIVER)
                (session,) = [each["id"] for each in mock.get("/sessions")["sessions"] if each["system_id"] == "chosen"]
                for_one = self.send(mock, account="chosen", session=session)[0]
                chosen.next_deliver(answer=None)
            with Peer(mock.port) as peer, Peer(mock.port) as deaf:
                peer.bind("gone")
                peer.next_deliver()
                deaf.bind("deaf")
                deaf.next_deliver(answer=None)
                peer.request(ENQUIRE_LINK)
                self.send(mock, account="x")  # and with it what was acknowledged is committed
                mock.kill()
            mock.start()
            self.assertEqual(mock.call(f"/mo/{delivered}")[0], 404)
            for name, number in (("deaf", unread), ("chosen", for_one), ("later", later)):
                with Peer(mock.port) as peer:
                    peer.bind(name)
                    self.assertEqual(peer.next_deliver().text, b"hello")
                    peer.request(ENQUIRE_LINK)
                    self.assertEqual(mock.get(f"/mo/{number}")["state"], "delivered")
            self.assertGreater(self.send(mock, account="later")[0], later)


if __name__ == "__main__":
    unittest.main()
