#!/usr/bin/env python3
"""mock-smsc's HTTP server: WebSocket, who may use it, slow and oversized clients."""
import base64
import os
import socket
import subprocess
import tempfile
import time
import unittest

from mock import Mock, program
from smpp_peer import Peer
from websocket import Refused, WebSocket

LONG = "441234567890"


class Case(unittest.TestCase):
    options = []

    def setUp(self):
        self.mock = Mock(*self.options)
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)

    def connect(self):
        host, port = self.mock.http.rsplit(":", 1)
        connection = socket.create_connection((host, int(port)), timeout=20)
        self.addCleanup(connection.close)
        return connection

    def raw(self, request):
        """Status line and rest of the answer to these octets."""
        connection = self.connect()
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
        return answer.decode()


class Events(Case):
    def peer(self, name="user"):
        peer = Peer(self.mock.port)
        self.addCleanup(peer.close)
        peer.bind(name)
        return peer

    def test_the_same_events_as_server_sent_ones(self):
        with WebSocket(self.mock.http, "/api/v1/events") as events:
            self.assertEqual(self.mock.get("/livez"), {"status": "ok"})
            peer = self.peer()
            states = [events.next(), events.next()]
            self.assertEqual([(e["event"], e["data"]["state"]) for e in states], [("session", "open"), ("session", "bound")])
            text = "x" * 150
            message_id = int(peer.submit(text=text.encode(), sender=LONG, registered=1))
            event = events.next()
            self.assertEqual((event["event"], event["data"]["id"], event["data"]["text"]), ("message", message_id, text))
            peer.next_deliver()
            event = events.next()
            self.assertEqual(event["data"].pop("receipt")["status"], "ESME_ROK")
            self.assertEqual(event, {"event": "receipt", "data": {"id": message_id, "state": "DELIVERED", "receipts_due": 0}})

    def test_only_those_that_are_asked_for(self):
        self.mock.call("/accounts", "PUT", [{"system_id": "a", "password": None}], scope="one")
        inside, outside = self.peer("a"), self.peer("b")
        with WebSocket(self.mock.http, "/api/v1/events?query=text:yes&scope=one") as events:
            self.mock.get("/livez")
            for peer, text in ((outside, b"yes"), (inside, b"no"), (inside, b"yes")):
                peer.submit(text=text, sender=LONG)
            self.assertEqual((events.next()["data"]["system_id"]), "a")
        with self.assertRaises(Refused) as refused:
            WebSocket(self.mock.http, "/api/v1/events?query=(")
        self.assertEqual(refused.exception.args, (400,))

    def test_pages_of_other_sites_are_refused(self):
        with self.assertRaises(Refused) as refused:
            WebSocket(self.mock.http, "/api/v1/events", Origin="http://evil.example")
        self.assertEqual(refused.exception.args, (403,))
        with WebSocket(self.mock.http, "/api/v1/events", Origin=f"http://{self.mock.http}"):
            pass

    def test_a_client_that_says_too_much_or_nonsense_is_dropped(self):
        for data, opcode in ((b"x" * 60000, 1), (b"x", 3)):
            with self.subTest(opcode=opcode), WebSocket(self.mock.http, "/api/v1/events") as events:
                events.send(b"hello")
                events.send(data, opcode)
                self.assertTrue(events.ends())
        self.assertEqual(self.mock.get("/livez"), {"status": "ok"})

    def test_a_listener_that_does_not_read_is_dropped(self):
        peer = self.peer()
        with WebSocket(self.mock.http, "/api/v1/events") as deaf:
            deadline = time.monotonic() + 60
            closed = False
            while not closed:
                self.assertLess(time.monotonic(), deadline)
                for sequence in [peer.start(4, self.long_body()) for _ in range(250)]:
                    peer.response(sequence)
                closed = self.mock_has_dropped(deaf)
        self.assertTrue(peer.submit())

    def test_listeners_that_are_gone_leave_their_places(self):
        for _ in range(1100):
            with self.connect() as listener:
                listener.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                self.assertIn(b"200 OK", listener.recv(65536))
        self.assertEqual(self.mock.get("/livez"), {"status": "ok"})

    def test_who_ends_or_says_more_while_waiting_gives_way(self):
        wait = b"GET /api/v1/wait?timeout=60s HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for more in (b"", b"x" * 2000):  # more than one read takes
            for _ in range(1100):
                with self.connect() as gone:
                    gone.sendall(wait + more)
            self.assertEqual(self.mock.get("/livez"), {"status": "ok"})

    def mock_has_dropped(self, deaf):
        """The other end has closed: nothing can be written any more."""
        try:
            deaf.send(b"still there?")
            return False
        except OSError:
            return True

    @staticmethod
    def long_body():
        from smpp_peer import submit_sm
        return submit_sm(text=b"x" * 250)


class Names(unittest.TestCase):
    """A page whose own name leads to loopback must not come in (DNS rebinding)."""

    def status(self, mock, host, method="POST", path="/api/v1/reset"):
        where = mock.http.rsplit(":", 1)
        with socket.create_connection((where[0], int(where[1])), timeout=20) as connection:
            connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\r\n".encode())
            return int(connection.recv(65536).split(b" ")[1])

    def test_only_names_of_loopback_on_loopback(self):
        with Mock() as mock:
            for host in ("localhost", "LOCALHOST:2780", mock.http, "127.0.0.1", "[::1]:2780"):
                self.assertEqual(self.status(mock, host), 200, host)
            for host in ("evil.example", f"evil.example:{mock.http.rsplit(':', 1)[1]}", "10.0.0.1", "[", "localhost.evil.example"):
                self.assertEqual(self.status(mock, host), 403, host)
            self.assertEqual(self.status(mock, "evil.example", "GET", "/api/v1/messages"), 403)
            with self.assertRaises(Refused):
                WebSocket(mock.http, "/api/v1/events", Host="evil.example", Origin="http://evil.example")

    def test_other_names_that_are_known(self):
        with Mock("--http-host", "sms.test", "--http-host", "mock") as mock:
            for host, status in (("sms.test", 200), ("Mock:80", 200), ("localhost", 200), ("evil.example", 403)):
                self.assertEqual(self.status(mock, host), status, host)

    def test_who_listens_elsewhere_has_names_that_nobody_knows(self):
        with Mock("--http", "0.0.0.0:0", http=None) as mock:
            mock.http = "127.0.0.1:" + mock.http.rsplit(":", 1)[1]
            self.assertEqual(self.status(mock, "mock-smsc:2780"), 200)


class Auth(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "auth")

    def write(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def status(self, mock, header, path="/api/v1/sessions"):
        host, port = mock.http.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            line = f"Authorization: {header}\r\n" if header else ""
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{line}\r\n".encode())
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        if b" 401 " in answer.split(b"\r\n")[0]:
            self.assertIn(b'WWW-Authenticate: Basic realm="mock-smsc", Bearer', answer)
        return int(answer.split(b" ")[1])

    @staticmethod
    def basic(text):
        return "Basic " + base64.b64encode(text.encode()).decode()

    def test_basic_and_bearer(self):
        kept, argon2 = [subprocess.run([program("mock-smsc"), "accounts", "hash", *options], input="hashed\n", capture_output=True,
                                       text=True, timeout=20, check=True).stdout.strip() for options in ([], ["--argon2id"])]
        self.write(f"# who may\nalice:se:cret\n\nbob:{kept}\ncarol:{argon2}\nBearer 0123token\n")
        with Mock("--http-auth", self.path) as mock:
            for header, status in ((None, 401), (self.basic("alice:se:cret"), 200), (self.basic("alice:wrong"), 401),
                                   (self.basic("eve:secret"), 401), (self.basic("bob:hashed"), 200), (self.basic("bob:hashed"), 200),
                                   (self.basic("bob:wrong"), 401), (self.basic("carol:hashed"), 200), (self.basic("carol:wrong"), 401), (self.basic(f"bob:{kept}"), 401), ("Bearer 0123token", 200),
                                   ("bearer 0123token", 200), ("Bearer 0123", 401), ("Basic !!!", 401), ("Digest x", 401),
                                   (self.basic("alice"), 401)):
                with self.subTest(header=header):
                    self.assertEqual(self.status(mock, header), status)
            self.assertEqual(self.status(mock, None, "/metrics"), 401)
            self.assertEqual(self.status(mock, None, "/readyz"), 200)
            with self.assertRaises(Refused):
                WebSocket(mock.http, "/api/v1/events")
            with WebSocket(mock.http, "/api/v1/events", Authorization="Bearer 0123token"):
                pass

    def test_files_that_will_not_do(self):
        for text, words in (("secret\n", "auth:1: NAME:PASSWORD or Bearer TOKEN expected"), ("# none\n", "nobody is in it"),
                            ("\na:$scrypt$x\n", "auth:2: $scrypt$ln=14"), ("a:$argon2id$x\n", "auth:1: $argon2id$v=19"), (None, "cannot read")):
            with self.subTest(text=text):
                if text is None:
                    os.unlink(self.path)
                else:
                    self.write(text)
                done = subprocess.run([program("mock-smsc"), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--http-auth", self.path],
                                      capture_output=True, text=True, timeout=20, check=False)
                self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))
                self.assertIn(words, done.stderr)


class Slow(Case):
    options = ["--http-timeout", "300ms", "--session-init-timer", "300ms"]

    def test_requests_that_come_octet_by_octet(self):
        dribbling = self.connect()
        dribbling.sendall(b"GET /livez HT")
        began = time.monotonic()
        self.assertEqual(dribbling.recv(100), b"")
        self.assertLess(time.monotonic() - began, 10)
        body = self.connect()
        body.sendall(b"POST /api/v1/mo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        self.assertEqual(body.recv(100), b"")

    def test_more_slow_clients_than_places(self):
        slow = [self.connect() for _ in range(1100)]
        for each in slow:
            each.sendall(b"GET ")
        self.assertEqual(self.mock.get("/livez"), {"status": "ok"})

    def test_binds_that_come_octet_by_octet(self):
        with Peer(self.mock.port) as peer:
            peer.send(b"\0\0\0")
            self.assertTrue(peer.ends())

    def test_a_wait_may_take_longer(self):
        self.assertEqual(self.mock.call("/wait", timeout="700ms")[0], 408)


class Sizes(Case):
    def test_bodies_and_headers(self):
        self.assertIn("413", self.raw(b"POST /api/v1/mo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n").split("\r\n", maxsplit=1)[0])
        self.assertIn("431", self.raw(b"GET / HTTP/1.1\r\nX: " + b"x" * 20000 + b"\r\n\r\n").split("\r\n", maxsplit=1)[0])
        self.assertIn("400", self.raw(b"\x16\x03\x01\x02\x00 hello\r\n\r\n").split("\r\n", maxsplit=1)[0])


if __name__ == "__main__":
    unittest.main()
