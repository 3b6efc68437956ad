"""The examples of the documentation work together."""
import contextlib
import signal
import subprocess
import unittest

import smpp_peer
from fake_smsc import DELIVER_SM, RESPONSE, FakeSmsc, pdu
from mock import Mock, program
from smpp_peer import BIND_RECEIVER, BIND_TRANSCEIVER, BIND_TRANSMITTER, Peer


class Examples(unittest.TestCase):
    def submit(self, port, password="secret"):
        return subprocess.run([program("example_submit"), "127.0.0.1", str(port), "user", password, "12345",
                               "15551234567", "hello"], capture_output=True, text=True, timeout=30, check=False)

    def test_submit_to_the_tiny_centre(self):
        centre = subprocess.Popen([program("example_tiny_smsc")], stdout=subprocess.PIPE, text=True)
        try:
            done = self.submit(int(centre.stdout.readline()))
            self.assertEqual((0, "accepted as 1\n", ""), (done.returncode, done.stdout, done.stderr))
            self.assertEqual("12345 -> 15551234567: 5 octets\n", centre.stdout.readline())
        finally:
            centre.send_signal(signal.SIGTERM)
            output, _ = centre.communicate(timeout=30)
        self.assertEqual((0, ""), (centre.returncode, output))

    def test_the_tiny_centre_takes_every_bind(self):
        centre = subprocess.Popen([program("example_tiny_smsc")], stdout=subprocess.PIPE, text=True)
        try:
            port = int(centre.stdout.readline())
            for kind in (BIND_TRANSMITTER, BIND_RECEIVER, BIND_TRANSCEIVER):
                with Peer(port) as peer:
                    self.assertEqual(0, peer.bind(kind=kind))
        finally:
            centre.send_signal(signal.SIGTERM)
            centre.communicate(timeout=30)

    def test_submit_to_mock_smsc(self):
        with Mock("--user", "user:secret") as mock:
            self.assertEqual(0, self.submit(mock.port).returncode)
            self.assertEqual("hello", mock.messages()[0]["text"])
            refused = self.submit(mock.port, "wrong")
            self.assertEqual(1, refused.returncode)
            self.assertNotEqual("", refused.stderr)

    def test_submit_through_the_gateway(self):
        with Mock("--user", "user:secret") as mock:
            with self.gateway(mock.port) as port:
                done = self.submit(port)
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                self.assertEqual("hello", mock.messages()[0]["text"])
                self.assertEqual(f"accepted as {mock.messages()[0]['message_id']}\n", done.stdout)

    @contextlib.contextmanager
    def gateway(self, centre):
        """Its port; at the end it must stop without a complaint."""
        gateway = subprocess.Popen([program("example_gateway"), "127.0.0.1", str(centre), "user", "secret"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            yield int(gateway.stdout.readline())
        finally:
            gateway.send_signal(signal.SIGTERM)
            output = gateway.communicate(timeout=30)
        self.assertEqual((0, "", ""), (gateway.returncode, *output))

    def test_the_gateway_acknowledges_what_its_client_has_taken(self):
        receipt = pdu(DELIVER_SM, 0, 77, smpp_peer.submit_sm(text=b"receipt"))
        with FakeSmsc(before_submit_resp=receipt) as centre:
            def answers():
                return [status for command, status, _ in centre.commands if command == DELIVER_SM | RESPONSE]

            with self.gateway(centre.port) as port, Peer(port) as sender, Peer(port) as receiver:
                self.assertEqual(0, sender.bind(kind=BIND_TRANSMITTER))
                sender.submit()
                self.assertTrue(centre.wait_for(lambda: answers() == [0x64]), "nobody can take it")
                self.assertEqual(0, receiver.bind(kind=BIND_RECEIVER))
                sender.submit()
                self.assertEqual(b"receipt", receiver.next_deliver(answer=None).text)
                sender.submit()
                self.assertEqual([0x64], answers(), "its client has not answered yet")
                receiver.send(pdu(DELIVER_SM | RESPONSE, 0, 1, b"\0"))
                self.assertTrue(centre.wait_for(lambda: answers() == [0x64, 0]))
                receiver.next_deliver(answer=0x65)
                self.assertTrue(centre.wait_for(lambda: answers() == [0x64, 0, 0x65]))


if __name__ == "__main__":
    unittest.main()
