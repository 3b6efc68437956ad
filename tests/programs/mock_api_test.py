#!/usr/bin/env python3
"""The rest of mock-smsc's HTTP API: expectations, events, metrics, sessions, its description."""
import json
import socket
import threading
import unittest
import urllib.request

from mock import Mock
from smpp_peer import SUBMIT_SM, UNBIND, Closed, Peer, submit_sm

FINAL = 1


class Case(unittest.TestCase):
    def setUp(self):
        self.mock = Mock("--rule", json.dumps({"match": {"to": "^666"}, "actions": [{"status": "ESME_RSYSERR"}]}))
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)
        self.peer = Peer(self.mock.port)
        self.addCleanup(self.peer.close)
        self.peer.bind()


class Expect(Case):
    def expect(self, **wanted):
        return self.mock.call("/expect", "POST", wanted)

    def test_pass(self):
        self.peer.submit(to="1", text=b"hello")
        self.peer.submit(to="2", text=b"hello")
        for wanted in (dict(), dict(query="text:hello", count=2), dict(min=2), dict(max=2, within="50ms"),
                       dict(query="to:=1", fields={"text": "hello", "dest_addr_ton": 1, "status": "ESME_ROK"}),
                       dict(query="text:nothing", count=0, within="50ms")):
            with self.subTest(wanted=wanted):
                status, answer = self.expect(**wanted)
                self.assertEqual((status, answer["pass"], answer["difference"]), (200, True, ""))

    def test_what_is_awaited_comes_later(self):
        results = []
        waiting = threading.Thread(target=lambda: results.append(self.expect(query="text:later", count=1, within="10s")))
        waiting.start()
        self.peer.submit(text=b"later")
        waiting.join()
        self.assertEqual((results[0][0], results[0][1]["count"]), (200, 1))

    def test_fail_with_a_readable_difference(self):
        first = self.peer.submit(text=b"hello")
        self.peer.submit(text=b"hello")
        cases = [(dict(query="text:hello", count=3, within="50ms"), 'expected 3 messages for "text:hello" within 50 ms, found 2\n'),
                 (dict(query="text:hello", count=1), 'expected 1 messages for "text:hello" within 10000 ms, found 2\n'),
                 (dict(max=1), 'expected at most 1 messages for "" within 10000 ms, found 2\n'),
                 (dict(query=f"id:{first}", within="50ms", fields={"text": "hallo", "protocol_id": 3, "nope": 1}),
                  f'message {first}: text: expected "hallo", got "hello"\nmessage {first}: protocol_id: expected 3, got 0\n'
                  f"message {first}: nope: expected 1, got nothing\n")]
        for wanted, difference in cases:
            with self.subTest(wanted=wanted):
                status, answer = self.expect(**wanted)
                self.assertEqual((status, answer["pass"], answer["difference"]), (417, False, difference))

    def test_what_is_wrong_with_an_expectation(self):
        for wanted, words in ((dict(query="("), "query"), (dict(count=-1), "count"), (dict(within="x"), "within"), (dict(nope=1), "nope"),
                              (dict(count=1, max=2), "count excludes"), (dict(min=3, max=1), "min is more than max")):
            status, answer = self.expect(**wanted)
            self.assertEqual(status, 400)
            self.assertIn(words, answer["error"]["message"])


class Events(Case):
    def test_messages_states_and_sessions(self):
        events = urllib.request.urlopen(f"http://{self.mock.http}/api/v1/events", timeout=10)
        self.assertEqual(events.headers["Content-Type"], "text/event-stream")
        self.assertEqual(events.readline(), b": hello\n")

        def next_event():
            fields = {}
            while True:
                line = events.readline().decode().rstrip("\n")
                if line:
                    key, _, value = line.partition(": ")
                    fields[key] = value
                elif fields:
                    return fields["event"], json.loads(fields["data"])
        message_id = int(self.peer.submit(text=b"seen", registered=FINAL, sender="441234567890"))
        kind, message = next_event()
        self.assertEqual((kind, message["id"], message["text"]), ("message", message_id, "seen"))
        self.peer.next_deliver()
        kind, told = next_event()
        self.assertEqual((kind, told["id"], told["state"], told["receipts_due"]), ("receipt", message_id, "DELIVERED", 0))
        self.assertEqual(told["receipt"], self.mock.get(f"/messages/{message_id}")["receipts"][0])
        with Peer(self.mock.port) as other:
            self.assertEqual(next_event()[1]["state"], "open")
            other.bind("other")
            self.assertEqual(next_event()[1]["system_id"], "other")
            other.request(UNBIND)
        self.assertEqual(next_event()[1]["state"], "closed")
        events.close()

    def test_a_listener_that_does_not_read_is_dropped(self):
        host, port = self.mock.http.rsplit(":", 1)
        with socket.socket() as deaf:
            deaf.settimeout(20)
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
            deaf.connect((host, int(port)))
            deaf.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertTrue(deaf.recv(15).startswith(b"HTTP/1.1 200"))
            for _ in range(60):
                for sequence in [self.peer.start(SUBMIT_SM, submit_sm(text=b"x" * 250)) for _ in range(250)]:
                    self.peer.response(sequence)
            total = 0
            while chunk := deaf.recv(1 << 20):
                total += len(chunk)
            self.assertLess(total, 8 << 20)  # of more than 10
        self.assertTrue(self.peer.submit())


class Others(Case):
    def test_metrics(self):
        for to in ("1", "2", "666"):
            self.peer.request(SUBMIT_SM, submit_sm(to=to, registered=FINAL))
        for _ in range(2):
            self.peer.next_deliver()
        self.peer.request(0x15)
        text = urllib.request.urlopen(f"http://{self.mock.http}/metrics", timeout=10).read().decode()
        values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        series = 'mock_smsc_submits_total{account="user",command="submit_sm",status="%s"}'
        self.assertEqual((values[series % "ESME_ROK"], values[series % "ESME_RSYSERR"]), ("2", "1"))
        self.assertEqual(values['mock_smsc_binds_total{kind="transceiver",status="ESME_ROK"}'], "1")
        self.assertEqual((values['mock_smsc_sessions_bound{kind="transceiver"}'], values["mock_smsc_window"]), ("1", "0"))
        self.assertEqual(values['mock_smsc_faults_total{fault="status"}'], "1")
        self.assertEqual((values['mock_smsc_rule_matched_total{rule="1"}'], values['mock_smsc_rule_applied_total{rule="1"}']), ("1", "1"))
        for name, count in (("submit", "3"), ("receipt", "2")):
            buckets = [int(v) for k, v in values.items() if k.startswith(f"mock_smsc_{name}_seconds_bucket")]
            self.assertEqual((buckets, str(buckets[-1])), (sorted(buckets), count))
            self.assertEqual(values[f"mock_smsc_{name}_seconds_count"], count)
            self.assertGreaterEqual(float(values[f"mock_smsc_{name}_seconds_sum"]), 0)
        self.assertEqual(values["mock_smsc_messages"], "3")
        self.assertEqual((values["mock_smsc_sessions"], values["mock_smsc_sessions_total"]), ("1", "1"))
        self.assertEqual((values["mock_smsc_receipts_acknowledged_total"], values["mock_smsc_deliveries_waiting"]), ("2", "0"))

    def test_sessions_can_be_ended(self):
        def last():
            return self.mock.get("/sessions", limit=1)["sessions"][0]["id"]
        for how, seen in (("unbind", UNBIND), ("fin", Closed), ("rst", ConnectionResetError)):
            with self.subTest(how=how), Peer(self.mock.port) as peer:
                peer.bind()
                self.assertEqual(self.mock.call(f"/sessions/{last()}", "DELETE", how=how)[0], 202)
                if seen == UNBIND:
                    self.assertEqual(peer.receive()[0], UNBIND)
                else:
                    with self.assertRaises(seen):
                        peer.receive()
        self.assertEqual(self.mock.call("/sessions/9999", "DELETE")[0], 404)
        self.assertEqual(self.mock.call("/sessions/1", "DELETE", how="loud")[0], 400)


if __name__ == "__main__":
    unittest.main()
