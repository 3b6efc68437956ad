"""What notifier promises about failures, end to end against mock-smsc with the fault that the promise is about."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from certificates import Certificates  # noqa: E402
from fake_smsc import DROP, FakeSmsc  # noqa: E402
from mock import Mock, program  # noqa: E402

SECRET = "S3cret!"


def rules(*given):
    """Options of mock-smsc: (match, action) pairs."""
    return [word for match, action in given
            for word in ("--rule", json.dumps({"match": match, "actions": [action]}))]


class Case(unittest.TestCase):
    def run_it(self, *arguments, code=None, **more):
        done = subprocess.run([program("notifier"), "-b", "Hello", *arguments], capture_output=True, text=True, timeout=60,
                              check=False, **more)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        if code is not None:
            self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done

    def send(self, address, to, *arguments, query="", code=None, schema="smpp"):
        """The outcome of each recipient, and the summary."""
        done = self.run_it("--output", "json", *arguments, f"{schema}://user:{SECRET}@{address}/1555/{to}{query}", code=code)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return {line["to"]: line for line in lines if "state" in line}, lines[-1]["summary"]

    @staticmethod
    def closed():
        with FakeSmsc() as smsc:
            return smsc.address


class Submits(Case):
    def test_cut_between_submit_and_response_is_unknown_and_not_sent_again(self):
        for how in ("rst", "fin"):
            with self.subTest(how), Mock(*rules(({"first": 1}, {"no_response": True, "close": how}))) as mock:
                outcomes, _ = self.send(mock.smpp, "1666777", query="?retry=2&wait=0.01", code=1)
                self.assertEqual(("unknown", None), (outcomes["1666777"]["state"], outcomes["1666777"]["status"]))
                self.assertIn("may or may not arrive", outcomes["1666777"]["error"])
                self.assertEqual(["1666777"], [message["to"] for message in mock.messages()])

    def test_it_is_sent_again_on_request(self):
        with Mock(*rules(({"first": 1}, {"no_response": True, "close": "rst"}))) as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", "--resend-unknown", query="?wait=0.01", code=0)
            self.assertEqual("accepted", outcomes["1666777"]["state"])
            self.assertEqual(2, len(mock.messages()))

    def test_the_untouched_rest_is_sent_over_a_new_connection_by_default(self):
        with Mock(*rules(({"nth": 3}, {"no_response": True, "close": "rst"}))) as mock:
            outcomes, summary = self.send(mock.smpp, "1666001/1666002/1666003/1666004/1666005", query="?window=1&wait=0.01", code=1)
            self.assertEqual({"1666001": "accepted", "1666002": "accepted", "1666003": "unknown", "1666004": "accepted",
                              "1666005": "accepted"}, {to: each["state"] for to, each in outcomes.items()})
            self.assertEqual((4, 1, 0), tuple(summary[key] for key in ("accepted", "unknown", "rejected")))
            self.assertEqual(5, len(mock.messages()))

    def test_a_session_that_never_gets_on_is_not_made_for_ever(self):
        with FakeSmsc(submit=[DROP]) as smsc:
            outcomes, _ = self.send(smsc.address, "1666001/1666002/1666003/1666004", query="?window=1&wait=0.01", code=1)
            self.assertEqual(["unknown", "unknown", "rejected", "rejected"], [outcomes[to]["state"] for to in sorted(outcomes)])
            self.assertEqual((2, 2), (len(smsc.binds), len(smsc.submits)))

    def test_no_answer_in_time_is_unknown(self):
        with Mock(*rules(({}, {"no_response": True}))) as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", query="?rto=0.2", code=1)
            self.assertEqual("unknown", outcomes["1666777"]["state"])
            self.assertIn("within 0.2 s", outcomes["1666777"]["error"])

    def test_a_full_queue_and_throttling_are_waited_out(self):
        for status in ("ESME_RTHROTTLED", "ESME_RMSGQFUL"):
            with self.subTest(status), Mock(*rules(({"first": 2}, {"status": status}))) as mock:
                outcomes, _ = self.send(mock.smpp, "1666777", query="?wait=0.01", code=0)
                self.assertEqual(("accepted", "ESME_ROK"), (outcomes["1666777"]["state"], outcomes["1666777"]["status"]))

    def test_a_permanent_error_is_not_tried_again(self):
        with Mock(*rules(({"first": 1}, {"status": "ESME_RINVDSTADR"}))) as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", query="?retry=3&wait=0.01", code=1)
            self.assertEqual(("rejected", "ESME_RINVDSTADR", 11), tuple(outcomes["1666777"][key] for key in ("state", "status", "status_code")))

    def test_interrupted_while_throttled_says_what_was_answered(self):
        with FakeSmsc(submit=[0x58]) as smsc:
            with subprocess.Popen([program("notifier"), "-v", "-b", "x", "--output", "json",
                                   f"smpp://user:{SECRET}@{smsc.address}/1555/1666777?wait=25"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
                self.assertIn("is busy (ESME_RTHROTTLED)", process.stderr.readline())  # now it waits
                process.send_signal(signal.SIGTERM)
                out, _ = process.communicate(timeout=30)
        outcome = json.loads(out.splitlines()[0])
        self.assertEqual(("rejected", "ESME_RTHROTTLED", 0x58), (outcome["state"], outcome["status"], outcome["status_code"]))
        self.assertIn("interrupted before it was sent; the last answer was ESME_RTHROTTLED", outcome["error"])


class Sessions(Case):
    def test_a_missing_unbind_resp_is_no_failure(self):
        with Mock(*rules(({"command": "unbind"}, {"no_response": True}))) as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", query="?rto=0.2", code=0)
            self.assertEqual("accepted", outcomes["1666777"]["state"])

    def test_a_refused_bind_is_named_with_what_to_try(self):
        for status, words in (("ESME_RINVPASWD", "the password is not accepted"), ("ESME_RBINDFAIL", "check user, password"),
                              ("ESME_RALYBND", "end the other session"), ("ESME_RSYSERR", "retry=N")):
            with self.subTest(status), Mock("--bind-status", status) as mock:
                outcomes, _ = self.send(mock.smpp, "1666777", code=1)
                self.assertEqual("rejected", outcomes["1666777"]["state"])
                self.assertIn(f"refused: {status} (", outcomes["1666777"]["error"])
                self.assertIn(words, outcomes["1666777"]["error"])

    def test_a_wrong_password(self):
        with Mock("--user", "user:another") as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", query="?retry=2&wait=0.01", code=1)
            self.assertIn("ESME_RINVPASWD", outcomes["1666777"]["error"])

    def test_one_cause_is_one_line(self):
        address = self.closed()
        many = "/".join(f"16660{n:02}" for n in range(9))
        said = self.run_it(f"smpp://user:{SECRET}@{address}/1555/1666777/1666888", f"smpp://user:{SECRET}@{address}/1555/{many}", code=1)
        lines = sorted(said.stderr.splitlines(), key=len)
        self.assertEqual(2, len(lines), said.stderr)
        self.assertIn(f"1666777, 1666888 rejected: cannot connect to {address}: Connection refused; nothing listens there", lines[0])
        self.assertIn("1666000, 1666001, 1666002, 1666003, 1666004 and 4 more rejected: ", lines[1])
        said = self.run_it("-vv", f"smpp://user:{SECRET}@{address}/1555/1666777/1666888", code=1)
        self.assertEqual(2, said.stderr.count("rejected: cannot connect"))

    def test_connections_that_do_not_come_about_say_what_to_try(self):
        for url, words in ((f"smpp://u:p@{self.closed()}/1555/1666", "are host and port right?"),
                           ("smpp://u:p@host.invalid/1555/1666", "DNS")):
            done = self.run_it(url, code=1)
            self.assertIn(words, done.stderr)
            self.assertEqual(1, len(done.stderr.splitlines()))

    def test_verbosity(self):
        with Mock() as mock:
            url = f"smpp://user:{SECRET}@{mock.smpp}/1555/1666777"
            for level, lines in ((0, 0), (1, 1), (2, 2)):
                self.assertEqual(lines, len(self.run_it(*["-v"] * level, url, code=0).stderr.splitlines()), level)
            said = self.run_it("-vvv", url, code=0).stderr
        for words in ("connecting to", "bound to", "> bind_transmitter 1, ", "< submit_sm_resp 2 ESME_ROK, ", "> unbind 3, "):
            self.assertIn("debug: " + words, said)
        self.assertNotIn(SECRET.encode().hex(), said)


class Urls(Case):
    def test_outcomes_and_refusals_name_their_url(self):
        with Mock() as mock:
            good, bad = f"smpp://user:{SECRET}@{mock.smpp}/1555/1666777/nonsense", f"smpp://user:{SECRET}@h:0/1555/1666"
            done = self.run_it("--output", "json", good, bad, code=2)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        masked = good.replace(SECRET, "****")
        self.assertEqual([masked, masked], [line["url"] for line in lines if "state" in line])
        [refusal] = [line for line in lines if "accepted" in line]
        self.assertEqual((bad.replace(SECRET, "****"), False, "port"), (refusal["url"], refusal["accepted"], refusal["error"]["part"]))
        self.assertIn("summary", lines[-1])

    def test_a_text_that_cannot_be_sent_is_a_refusal_too(self):
        done = self.run_it("--output", "json", "smpp://u:p@h/1555/1666?split=half", "-d", code=2)
        self.assertEqual("split", json.loads(done.stdout)["error"]["part"])
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("to,text\n1666777,x\n")
            file.flush()
            done = self.run_it("--bulk", file.name, "--output", "json", "smpp://u:p@h:0/1555", code=2)
        self.assertFalse(json.loads(done.stdout)["accepted"])


class Tls(Case):
    def failure(self, mock, query=""):
        outcomes, _ = self.send(f"localhost:{mock.tls_port}", "1666777", query=f"?ca={mock.ca}{query}", code=1, schema="smpps")
        self.assertEqual("rejected", outcomes["1666777"]["state"])
        self.assertEqual([], mock.get("/sessions")["sessions"])
        return outcomes["1666777"]["error"]

    def test_bad_certificates_are_refused_with_what_to_try(self):
        for fault, words in (("expired", "has expired); the server needs a new one"), ("not-yet-valid", "is the clock right here?"),
                             ("wrong-host", "servername="), ("self-signed", "trust its authority with ca="),
                             ("weak", "the server needs a stronger one")):
            with self.subTest(fault), Mock("--tls-self-signed", "--tls-fault", fault) as mock:
                error = self.failure(mock)
                self.assertIn(words, error)
                self.assertEqual(fault == "self-signed", "ca=" in error)

    def test_a_good_certificate_and_the_check_switched_off(self):
        with Mock("--tls-self-signed") as mock:
            self.send(f"localhost:{mock.tls_port}", "1666777", query=f"?ca={mock.ca}", code=0, schema="smpps")
        for fault in ("expired", "weak"):
            with Mock("--tls-self-signed", "--tls-fault", fault) as mock:
                self.send(f"localhost:{mock.tls_port}", "1666777", query="?verify=no", code=0, schema="smpps")

    def test_a_client_certificate_that_is_asked_for(self):
        with Certificates() as ours, Certificates() as theirs, Mock("--tls-self-signed", "--tls-client-ca", ours.ca) as mock:
            def with_certificate(certificate, key):
                return f"&cert={certificate}&key={key}"
            self.assertIn("it asks for a client certificate: cert=FILE and key=FILE", self.refused(mock))
            self.assertIn("does not accept the client certificate", self.refused(mock, with_certificate(*theirs.issue("x"))))
            self.send(f"localhost:{mock.tls_port}", "1666777", schema="smpps", code=0,
                      query=f"?ca={mock.ca}{with_certificate(*ours.issue('client'))}")

    def refused(self, mock, query=""):
        outcomes, _ = self.send(f"localhost:{mock.tls_port}", "1666777", query=f"?ca={mock.ca}{query}", code=1, schema="smpps")
        return outcomes["1666777"]["error"]

    def test_tls_and_plaintext_mixed_up(self):
        with Mock("--tls-self-signed") as mock:
            outcomes, _ = self.send(mock.smpp, "1666777", query="?cto=1", code=1, schema="smpps")
            self.assertIn("try smpp://", outcomes["1666777"]["error"])
            self.assertNotIn("stream truncated", outcomes["1666777"]["error"])
            outcomes, _ = self.send(mock.smpps, "1666777", query="?rto=1", code=1)
            self.assertIn("try smpps://", outcomes["1666777"]["error"])


class Receipts(Case):
    def test_late_ones_are_waited_for_and_missing_ones_named(self):
        late, never = ({"to": "^1666001"}, {"receipt": {"delay": "300ms"}}), ({"to": "^1666002"}, {"receipt": {"never": True}})
        with Mock(*rules(late, never)) as mock:
            begin = time.monotonic()
            outcomes, summary = self.send(mock.smpp, "1666001/1666002", "--wait-receipt", "1", code=1)
            self.assertGreater(time.monotonic() - begin, 0.9)
            self.assertEqual("delivered", outcomes["1666001"]["state"])
            self.assertGreaterEqual(outcomes["1666001"]["receipts"][0]["after_ms"], 300)
            self.assertEqual("accepted", outcomes["1666002"]["state"])
            self.assertIn("no final receipt in 1 s; missing for", outcomes["1666002"]["error"])
            self.assertEqual((2, 1), (summary["accepted"], summary["delivered"]))

    def test_people_see_when_they_came(self):
        with Mock("--receipt-delay", "100ms") as mock:
            done = self.run_it("-vv", "--wait-receipt", "20", f"smpp://user:{SECRET}@{mock.smpp}/1555/1666777", code=0)
        self.assertRegex(done.stderr, r"1666777 delivered after 0\.[1-9]\d\d s \(")


if __name__ == "__main__":
    unittest.main()
