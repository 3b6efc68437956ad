#!/usr/bin/env python3
"""mock-smsc from outside: binds, submits, the HTTP API, bad input, start and end."""
import json
import os
import random
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import unittest

from mock import Mock, program
from smpp_peer import (BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, DATA_SM, DELIVER_SM, ENQUIRE_LINK, GENERIC_NACK,
                       RESPONSE, SUBMIT_MULTI, SUBMIT_SM, UNBIND, Peer, c_string, data_sm, pdu, submit_multi, submit_sm,
                       tlv)

RINVCMDLEN, RINVCMDID, RINVBNDSTS, RALYBND = 2, 3, 4, 5
RBINDFAIL, RINVPASWD, RINVSYSID = 0x0D, 0x0E, 0x0F
COMMANDS = (0, 3, 4, 5, 6, 7, 8, 9, 0x0B, 0x15, 0x21, 0x22, 0x102, 0x103, 0x111, 0x112, 0x113, 0x80000000, 0x80000004, 0x80000005, 0xFFFFFFFF)


class Binds(unittest.TestCase):
    def test_any_credentials_and_all_kinds(self):
        with Mock() as mock:
            for kind in (BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER):
                with Peer(mock.port) as peer:
                    self.assertEqual(peer.bind("whoever", "whatever", kind), 0)
            kinds = [s["bind"] for s in mock.get("/sessions")["sessions"]]
            self.assertEqual(kinds, ["transceiver", "transmitter", "receiver"])

    def test_version_is_negotiated_and_not_told_to_old_clients(self):
        with Mock() as mock:
            for asked, told in ((0x33, b""), (0x34, tlv(0x0210, b"\x34")), (0x50, tlv(0x0210, b"\x50"))):
                with Peer(mock.port) as peer:
                    bind = c_string("u") + c_string("p") + c_string("") + bytes([asked, 0, 0]) + b"\0"
                    self.assertEqual(peer.request(BIND_TRANSCEIVER, bind), (0, b"mock-smsc\0" + told))

    def test_accounts(self):
        with Mock("--user", "user:secret", "--user", "other:pass:word") as mock:
            cases = [("user", "secret", 0x34, 0), ("other", "pass:word", 0x34, 0), ("user", "wrong", 0x34, RINVPASWD),
                     ("nobody", "secret", 0x34, RINVSYSID), ("user", "wrong", 0x50, RBINDFAIL)]
            for user, password, version, expected in cases:
                with self.subTest(user=user, version=version), Peer(mock.port) as peer:
                    self.assertEqual(peer.bind(user, password, version=version), expected)

    def test_second_bind_and_submit_before_bind(self):
        with Mock() as mock, Peer(mock.port) as peer:
            self.assertEqual(peer.request(SUBMIT_SM, submit_sm())[0], RINVBNDSTS)
            self.assertEqual(peer.bind(), 0)
            self.assertEqual(peer.bind(), RALYBND)
            self.assertTrue(peer.submit())
            self.assertEqual(len(mock.messages()), 1)


class Messages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = Mock()
        cls.mock.start()
        cls.peer = Peer(cls.mock.port)
        cls.peer.bind("account")

    @classmethod
    def tearDownClass(cls):
        cls.peer.close()
        cls.mock.stop()
        cls.mock.close()

    def one(self, **fields):
        message_id = self.peer.submit(**fields)
        return self.mock.get(f"/messages/{message_id}")

    def test_what_a_record_holds(self):
        body = submit_sm(to="15557654321", text=b"hello", sender="12345", registered=0, tlvs=tlv(0x0204, b"\0\7"))
        sequence = self.peer.start(SUBMIT_SM, body)
        command, status, answer = self.peer.response(sequence)
        self.assertEqual((command, status), (SUBMIT_SM | RESPONSE, 0))
        message = self.mock.get("/messages/latest")
        self.assertEqual(message["message_id"].encode() + b"\0", answer)
        self.assertEqual((message["from"], message["to"], message["text"]), ("12345", "15557654321", "hello"))
        self.assertEqual((message["status"], message["system_id"]), ("ESME_ROK", "account"))
        self.assertEqual(message["session"]["bind"], "transceiver")
        self.assertRegex(message["session"]["peer"], r"^127\.0\.0\.1:\d+$")
        self.assertRegex(message["received"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertEqual(message["raw"], pdu(SUBMIT_SM, sequence, body).hex())
        fields = message["pdu"]
        self.assertEqual((fields["command"], fields["sequence_number"]), ("submit_sm", sequence))
        self.assertEqual((fields["dest_addr_ton"], fields["dest_addr_npi"]), (1, 1))
        self.assertEqual(fields["short_message"], b"hello".hex())
        self.assertEqual(fields["tlvs"], [[0x0204, "0007"]])

    def test_alphabets(self):
        cases = [(0, b"\x00\x1b\x65", "@€", "gsm7"), (3, b"\xe9t\xe9", "été", "latin1"),
                 (8, "Привет 😀".encode("utf-16-be"), "Привет 😀", "ucs2"), (4, b"\0\xff", "00ff", "octets")]
        for coding, octets, text, name in cases:
            with self.subTest(coding=coding):
                message = self.one(text=octets, coding=coding)
                self.assertEqual((message["text"], message["coding"]), (text, name))

    def test_payload_in_a_tlv(self):
        message = self.one(text=b"", tlvs=tlv(0x0424, b"long " * 60))
        self.assertEqual(message["text"], "long " * 60)

    def test_data_sm_and_submit_multi(self):
        status, body = self.peer.request(DATA_SM, data_sm(to="15550001"))
        self.assertEqual(status, 0)
        message = self.mock.get("/messages/" + body.rstrip(b"\0").decode())
        self.assertEqual((message["pdu"]["command"], message["to"], message["text"]), ("data_sm", "15550001", "hello"))
        status, body = self.peer.request(SUBMIT_MULTI, submit_multi(["15550002", "15550003"]))
        self.assertEqual((status, body[-1:]), (0, b"\0"))
        message = self.mock.get("/messages/" + body.split(b"\0")[0].decode())
        self.assertEqual(message["recipients"], ["15550002", "15550003"])
        self.assertEqual([m["id"] for m in self.mock.messages("to:=15550003")], [message["id"]])

    def test_parts_are_joined_across_sessions_in_any_order(self):
        def part(number, text, reference=7):
            return dict(to="1777", esm_class=0x40, text=bytes([5, 0, 3, reference, 3, number]) + text)
        with Peer(self.mock.port) as other:
            other.bind("account")
            third = int(other.submit(**part(3, b"three")))
            first = int(self.peer.submit(**part(1, b"one ")))
            message = self.mock.get(f"/messages/{first}")
            self.assertEqual(message["parts"]["ids"], [first, 0, third])
            self.assertFalse(message["parts"]["complete"])
            again = int(self.peer.submit(**part(1, b"one ")))
            second = int(other.submit(**part(2, b"two ")))
        parts = self.mock.get(f"/messages/{second}")["parts"]
        self.assertEqual((parts["ids"], parts["duplicates"]), ([first, second, third], [again]))
        self.assertEqual((parts["complete"], parts["out_of_order"], parts["text"]), (True, True, "one two three"))
        # The reference again, once all parts are there: another message.
        new = int(self.peer.submit(**part(1, b"new ")))
        self.assertEqual(self.mock.get(f"/messages/{new}")["parts"]["ids"], [new, 0, 0])

    def test_parts_by_sar_tlvs(self):
        def sar(number):
            return tlv(0x020C, b"\0\x09") + tlv(0x020E, b"\2") + tlv(0x020F, bytes([number]))
        first, second = (int(self.peer.submit(to="1778", text=text, tlvs=sar(n))) for n, text in ((1, b"a"), (2, b"b")))
        parts = self.mock.get(f"/messages/{second}")["parts"]
        self.assertEqual((parts["how"], parts["reference"], parts["ids"], parts["text"]), ("sar", 9, [first, second], "ab"))

    def test_queries_and_cursors(self):
        ids = [int(self.peer.submit(to=f"4990{i}", text=f"query {i}".encode(), sender="Query")) for i in range(5)]

        def found(query, **params):
            return [m["id"] for m in self.mock.get("/messages", query=query, **params)["messages"]]
        self.assertEqual(found("from:query"), ids[::-1])
        self.assertEqual(found("from:query to:+49903"), [ids[3]])
        self.assertEqual(found('"QUERY 1" OR "query 2"'), [ids[2], ids[1]])
        self.assertEqual(found("from:query -text:/[0-2]$/"), [ids[4], ids[3]])
        self.assertEqual(found("from:query", limit=2), [ids[4], ids[3]])
        self.assertEqual(found("from:query", before=ids[3]), [ids[2], ids[1], ids[0]])
        self.assertEqual(found("from:query", after=ids[3]), [ids[4]])

    def test_aspects_of_one_message(self):
        message_id = self.peer.submit(text=b"aspects")
        located = self.mock.get(f"/messages/{message_id}/pdu")
        self.assertIn({"name": "short_message", "size": 7}, [{k: f[k] for k in ("name", "size")} for f in located])

    def test_wait(self):
        after = int(self.peer.submit(text=b"before"))
        results = []

        def wait():
            results.append(self.mock.call("/wait", query="text:waited", count=2, after=after, timeout="20s"))
        thread = threading.Thread(target=wait)
        thread.start()
        sent = [int(self.peer.submit(text=b"waited")) for _ in range(2)]
        thread.join()
        status, answer = results[0]
        self.assertEqual((status, [m["id"] for m in answer["messages"]]), (200, sent))
        status, answer = self.mock.call("/wait", query="text:waited", count=3, after=after, timeout="50ms")
        self.assertEqual((status, answer["count"]), (408, 2))

    def test_errors_say_what_is_wrong(self):
        cases = [("/messages/999999999", 404, "not_found", "999999999"), ("/nothing", 404, "not_found", "/nothing"),
                 ("/messages?limit=x", 400, "bad_parameter", "limit"), ("/messages?nope=1", 400, "bad_parameter", "nope"),
                 ("/messages?query=(", 400, "bad_query", ")"), ("/messages?query=x:1", 400, "bad_query", "x"),
                 ("/messages?query=/[/", 400, "bad_query", "expression"), ("/wait?timeout=1y", 400, "bad_parameter", "timeout")]
        for path, status, code, words in cases:
            with self.subTest(path=path):
                got, answer = self.mock.call(path)
                self.assertEqual((got, answer["error"]["code"]), (status, code))
                self.assertIn(words, answer["error"]["message"])
        self.assertEqual(self.mock.call("/messages", method="PATCH")[0], 405)


class BadInput(unittest.TestCase):
    """Each closes at most its own session."""

    def setUp(self):
        self.mock = Mock("--session-init-timer", "2s")
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.witness = Peer(self.mock.port)
        self.witness.bind()

    def tearDown(self):
        self.witness.submit(text=b"still here")
        self.assertEqual(self.mock.get("/messages/latest")["text"], "still here")
        self.witness.close()
        self.mock.stop()

    def test_lengths_that_cannot_be(self):
        for length in (0, 15, 2 ** 31, 2 ** 32 - 1):
            with self.subTest(length=length), Peer(self.mock.port) as peer:
                peer.bind()
                peer.send(struct.pack(">IIII", length, SUBMIT_SM, 0, 9))
                command, status, _, _ = peer.receive()
                self.assertEqual((command, status), (GENERIC_NACK, RINVCMDLEN))
                self.assertTrue(peer.ends())

    def test_truncated_and_unknown_pdus_are_answered_and_the_session_goes_on(self):
        with Peer(self.mock.port) as peer:
            peer.bind()
            whole = submit_sm()
            text_at = len(whole) - len(b"hello")  # from there on it is a submit, with a wrong length
            for cut in range(len(whole)):
                status, _ = peer.request(SUBMIT_SM, whole[:cut])
                self.assertNotEqual(status, 0, cut)
            self.assertEqual(peer.request(0x777)[0], RINVCMDID)
            self.assertEqual(peer.request(ENQUIRE_LINK)[0], 0)
            self.assertTrue(peer.submit())
        self.assertEqual(self.mock.get("/sessions")["sessions"][0]["bad_pdus"], text_at + 1)

    def test_mutated_pdus_of_every_kind(self):
        random_source = random.Random(3)
        whole = submit_sm(tlvs=tlv(0x0424, b"payload") + tlv(0x020C, b"\0\1"), esm_class=0x40, text=b"\5\0\3\1\2\1text", registered=1,
                          schedule="000000000001000R", validity="000000000002000R")
        for _ in range(100):
            with Peer(self.mock.port) as peer:
                peer.bind()
                try:
                    for _ in range(30):
                        body = bytearray(whole)
                        for _ in range(random_source.randint(1, 6)):
                            body[random_source.randrange(len(body))] = random_source.randrange(256)
                        peer.start(random_source.choice(COMMANDS), bytes(body[:random_source.randint(0, 2 * len(body))]))
                except OSError:
                    pass  # closed: that is its right
        for message in self.mock.messages():
            self.assertEqual(self.mock.get(f"/messages/{message['id']}/pdu")[0]["name"], "command_length")
        self.assertIn("total", self.mock.get("/messages", query="text:/[a-z]/ OR tlv:payload OR parts:>1", full=1))

    def test_mutated_http(self):
        random_source = random.Random(4)
        port = int(self.mock.http.rsplit(":", 1)[1])
        requests = [b"GET /api/v1/messages?query=text:a&limit=3 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    b"POST /api/v1/rules HTTP/1.1\r\nHost: localhost\r\nContent-Length: 52\r\n\r\n"
                    b'{"match":{"to":"^1"},"actions":[{"delay":"1ms"}]}   ',
                    b"POST /api/v1/mo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 47\r\n\r\n"
                    b'{"from":"1","to":"2","text":"x","account":"a"} ']
        for _ in range(300):
            octets = bytearray(random_source.choice(requests))
            for _ in range(random_source.randint(1, 4)):
                octets[random_source.randrange(len(octets))] = random_source.randrange(256)
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                try:
                    connection.sendall(octets)
                    connection.shutdown(socket.SHUT_WR)
                    answer = connection.recv(100)
                except OSError:
                    answer = b""
                self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 "), answer)
        self.mock.call("/rules", "DELETE")

    def test_other_protocols(self):
        for octets in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", os.urandom(4096)):
            with self.subTest(octets=octets[:8]), Peer(self.mock.port) as peer:
                peer.send(octets)
                self.assertTrue(peer.ends())

    def test_silence_before_the_bind(self):
        with Peer(self.mock.port) as peer:
            self.assertTrue(peer.ends())

    def test_http_garbage(self):
        port = int(self.mock.http.rsplit(":", 1)[1])
        for octets in (b"\0\1\2\3\r\n\r\n", b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", b"GET"):
            with self.subTest(octets=octets[:8]), socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                try:
                    connection.sendall(octets)
                    connection.shutdown(socket.SHUT_WR)
                    answer = connection.recv(100)
                except OSError:
                    answer = b""  # closed with octets unread
                self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer)


class StartAndEnd(unittest.TestCase):
    def run_mock(self, *options, environment=None):
        return subprocess.run([program("mock-smsc"), *options], capture_output=True, text=True, timeout=20,
                              env={**os.environ, **(environment or {})}, check=False)

    def test_ready_line_is_also_on_standard_output(self):
        mock = Mock("--tls-self-signed")
        mock.start()
        line = json.loads(mock.process.stdout.readline())
        self.assertEqual(line, mock.ready)
        self.assertEqual(line["pid"], mock.process.pid)
        self.assertEqual(mock.get("/readyz"), {"status": "ok"})
        self.assertEqual(mock.get("/livez"), {"status": "ok"})
        mock.stop()
        mock.close()

    def test_tls_with_the_certificate_made_at_start(self):
        with Mock("--tls-self-signed") as mock:
            trusting = ssl.create_default_context(cafile=mock.ca)
            with Peer(mock.tls_port, tls=trusting) as peer:
                self.assertEqual(peer.bind(), 0)
                message = mock.get("/messages/" + peer.submit())
            self.assertTrue(message["session"]["tls"].startswith("TLSv1.3"), message["session"])
            with self.assertRaises(ssl.SSLCertVerificationError):
                Peer(mock.tls_port, tls=ssl.create_default_context())

    def test_sigterm_unbinds_sessions(self):
        mock = Mock()
        mock.start()
        with Peer(mock.port) as peer:
            peer.bind()
            ended = threading.Thread(target=mock.stop)
            ended.start()
            command, _, sequence, _ = peer.receive()
            self.assertEqual(command, UNBIND)
            peer.send(pdu(UNBIND | RESPONSE, sequence))
            self.assertTrue(peer.ends())
            ended.join()
        mock.close()

    def test_limits_keep_the_newest(self):
        with Mock("--max-messages", "10") as mock, Peer(mock.port) as peer:
            peer.bind()
            ids = [int(peer.submit()) for _ in range(25)]
            self.assertEqual([m["id"] for m in mock.messages()], ids[:14:-1])
            self.assertEqual(mock.call(f"/messages/{ids[0]}")[0], 404)

    def test_all_option_errors_at_once(self):
        done = self.run_mock("--http", "nowhere", "--nope", "--max-messages", "0", environment={"MOCK_SMSC_WINDOW": "many"})
        self.assertEqual(done.returncode, 2)
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 4, lines)
        for words in ("--http", "--nope", "--max-messages", "MOCK_SMSC_WINDOW"):
            self.assertEqual(sum(words in line for line in lines), 1, words)

    def test_a_port_in_use_is_one_clear_line(self):
        with Mock() as mock:
            done = self.run_mock("--listen", mock.smpp, "--http", "none")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, rf"^mock-smsc: cannot listen on {mock.smpp}: bind: .*\n$")

    def test_a_ready_file_that_cannot_be_written(self):
        with tempfile.TemporaryDirectory() as folder:
            done = self.run_mock("--listen", "127.0.0.1:0", "--http", "none", "--ready-file", folder + "/no/file")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/no/file", done.stderr)

    def test_help_and_version(self):
        self.assertIn("--ready-file FILE", self.run_mock("--help").stdout)
        self.assertRegex(self.run_mock("--version").stdout, r"^mock-smsc \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
