"""notifier, mock-smsc and smpp-dump together: what is sent is what is recorded, and what the capture shows."""
import json
import os
import subprocess
import tempfile
import time
import unittest

from certificates import Certificates
from mock import Mock, program

SECONDS = 30
FROM, TO, OTHER = "+15551234567", "+15557654321", "+15559876543"


def notify(*arguments, stdin=None):
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_URLS")}
    return subprocess.run([program("notifier"), *arguments], input=stdin, capture_output=True, text=True,
                          env=environment, timeout=SECONDS, check=False)


class EndToEnd(unittest.TestCase):
    def accepted(self, done):
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertNotIn("S3cret", done.stdout + done.stderr)

    def recorded(self, mock, count):
        messages = sorted(mock.wait(count), key=lambda message: message["to"])
        self.assertEqual({"user"}, {message["system_id"] for message in messages})
        self.assertEqual({FROM[1:]}, {message["from"] for message in messages})
        return [(message["to"], message["text"]) for message in messages]


class Urls(EndToEnd):
    """The commands of Apprise's documentation, with notifier in its place."""

    def test_one_recipient(self):
        with Mock() as mock:
            self.accepted(notify("-vv", "-t", "Test Title", "-b", "Test Message",
                                 f"smpp://user:S3cret@127.0.0.1:{mock.port}/{FROM}/{TO}"))
            self.assertEqual([(TO[1:], "Test Title\r\nTest Message")], self.recorded(mock, 1))

    def test_several_recipients(self):
        with Mock() as mock:
            self.accepted(notify("-b", "To both", f"smpp://user:S3cret@127.0.0.1:{mock.port}/{FROM}/{TO}/{OTHER}"))
            self.assertEqual([(TO[1:], "To both"), (OTHER[1:], "To both")], self.recorded(mock, 2))

    def test_over_tls(self):
        with Mock("--tls-self-signed") as mock:
            self.accepted(notify("-b", "Secure", "smpps://user:S3cret@localhost:"
                                 f"{mock.tls_port}/{FROM}/{TO}?ca={mock.ca}"))
            self.assertEqual([(TO[1:], "Secure")], self.recorded(mock, 1))
            self.assertTrue(mock.messages()[0]["session"]["tls"].startswith("TLSv1.3"))

    def test_everything_in_the_query(self):
        with Mock("--tls-self-signed") as mock:
            self.accepted(notify("-b", "Query string example",
                                 f"smpps://_?user=user&pass=S3cret&host=localhost&port={mock.tls_port}"
                                 f"&from={FROM}&to={TO},{OTHER}&ca={mock.ca}"))
            self.assertEqual([(TO[1:], "Query string example"), (OTHER[1:], "Query string example")],
                             self.recorded(mock, 2))

    def test_body_from_standard_input_to_two_urls(self):
        with Mock() as one, Mock() as two:
            urls = [f"smpp://user:S3cret@{mock.smpp}/{FROM}/{TO}" for mock in (one, two)]
            self.accepted(notify(*urls, stdin="from a pipe"))
            for mock in (one, two):
                self.assertEqual([(TO[1:], "from a pipe")], self.recorded(mock, 1))

    def test_long_texts_arrive_whole(self):
        for body in ("0123456789" * 70, "{€}" * 200, "Grüße ✓ 😀" * 40):
            with self.subTest(body[:10]), Mock() as mock:
                self.accepted(notify("-b", body, f"smpp://user:S3cret@{mock.smpp}/{FROM}/{TO}"))
                outcome = mock.messages()
                self.assertGreater(len(outcome), 3)
                parts = sorted(outcome, key=lambda message: message["id"])
                self.assertEqual(body, "".join(part["text"] for part in parts))


class Refusals(EndToEnd):
    def outcome(self, mock, *arguments, url=None):
        done = notify("-b", "Hello", "--output", "json", *arguments,
                      url or f"smpp://user:S3cret@{mock.smpp}/{FROM}/{TO}/{OTHER}")
        self.assertNotIn("S3cret", done.stdout + done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, {line["to"]: line for line in lines if "state" in line}

    def test_a_refused_bind(self):
        with Mock("--user", "user:another") as mock:
            code, outcomes = self.outcome(mock)
            self.assertEqual(1, code)
            for outcome in outcomes.values():
                self.assertEqual("rejected", outcome["state"])
                self.assertRegex(outcome["error"], "ESME_RINVPASWD|ESME_RBINDFAIL")
            self.assertEqual([], mock.messages())

    def test_a_rejected_recipient_beside_a_good_one(self):
        rule = {"match": {"to": OTHER[1:] + "$"}, "actions": [{"status": "ESME_RINVDSTADR"}]}
        with Mock() as mock:
            self.assertIn(mock.call("/rules", "POST", rule)[0], (200, 201))
            code, outcomes = self.outcome(mock)
            self.assertEqual(1, code)
            self.assertEqual("accepted", outcomes[TO[1:]]["state"])
            self.assertEqual(("rejected", "ESME_RINVDSTADR"),
                             (outcomes[OTHER[1:]]["state"], outcomes[OTHER[1:]]["status"]))

    def test_a_killed_centre_leaves_the_outcome_unknown(self):
        rule = {"match": {"command": "submit_sm"}, "actions": [{"no_response": True}]}
        with Mock() as mock:
            self.assertIn(mock.call("/rules", "POST", rule)[0], (200, 201))
            sender = subprocess.Popen([program("notifier"), "-b", "Hello", "--output", "json",
                                       f"smpp://user:S3cret@{mock.smpp}/{FROM}/{TO}?retry=0"],
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            mock.wait(1)
            mock.kill()
            output, _ = sender.communicate(timeout=SECONDS)
            self.assertEqual(1, sender.returncode)
            self.assertEqual("unknown", json.loads(output.splitlines()[0])["state"])

    def test_tls_is_verified(self):
        with Mock("--tls-self-signed") as mock, Certificates() as stranger:
            for authority, host, word in ((stranger.ca, "localhost", "certificate is not trusted"),
                                          (mock.ca, "127.0.0.2", "certificate is not for 127.0.0.2")):
                with self.subTest(word):
                    code, outcomes = self.outcome(mock, url=f"smpps://user:S3cret@localhost:{mock.tls_port}/{FROM}/{TO}"
                                                  f"?ca={authority}&servername={host}")
                    self.assertEqual(1, code)
                    self.assertIn(word, outcomes[TO[1:]]["error"])
            self.assertEqual([], mock.messages())


class Capture(EndToEnd):
    def test_the_capture_shows_the_session_without_the_password(self):
        with tempfile.TemporaryDirectory() as folder, Mock("--tls-self-signed") as mock:
            capture = os.path.join(folder, "session.pcapng")
            self.accepted(notify("--pcap", capture, "-b", "Grüße", "smpps://user:S3cret@localhost:"
                                 f"{mock.tls_port}/{FROM}/{TO}?ca={mock.ca}"))
            with open(capture, "rb") as file:
                self.assertNotIn(b"S3cret", file.read())
            dump = subprocess.run([program("smpp-dump"), "-T", "json", capture], capture_output=True, text=True,
                                  timeout=SECONDS, check=True)
            pdus = [json.loads(line) for line in dump.stdout.splitlines()]
            self.assertEqual(["bind_transmitter", "bind_transmitter_resp", "submit_sm", "submit_sm_resp", "unbind",
                              "unbind_resp"], [pdu["name"] for pdu in pdus])
            self.assertEqual(["user", "***"], [pdus[0]["system_id"], pdus[0]["password"]])
            self.assertEqual(mock.messages()[0]["message_id"], pdus[3]["message_id"])
            self.assertEqual("Grüße", pdus[2]["text"])


class Speed(unittest.TestCase):
    def test_a_delivery_takes_no_noticeable_time(self):
        """Not a measurement: a start that reads files or waits for something would take a second."""
        with Mock() as mock:
            begin = time.monotonic()
            done = notify("-b", "Hello", f"smpp://user:S3cret@{mock.smpp}/{FROM}/{TO}")
            self.assertEqual(0, done.returncode)
            self.assertLess(time.monotonic() - begin, 5)


if __name__ == "__main__":
    unittest.main()
