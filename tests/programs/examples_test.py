"""The examples of the documentation work together."""
import os
import signal
import subprocess
import unittest

from mock import Mock, program


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

    def test_submit_to_mock_smsc(self):
        with Mock("--user", "user:secret") as mock:
            self.assertEqual(0, self.submit(mock.port).returncode)
            self.assertEqual("hello", mock.messages()[0]["text"])
            refused = self.submit(mock.port, "wrong")
            self.assertEqual(1, refused.returncode)
            self.assertNotEqual("", refused.stderr)

    def test_submit_through_the_gateway(self):
        with Mock("--user", "user:secret") as mock:
            gateway = subprocess.Popen([program("example_gateway"), "127.0.0.1", str(mock.port), "user", "secret"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                done = self.submit(int(gateway.stdout.readline()))
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                self.assertEqual("hello", mock.messages()[0]["text"])
                self.assertEqual(f"accepted as {mock.messages()[0]['message_id']}\n", done.stdout)
            finally:
                gateway.send_signal(signal.SIGTERM)
                output = gateway.communicate(timeout=30)
            self.assertEqual((0, "", ""), (gateway.returncode, *output))


if __name__ == "__main__":
    unittest.main()
