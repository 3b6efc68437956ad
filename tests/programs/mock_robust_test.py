#!/usr/bin/env python3
"""mock-smsc among many, slow, vanished and hostile clients: the others notice nothing, and its memory stays bounded.

MOCK_CONNECTIONS says how many connections (500); it takes fewer where the hard limit of descriptors does not allow so many.
"""
import os
import random
import resource
import selectors
import socket
import struct
import time
import unittest

from mock import Mock
from smpp_peer import BIND_TRANSCEIVER, ENQUIRE_LINK, SUBMIT_SM, Peer, c_string, pdu, submit_sm

CONNECTIONS = min(int(os.environ.get("MOCK_CONNECTIONS", "500")), resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 100)
FINAL = 1


def bind_pdu(user="user"):
    return pdu(BIND_TRANSCEIVER, 1, c_string(user) + c_string("secret") + c_string("") + bytes([0x34, 0, 0]) + b"\0")


class Robust(unittest.TestCase):
    def setUp(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    def start(self, *options):
        mock = Mock(*options)
        mock.start()
        self.addCleanup(mock.close)
        self.witness = Peer(mock.port, seconds=60)
        self.addCleanup(self.witness.close)
        self.assertEqual(self.witness.bind("witness"), 0)
        return mock

    def memory(self, mock):
        """Resident, in MiB."""
        with open(f"/proc/{mock.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

    def check_witness(self, mock, keeps=True):
        began = time.monotonic()
        message_id = self.witness.submit(text=b"still here", registered=FINAL)
        self.assertIn(f"id:{message_id} ", self.witness.next_deliver().text.decode())
        if keeps:  # others may have sent more than it keeps, meanwhile
            self.assertEqual(mock.get(f"/messages/{message_id}")["text"], "still here")
        self.assertLess(time.monotonic() - began, 10)

    def connect(self, mock, port=None):
        client = socket.create_connection(("127.0.0.1", port or mock.port), timeout=60)
        self.addCleanup(client.close)
        return client

    def test_many_connections(self):
        mock = self.start()
        before = self.memory(mock)
        clients = [self.connect(mock) for _ in range(CONNECTIONS)]
        for client in clients:
            client.sendall(bind_pdu() + pdu(SUBMIT_SM, 2, submit_sm()))
        self.assertEqual(len(mock.wait(1, "", seconds=60)), 1)
        for client in clients:
            got = b""
            while len(got) < 31 + 17:
                more = client.recv(1000)
                self.assertTrue(more)
                got += more
        self.check_witness(mock)
        per_connection = (self.memory(mock) - before) * 1024 / CONNECTIONS
        print(f"{CONNECTIONS} connections, {per_connection:.1f} KiB each")
        self.assertLess(per_connection, 200)
        for client in clients:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # all vanish at once
            client.close()
        self.check_witness(mock)
        mock.stop()

    def test_slow_clients_on_both_ports(self):
        mock = self.start("--session-init-timer", "500ms")
        http = int(mock.http.rsplit(":", 1)[1])
        slow = [(self.connect(mock), bind_pdu()) for _ in range(100)]
        slow += [(self.connect(mock, http), b"GET /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n") for _ in range(100)]
        for position in range(12):
            for client, octets in slow:
                try:
                    client.send(octets[position:position + 1])
                except OSError:
                    pass  # closed for being slow
            self.check_witness(mock)
        for client, _ in slow[:100]:
            try:
                self.assertEqual(client.recv(100), b"")
            except ConnectionError:
                pass
        mock.stop()

    def test_clients_that_never_read(self):
        mock = self.start("--max-messages", "1000")
        waiting = selectors.DefaultSelector()
        flood = pdu(SUBMIT_SM, 7, submit_sm(text=b"x" * 254, registered=FINAL)) * 100
        for _ in range(5):
            client = self.connect(mock)
            client.sendall(bind_pdu("deaf"))
            client.setblocking(False)
            waiting.register(client, selectors.EVENT_WRITE)
        sent = 0
        while sent < 40 << 20 and (ready := waiting.select(timeout=0.5)):
            for key, _ in ready:
                try:
                    sent += key.fileobj.send(flood)
                except BlockingIOError:
                    pass
        waiting.close()
        self.assertLess(self.memory(mock), 400)
        self.check_witness(mock, keeps=False)
        mock.stop()

    def test_random_and_oversized_octets(self):
        mock = self.start("--max-messages", "1000")
        chance = random.Random(5)
        for _ in range(150):
            with socket.create_connection(("127.0.0.1", mock.port), timeout=10) as client:
                octets = bind_pdu() if chance.random() < 0.5 else b""
                octets += chance.choice([chance.randbytes(chance.randrange(2000)), pdu(SUBMIT_SM, 2, b"\0" * 69_000),
                                         struct.pack(">IIII", 0x7FFFFFFF, SUBMIT_SM, 0, 2) + b"x" * 5000])
                try:
                    client.sendall(octets)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
                except OSError:
                    pass  # closed: that is its right
        self.assertLess(self.memory(mock), 200)
        self.check_witness(mock)
        mock.stop()

    def test_clients_that_vanish_with_receipts_in_the_air(self):
        mock = self.start("--receipt-delay", "20ms")
        for round_number in range(20):
            client = self.connect(mock)
            client.sendall(bind_pdu("gone") + b"".join(pdu(SUBMIT_SM, 2 + i, submit_sm(registered=FINAL)) for i in range(50)))
            self.assertTrue(client.recv(100))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        mock.wait(20 * 50, "account:gone", seconds=30)
        # Who comes back gets them all.
        with Peer(mock.port, seconds=30) as back:
            self.assertEqual(back.bind("gone"), 0)
            got = {back.next_deliver().tlvs[0x001E] for _ in range(20 * 50)}
            self.assertEqual(len(got), 20 * 50)
        self.assertEqual(self.witness.request(ENQUIRE_LINK)[0], 0)
        mock.stop()


if __name__ == "__main__":
    unittest.main()
