#!/usr/bin/env python3
"""mock-smsc over TLS: certificates that clients must refuse, clients that must show one, and the key log."""
import os
import re
import signal
import socket
import ssl
import tempfile
import time
import unittest

from certificates import Certificates
from mock import Mock
from smpp_peer import Peer


class Faults(unittest.TestCase):
    def refusal(self, fault, *options):
        with Mock("--tls-self-signed", *(("--tls-fault", fault) if fault else ()), *options) as mock:
            context = ssl.create_default_context(cafile=mock.ca)
            try:
                with Peer(mock.tls_port, tls=context) as peer:
                    self.assertEqual(peer.bind(), 0)
                    return None
            except ssl.SSLCertVerificationError as refused:
                return refused.verify_code, refused.verify_message

    def test_each_is_refused_for_what_it_is(self):
        self.assertIsNone(self.refusal(None))
        for fault, code in (("expired", 10), ("not-yet-valid", 9), ("wrong-host", 62)):
            with self.subTest(fault=fault):
                self.assertEqual(self.refusal(fault)[0], code)
        self.assertIn(self.refusal("self-signed")[0], (18, 20))
        self.assertRegex(self.refusal("weak")[1], "key too weak")

    def test_clients_that_do_not_look_are_taken(self):
        with Mock("--tls-fault", "expired", "--listen-tls", "127.0.0.1:0") as mock:
            blind = ssl._create_unverified_context()
            with Peer(mock.tls_port, tls=blind) as peer:
                self.assertEqual(peer.bind(), 0)


class Clients(unittest.TestCase):
    def test_certificates_of_clients(self):
        with Certificates() as ours, Certificates() as theirs:
            with Mock("--tls-self-signed", "--tls-client-ca", ours.ca) as mock:
                def bind(*certificate):
                    context = ssl.create_default_context(cafile=mock.ca)
                    if certificate:
                        context.load_cert_chain(*certificate)
                    with Peer(mock.tls_port, tls=context) as peer:
                        return peer.bind()
                self.assertEqual(bind(*ours.issue("client")), 0)
                for certificate in ((), theirs.issue("client")):
                    with self.assertRaises((ssl.SSLError, ConnectionError, OSError)):
                        bind(*certificate)

    def test_a_renewed_certificate_is_taken_over_without_a_restart(self):
        with Certificates() as old, Certificates() as new, tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "server.pem")

            def install(certificates):
                with open(path, "wb") as file:
                    for part in certificates.issue("localhost"):
                        with open(part, "rb") as source:
                            file.write(source.read())

            def trusts(certificates):
                try:
                    with Peer(mock.tls_port, tls=ssl.create_default_context(cafile=certificates.ca)) as peer:
                        return peer.bind() == 0
                except ssl.SSLCertVerificationError:
                    return False

            def reload_until(condition):
                mock.process.send_signal(signal.SIGHUP)
                deadline = time.monotonic() + 10
                while not condition():
                    self.assertLess(time.monotonic(), deadline)

            install(old)
            mock = Mock("--listen-tls", "127.0.0.1:0", "--tls-cert", path)
            self.addCleanup(mock.close)
            mock.start()
            with Peer(mock.tls_port, tls=ssl.create_default_context(cafile=old.ca)) as before:
                self.assertEqual(before.bind(), 0)
                install(new)
                self.assertFalse(trusts(new))
                reload_until(lambda: trusts(new))
                self.assertFalse(trusts(old))
                self.assertTrue(before.submit())  # it goes on
                with open(path, "w", encoding="ascii") as file:
                    file.write("no certificate")
                mock.process.send_signal(signal.SIGHUP)
                self.assertTrue(trusts(new))
            mock.stop(errors="was read anew(.|\n)*stays as it was: ")

    def test_key_log(self):
        with tempfile.TemporaryDirectory() as folder, Mock("--tls-self-signed", "--tls-keylog", os.path.join(folder, "keys.log")) as mock:
            with Peer(mock.tls_port, tls=ssl.create_default_context(cafile=mock.ca)) as peer:
                peer.bind()
                with open(os.path.join(folder, "keys.log"), encoding="ascii") as file:
                    lines = file.read().splitlines()
            self.assertTrue(all(re.fullmatch(r"[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{64,96}", line) for line in lines), lines)
            self.assertIn("CLIENT_TRAFFIC_SECRET_0", {line.split()[0] for line in lines})

    def test_plain_and_silent_connections_harm_nobody(self):
        with Mock("--tls-self-signed") as mock:
            for octets in (b"", b"\0" * 16, b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff"):
                with socket.create_connection(("127.0.0.1", mock.tls_port), timeout=10) as plain:
                    plain.sendall(octets)
            with Peer(mock.tls_port, tls=ssl.create_default_context(cafile=mock.ca)) as peer:
                self.assertEqual(peer.bind(), 0)


if __name__ == "__main__":
    unittest.main()
