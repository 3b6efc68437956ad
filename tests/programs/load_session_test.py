"""smpp-load's sessions from outside: how it binds, and what it shows and asks for over TLS."""
import os
import unittest

from certificates import Certificates
from fake_smsc import BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, FakeSmsc
from load_test import result
from mock import Mock


class Bind(unittest.TestCase):
    def test_what_the_bind_says(self):
        for kind, command in (("tx", BIND_TRANSMITTER), ("trx", BIND_TRANSCEIVER)):
            with self.subTest(kind), FakeSmsc() as smsc:
                code, got, _ = result("--bind", kind, "-u", "me", "-P", "secret", "--system-type", "VMS",
                                      "--interface-version", "5.0", "-n", "3", smsc.address)
                self.assertEqual((0, 3), (code, got["accepted"]))
                [(bound, texts, body)] = smsc.binds
                self.assertEqual((command, [b"me", b"secret", b"VMS"]), (bound, texts))
                self.assertEqual(0x50, body[len(b"me\0secret\0VMS\0")])

    def test_a_receiver_sends_nothing_and_counts_what_comes(self):
        with Mock() as mock:
            for number in range(3):
                mock.call("/mo", "POST", {"account": "user", "from": "1555", "to": "12345", "text": f"{number}"})
            code, got, _ = result("--bind", "rx", "-n", "3", mock.smpp)
            self.assertEqual((0, 0, 3, 3), (code, got["sent"], got["messages"], got["received"]))
            self.assertEqual([], mock.messages())

    def test_a_receiver_ends_when_the_time_is_over(self):
        with FakeSmsc() as smsc:
            code, got, _ = result("--bind", "rx", "-d", "0.2", smsc.address)
            self.assertEqual(BIND_RECEIVER, smsc.binds[0][0])
            self.assertEqual((1, 0), (code, got["messages"]))
            self.assertGreaterEqual(got["seconds"], 0.2)


class Tls(unittest.TestCase):
    def test_the_certificate_is_verified(self):
        with Mock("--tls-self-signed") as mock:
            code, got, _ = result("-n", "50", "--tls", "--ca", mock.ca, f"localhost:{mock.tls_port}")
            self.assertEqual((0, 50), (code, got["accepted"]))
            self.assertRegex(got["tls"], r"^TLSv1\.\d ")
            code, got, _ = result("-n", "50", "--tls", f"localhost:{mock.tls_port}")
            self.assertEqual((1, 1), (code, got["sessions_failed"]))
            self.assertIn("certificate", got["first_failure"])

    def test_sessions_are_resumed(self):
        with Mock("--tls-self-signed") as mock:
            many = ("-n", "200", "-s", "200", "--tls", "--ca", mock.ca, f"localhost:{mock.tls_port}")
            code, got, _ = result(*many, "--resume")
            self.assertEqual((0, 200), (code, got["accepted"]))
            self.assertGreater(got["tls_resumed"], 60)  # all but the first 64, when they finish in turn
            self.assertEqual(0, result(*many)[1]["tls_resumed"])

    def test_a_name_version_and_certificate_of_its_own(self):
        with Certificates() as made:
            server, key = made.issue("smsc.example")
            own, own_key = made.issue("client.example")
            with Mock("--tls-cert", server, "--tls-key", key, "--tls-client-ca", made.ca, "--listen-tls",
                      "127.0.0.1:0") as mock:
                address = f"127.0.0.1:{mock.tls_port}"
                keys = os.path.join(made.folder, "keys.txt")
                right = ("-n", "5", "-s", "3", "--tls", "--ca", made.ca, "--servername", "smsc.example", "--cert", own,
                         "--key", own_key, "--tls-min", "1.3")
                code, got, _ = result(*right, "--keylog", keys, "--resume", address)
                self.assertEqual((0, 5), (code, got["accepted"]))
                self.assertTrue(got["tls"].startswith("TLSv1.3"))
                with open(keys, encoding="ascii") as file:
                    self.assertIn("CLIENT_TRAFFIC_SECRET", file.read())
                code, got, _ = result("-n", "5", "--tls", "--ca", made.ca, "--cert", own, "--key", own_key, address)
                self.assertEqual((1, 1), (code, got["sessions_failed"]))
                code, got, _ = result("-n", "5", "--tls", "--ca", made.ca, "--servername", "smsc.example", address)
                self.assertEqual(1, code)

    def test_a_certificate_that_cannot_be_read_is_named(self):
        with FakeSmsc() as smsc:
            code, got, _ = result("--tls", "--cert", "/no/such.pem", "-n", "1", smsc.address)
        self.assertEqual(1, code)
        self.assertIn("/no/such.pem", got["first_failure"])


if __name__ == "__main__":
    unittest.main()
