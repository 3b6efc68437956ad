"""smpp-load --deliver from outside: clients that bind get deliver_sm."""
import json
import select
import signal
import ssl
import subprocess
import unittest

from certificates import Certificates
from mock import program
from smpp_peer import BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, Closed, Peer

ESME_RBINDFAIL = 0x0D
ESME_RX_T_APPN = 0x64


class Deliver(unittest.TestCase):
    def start(self, *arguments):
        """The program, and the port that it says it waits on."""
        load = subprocess.Popen([program("smpp-load"), "--deliver", "-o", "json", *arguments, "127.0.0.1:0"],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for clean_up in (load.stdout.close, load.stderr.close, load.wait, load.kill):
            self.addCleanup(clean_up)
        line = load.stderr.readline()
        self.assertIn("waiting on 127.0.0.1:", line)
        return load, int(line.split("127.0.0.1:")[1].split()[0])

    def client(self, port, kind=BIND_RECEIVER, tls=None):
        peer = Peer(port, tls)
        self.addCleanup(peer.close)
        self.assertEqual(0, peer.bind(kind=kind))
        return peer

    def result(self, load):
        out = load.stdout.read()
        return load.wait(60), json.loads(out)

    def test_every_client_gets_its_share(self):
        load, port = self.start("-n", "100", "-s", "2", "-w", "5", "-m", "gsm,payload")
        transmitter = self.client(port, BIND_TRANSMITTER)
        transmitter.submit()
        clients = [self.client(port, kind) for kind in (BIND_RECEIVER, BIND_TRANSCEIVER)]
        texts = [client.next_deliver() for client in clients]  # both have theirs before the count is used up
        while len(texts) < 100:  # whoever answers first gets more: how they share the rest is not said
            readable, _, _ = select.select(clients, [], [], 60)
            self.assertTrue(readable, f"{len(texts)} of 100 messages came")
            texts += [client.next_deliver() for client in readable]
        code, got = self.result(load)
        self.assertEqual((0, 100, 100, 2), (code, got["messages"], got["accepted"], got["sessions"]))
        self.assertEqual(50, sum(one.text == b"twenty octets of SMS" for one in texts))
        self.assertEqual(50, sum(len(one.tlvs.get(0x0424, b"")) == 1000 for one in texts))

    def test_no_more_than_the_window_is_outstanding(self):
        load, port = self.start("-n", "10", "-w", "3")
        client = self.client(port)
        for _ in range(3):
            client.next_deliver(answer=None)
        client.socket.settimeout(0.3)
        with self.assertRaises(TimeoutError):
            client.receive()
        load.kill()

    def test_refusals_are_counted_and_a_client_that_goes_ends_it(self):
        load, port = self.start("-d", "60", "-w", "1")
        client = self.client(port)
        for status in (0, ESME_RX_T_APPN, 0):
            client.next_deliver(status)
        client.next_deliver(answer=None)
        client.close()
        code, got = self.result(load)
        self.assertEqual(1, code)
        self.assertEqual((2, {"ESME_RX_T_APPN": 1}), (got["accepted"], got["refused"]))
        self.assertEqual(got["sent"], got["messages"] + sum(got["failed"].values()))
        self.assertIn("a session ended", got["first_failure"])

    def test_a_client_too_many_is_refused_and_one_that_comes_back_is_served(self):
        load, port = self.start("-n", "4", "-s", "2", "-w", "1")
        first = self.client(port)
        second = self.client(port)
        with Peer(port) as third:
            self.assertEqual(ESME_RBINDFAIL, third.bind(kind=BIND_RECEIVER))
        first.next_deliver()
        first.close()
        again = Peer(port)
        self.addCleanup(again.close)
        while again.bind(kind=BIND_RECEIVER) != 0:  # until the end of the first is seen
            again = Peer(port)
            self.addCleanup(again.close)
        again.next_deliver()
        second.next_deliver()
        second.close()
        again.close()
        self.assertEqual(1, self.result(load)[0])

    def test_it_can_be_interrupted_while_it_waits(self):
        load, _ = self.start("-s", "2")
        load.send_signal(signal.SIGINT)
        code, got = self.result(load)
        self.assertEqual((1, 0), (code, got["sessions"]))

    def test_over_tls(self):
        with Certificates() as certificates:
            chain, key = certificates.issue("localhost")
            load, port = self.start("-n", "5", "-w", "2", "--tls", "--cert", chain, "--key", key)
            client = self.client(port, tls=ssl.create_default_context(cafile=certificates.ca))
            for _ in range(5):
                client.next_deliver()
            code, got = self.result(load)
        self.assertEqual((0, 5), (code, got["accepted"]))
        self.assertRegex(got["tls"], "^TLSv1")

    def test_clients_must_show_a_certificate_of_the_authority(self):
        with Certificates() as certificates:
            chain, key = certificates.issue("localhost")
            load, port = self.start("-n", "2", "--tls", "--cert", chain, "--key", key, "--ca", certificates.ca)
            trusting = ssl.create_default_context(cafile=certificates.ca)
            with self.assertRaises((ssl.SSLError, OSError, Closed)):  # in TLS 1.3 it is told after the handshake
                with Peer(port, trusting) as stranger:
                    stranger.bind(kind=BIND_RECEIVER)
            trusting.load_cert_chain(*certificates.issue("client.example"))
            client = self.client(port, tls=trusting)
            for _ in range(2):
                client.next_deliver()
            self.assertEqual(0, self.result(load)[0])

    def test_what_it_cannot_listen_with_is_named(self):
        for arguments, word in ((("--tls", "--cert", "/no/such.pem", "127.0.0.1:0"), "/no/such.pem"),
                                (("192.0.2.1:2775",), "192.0.2.1")):
            with self.subTest(arguments):
                done = subprocess.run([program("smpp-load"), "--deliver", *arguments], capture_output=True, text=True,
                                      timeout=60, check=False)
                self.assertEqual((1, ""), (done.returncode, done.stdout))
                self.assertIn(word, done.stderr)


if __name__ == "__main__":
    unittest.main()
