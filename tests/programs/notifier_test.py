"""notifier from outside: the real binary against SMSCs that behave and SMSCs that do not.

    SMPP_BIN_DIR=build/release/bin PYTHONPATH=tests/support notifier_test.py [unittest arguments]
"""
import json
import os
import ssl
import subprocess
import tempfile
import unittest

from certificates import Certificates
from fake_smsc import (BIND_TRANSCEIVER, BIND_TRANSMITTER, DROP, ENQUIRE_LINK, GARBAGE, IGNORE,
                       RESPONSE, UNBIND, FakeSmsc, pdu)

NOTIFIER = os.path.join(os.environ["SMPP_BIN_DIR"], "notifier")
SECRET = "S3cret!"


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()
        self.text = self.out + self.err

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def outcomes(self):
        return [line for line in self.lines() if "state" in line]

    def summary(self):
        return self.lines()[-1]["summary"]


def run(*arguments, stdin=b"", env=None, seconds=30):
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_URLS")}
    environment.update(env or {})
    return Result(subprocess.run([NOTIFIER, *arguments], input=stdin, capture_output=True, env=environment,
                                 timeout=seconds, check=False))


class Case(unittest.TestCase):
    def url(self, smsc, path="/+15551234567/+15557654321", query="", schema="smpp"):
        return f"{schema}://user:{SECRET}@{smsc.address}{path}{query}"

    def send(self, smsc, *arguments, path="/+15551234567/+15557654321", query="", body="Hello", **more):
        return run("-b", body, "--output", "json", *arguments, self.url(smsc, path, query), **more)

    def assert_no_secret(self, result):
        self.assertNotIn(SECRET, result.text)


class CommandLine(Case):
    def test_help_version_and_details(self):
        self.assertIn("--encoding", run("--help").out)
        self.assertRegex(run("-V").out, r"^notifier \d+\.\d+\.\d+\n$")
        self.assertIn("smpps://", run("-l").out)

    def test_mistakes_are_exit_code_2(self):
        for arguments in (["--bogus"], ["-b", "x", "--window", "0", "smpp://u:p@h/1555/1666"],
                          ["-b", "x", "smpp://u:p@h:0/1555/1666"], ["-b", "", "smpp://u:p@h/1555/1666"],
                          ["-b", "x", "--url-file", "/nonexistent"]):
            result = run(*arguments)
            self.assertEqual(result.code, 2, arguments)
            self.assertEqual(result.out, "")
            self.assertEqual(len(result.err.splitlines()), 1, result.err)

    def test_nothing_to_send_to_is_exit_code_1(self):
        self.assertEqual(run("-b", "x").code, 1)

    def test_a_bad_parameter_value_is_named(self):
        self.assertIn("--split", run("-b", "x", "--split", "half", "smpp://u:p@h/1555/1666").err)

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([NOTIFIER, "--help"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)


class Explain(Case):
    def test_json_of_the_query_form(self):
        url = ("smpps://_?user=user&pass=password&host=smpp.example.ca&from=+15551234567"
               "&to=+15557654321,+15559876543")
        (line,) = run("--explain", "--output", "json", url).lines()
        self.assertEqual((line["host"], line["port"], line["tls"]), ("smpp.example.ca", 3550, True))
        self.assertEqual(line["from"], {"addr": "15551234567", "ton": 1, "npi": 1})
        self.assertEqual([to["addr"] for to in line["targets"]], ["15557654321", "15559876543"])
        self.assertEqual(line["password"], "****")
        self.assertNotIn("=password", line["url"])

    def test_good_and_bad_urls_together(self):
        result = run("--explain", "--output", "json", "smpp://u:p@h/1555/1666, smpp://u:p@h:0/1555/1666")
        self.assertEqual([line["accepted"] for line in result.lines()], [True, False])
        self.assertEqual(result.lines()[1]["error"]["part"], "port")
        self.assertEqual(result.code, 2)

    def test_urls_from_environment_and_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("# mine\n\nsmpp://u:p@file/1555/1666\n")
            file.flush()
            self.assertIn('"file"', run("--explain", "--output", "json", "--url-file", file.name).out)
        environment = {"NOTIFIER_URLS": "smpp://u:p@ours/1555/1666", "APPRISE_URLS": "smpp://u:p@theirs/1555/1666"}
        self.assertIn("ours", run("--explain", env=environment).out)
        del environment["NOTIFIER_URLS"]
        self.assertIn("theirs", run("--explain", env=environment).out)

    def test_secrets_are_shown_only_on_request(self):
        url = f"smpp://user:{SECRET}@host/1555/1666"
        self.assert_no_secret(run("--explain", url))
        self.assertIn(SECRET, run("--explain", "--show-secrets", url).out)


class DryRun(Case):
    def test_parts_of_a_long_text(self):
        result = run("-d", "--output", "json", "--reference", "90", "-b", "a" * 161, "smpp://u:p@h/1555/+1666777")
        first, second = result.lines()
        self.assertEqual(first["short_message"][:12], "0500035a0201")
        self.assertEqual((first["to"], first["part"], first["parts"], first["units"]), ("1666777", 1, 2, 153))
        self.assertEqual((first["data_coding"], first["esm_class"], first["encoding"]), (0, 64, "gsm7"))
        self.assertEqual(second["text"], "a" * 8)
        self.assertEqual(result.code, 0)

    def test_body_from_standard_input_title_and_escapes(self):
        result = run("-d", "--output", "json", "-t", "Title", "-e", "smpp://u:p@h/1555/1666", stdin=b"a\\rb\n")
        self.assertEqual(result.lines()[0]["text"], "Title\r\na\rb")
        result = run("-d", "--output", "json", "-t", r"\u00dcber\tx", "-e", "-b", r"\ud83d\ude00", "smpp://u:p@h/1555/1666")
        self.assertEqual(result.lines()[0]["text"], "Über\tx\r\n😀")

    def test_markup_becomes_plain_text(self):
        result = run("-d", "--output", "json", "-i", "html", "-b", "<b>x</b>", "smpp://u:p@h/1555/1666")
        self.assertEqual(result.lines()[0]["text"], "x")

    def test_transliteration_keeps_a_text_in_gsm(self):
        for arguments, coding, text in (([], 8, "it’s"), (["--transliterate"], 0, "it's")):
            result = run("-d", "--output", "json", *arguments, "-b", "it’s", "smpp://u:p@h/1555/1666")
            self.assertEqual((result.lines()[0]["data_coding"], result.lines()[0]["text"]), (coding, text))

    def test_for_people(self):
        result = run("-d", "-b", "a\r\nb", "smpp://u:p@h/1555/+16667777?schedule=2h&validity=1d&receipt=final")
        self.assertEqual(result.out, "16667777 (TON 1, NPI 1) part 1/1: gsm7 plain (4 units, data_coding 0, esm_class 0, "
                         "schedule 000000020000000R, validity 000001000000000R, receipt 0x01): a\\r\\nb\n")
        self.assertIn("schedule= is in the past", run("-d", "-b", "x", "smpp://u:p@h/1555/1666?schedule=2001-01-01T00:00Z").err)

    def test_sends_nothing(self):
        with FakeSmsc() as smsc:
            self.assertEqual(run("-d", "-b", "x", self.url(smsc)).code, 0)
            self.assertEqual(smsc.connections, 0)

    def test_text_that_cannot_be_encoded_is_refused(self):
        result = run("-d", "-b", "Привет", "smpp://u:p@h/1555/1666?encoding=gsm7")
        self.assertEqual(result.code, 2)
        self.assertIn("encoding", result.err)


class Sending(Case):
    def test_one_recipient(self):
        with FakeSmsc() as smsc:
            result = self.send(smsc)
            self.assertEqual(result.code, 0, result.err)
            (outcome,) = result.outcomes()
            self.assertEqual(outcome["to"], "15557654321")
            self.assertEqual(outcome["state"], "accepted")
            self.assertEqual(outcome["message_ids"], ["1"])
            self.assertEqual((outcome["parts"], outcome["status"], outcome["status_code"]), (1, "ESME_ROK", 0))
            self.assertIsNone(outcome["error"])
            self.assertGreater(outcome["latency_ms"], 0)
            self.assertEqual(result.summary()["accepted"], 1)
            (submit,) = smsc.submits
            self.assertEqual(submit.short_message, b"Hello")
            self.assertEqual((submit.source, submit.source_ton, submit.source_npi), (b"15551234567", 1, 1))
            self.assertEqual((submit.destination, submit.dest_ton, submit.dest_npi), (b"15557654321", 1, 1))
            self.assertEqual(smsc.binds[0][0], BIND_TRANSMITTER)
            self.assertEqual(smsc.binds[0][1][:2], [b"user", SECRET.encode()])

    def test_several_recipients_over_one_bind(self):
        with FakeSmsc() as smsc:
            result = self.send(smsc, path="/+15551234567/+15557654321/+15559876543/999")
            self.assertEqual([each["state"] for each in result.outcomes()], ["accepted"] * 3)
            self.assertEqual(len(smsc.binds), 1)
            self.assertEqual([each.destination for each in smsc.submits], [b"15557654321", b"15559876543", b"999"])

    def test_query_form(self):
        with FakeSmsc() as smsc:
            result = run("-b", "Query string example", f"smpp://_?user=user&pass=password&host=127.0.0.1&port={smsc.port}"
                         "&from=+15551234567&to=+15557654321,+15559876543")
            self.assertEqual(result.code, 0, result.err)
            self.assertEqual(result.out, "")
            self.assertEqual([each.short_message for each in smsc.submits], [b"Query string example"] * 2)

    def test_parts_of_a_long_text(self):
        with FakeSmsc() as smsc:
            result = self.send(smsc, body="ы" * 71)
            self.assertEqual(len(result.outcomes()[0]["message_ids"]), 2)
            self.assertEqual([each.data_coding for each in smsc.submits], [8, 8])
            self.assertEqual([each.esm_class for each in smsc.submits], [0x40, 0x40])
            joined = b"".join(each.short_message[6:] for each in smsc.submits)
            self.assertEqual(joined.decode("utf-16-be"), "ы" * 71)

    def test_recipients_are_pipelined_within_the_window(self):
        recipients = "".join(f"/+1555000{i:04}" for i in range(20))
        with FakeSmsc(hold=5) as smsc:
            result = self.send(smsc, path="/+15551234567" + recipients, query="?window=5")
            self.assertEqual(result.code, 0)
            self.assertEqual(smsc.most_unanswered, 5)

    def test_a_session_is_ended_in_order(self):
        with FakeSmsc() as smsc:
            self.send(smsc)
            self.assertTrue(smsc.wait_for(lambda: smsc.commands[-1][0] == UNBIND), smsc.commands)

    def test_a_transceiver_is_bound_when_asked_for(self):
        with FakeSmsc() as smsc:
            self.send(smsc, query="?bind=trx")
            self.assertEqual(smsc.binds[0][0], BIND_TRANSCEIVER)

    def test_long_credentials_are_sent_whole(self):
        with FakeSmsc() as smsc:
            result = run("-b", "x", f"smpp://{'u' * 20}:{'p' * 30}@{smsc.address}/1555/1666")
            self.assertEqual(result.code, 0, result.err)
            self.assertEqual(smsc.binds[0][1][:2], [b"u" * 20, b"p" * 30])
            self.assertIn("sent whole", result.err)
            self.assertNotIn("p" * 30, result.err)

    def test_several_urls_run_side_by_side(self):
        with FakeSmsc() as one, FakeSmsc() as other:
            result = run("-b", "x", "--output", "json", self.url(one), self.url(other, "/1555/1666"))
            self.assertEqual(result.code, 0)
            self.assertEqual({each["to"] for each in result.outcomes()}, {"15557654321", "1666"})
            self.assertEqual((len(one.submits), len(other.submits)), (1, 1))

    def test_the_smsc_may_ask_and_deliver_at_any_time(self):
        deliver = b"\0\1\1" + b"15557654321\0" + b"\1\1" + b"15551234567\0" + b"\0\0\0\0\0\0\0\0\0\2hi"
        with FakeSmsc(before_submit_resp=pdu(ENQUIRE_LINK, 0, 77) + pdu(5, 0, 78, deliver)) as smsc:
            self.assertEqual(self.send(smsc, query="?bind=trx").code, 0)
            answers = [command for command, _, _ in smsc.commands]
            self.assertIn(ENQUIRE_LINK | RESPONSE, answers)
            self.assertIn(5 | RESPONSE, answers)


class Failures(Case):
    def check_failed(self, result, state, *words, code=1):
        self.assertEqual(result.code, code, result.text)
        for outcome in result.outcomes():
            self.assertEqual(outcome["state"], state, outcome)
            for word in words:
                self.assertIn(word.lower(), outcome["error"].lower())
            self.assertNotIn("\n", outcome["error"])
        self.assertTrue(result.outcomes())
        self.assert_no_secret(result)

    def test_refused_connection(self):
        with FakeSmsc() as smsc:
            url = self.url(smsc)
        self.check_failed(run("-b", "x", "--output", "json", url), "rejected", "refused", "127.0.0.1")

    def test_unknown_host(self):
        url = f"smpp://user:{SECRET}@host.invalid/1555/1666"
        self.check_failed(run("-b", "x", "--output", "json", url), "rejected", "host.invalid")

    def test_refused_bind_is_named_and_not_retried(self):
        with FakeSmsc(bind=[0x0E]) as smsc:
            result = self.send(smsc, query="?retry=3&wait=0.01")
            self.check_failed(result, "rejected", "ESME_RINVPASWD", "password")
            self.assertEqual(len(smsc.binds), 1)

    def test_rejected_recipient_beside_good_ones(self):
        with FakeSmsc(submit=[0, 0x0B, 0]) as smsc:
            result = self.send(smsc, path="/1555/1666/1777/1888", query="?window=1")
            self.assertEqual([each["state"] for each in result.outcomes()], ["accepted", "rejected", "accepted"])
            self.assertEqual(result.outcomes()[1]["status"], "ESME_RINVDSTADR")
            self.assertEqual(result.outcomes()[1]["status_code"], 11)
            self.assertEqual(result.code, 1)

    def test_invalid_recipient_beside_good_ones(self):
        with FakeSmsc() as smsc:
            result = self.send(smsc, path="/1555/1666/Joe")
            self.assertEqual(sorted(each["state"] for each in result.outcomes()), ["accepted", "invalid"])
            self.assertEqual(result.code, 1)
            self.assertEqual(len(smsc.submits), 1)

    def test_strict_sends_nothing_when_a_recipient_is_invalid(self):
        with FakeSmsc() as smsc:
            result = self.send(smsc, "--strict", path="/1555/1666/Joe")
            self.assertEqual(result.code, 1)
            self.assertEqual(smsc.connections, 0)

    def test_a_refused_url_beside_a_good_one_is_exit_code_2(self):
        with FakeSmsc() as smsc:
            result = run("-b", "x", self.url(smsc), "smpp://u:p@h:0/1555/1666")
            self.assertEqual(result.code, 2)
            self.assertEqual(len(smsc.submits), 1)

    def test_connection_cut_between_submit_and_response_is_unknown(self):
        with FakeSmsc(submit=[DROP]) as smsc:
            self.check_failed(self.send(smsc, query="?retry=2&wait=0.01"), "unknown", "connection")
            self.assertEqual(len(smsc.submits), 1)

    def test_unknown_is_sent_again_only_on_request(self):
        with FakeSmsc(submit=[DROP, 0]) as smsc:
            result = self.send(smsc, "--resend-unknown", query="?wait=0.01")
            self.assertEqual(result.code, 0, result.text)
            self.assertEqual(len(smsc.submits), 2)

    def test_no_response_in_time_is_unknown(self):
        with FakeSmsc(submit=[IGNORE]) as smsc:
            self.check_failed(self.send(smsc, query="?rto=0.2"), "unknown", "0.2 s")

    def test_a_reconnect_sends_only_what_has_no_outcome(self):
        with FakeSmsc(submit=[0, DROP, 0]) as smsc:
            result = self.send(smsc, path="/1555/1666/1777/1888", query="?window=1&retry=1&wait=0.01")
            states = {each["to"]: each["state"] for each in result.outcomes()}
            self.assertEqual(states, {"1666": "accepted", "1777": "unknown", "1888": "accepted"})
            self.assertEqual(len(smsc.binds), 2)
            self.assertEqual(len(smsc.submits), 3)

    def test_throttling_is_waited_out(self):
        with FakeSmsc(submit=[0x58, 0x14, 0]) as smsc:
            result = self.send(smsc, query="?wait=0.01")
            self.assertEqual(result.code, 0, result.text)
            self.assertEqual(len(smsc.submits), 3)

    def test_a_missing_unbind_response_is_harmless(self):
        with FakeSmsc(unbind=IGNORE) as smsc:
            self.assertEqual(self.send(smsc, query="?rto=0.2").code, 0)

    def test_a_server_that_speaks_no_smpp(self):
        with FakeSmsc(bind=[GARBAGE]) as smsc:
            self.check_failed(self.send(smsc), "rejected", "does not speak SMPP")

    def test_a_bind_that_is_never_answered(self):
        with FakeSmsc(bind=[IGNORE]) as smsc:
            self.check_failed(self.send(smsc, query="?rto=0.2"), "rejected", "bind")

    def test_an_optional_url_does_not_count(self):
        with FakeSmsc(submit=[0x0B]) as smsc:
            self.assertEqual(self.send(smsc, query="?optional=yes").code, 0)


class Tls(Case):
    @classmethod
    def setUpClass(cls):
        cls.certificates = Certificates()

    @classmethod
    def tearDownClass(cls):
        cls.certificates.close()

    def server(self, name="localhost", **more):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certificates.issue(name))
        return FakeSmsc(tls=context, **more)

    def send_tls(self, smsc, query, host="localhost"):
        return run("-b", "x", "--output", "json", f"smpps://user:{SECRET}@{host}:{smsc.port}/1555/1666{query}")

    def test_a_good_certificate(self):
        with self.server() as smsc:
            result = self.send_tls(smsc, f"?ca={self.certificates.ca}")
            self.assertEqual(result.code, 0, result.text)
            self.assertEqual(len(smsc.submits), 1)

    def test_an_untrusted_certificate(self):
        with self.server() as smsc:
            result = self.send_tls(smsc, "")
            self.assertEqual(result.code, 1)
            self.assertIn("ca=", result.outcomes()[0]["error"])
            self.assertEqual(smsc.binds, [])
            self.assert_no_secret(result)

    def test_the_certificate_of_another_host(self):
        with self.server("other.example") as smsc:
            result = self.send_tls(smsc, f"?ca={self.certificates.ca}")
            self.assertEqual(result.code, 1)
            self.assertIn("localhost", result.outcomes()[0]["error"])
            self.assertEqual(smsc.binds, [])
            self.assertEqual(self.send_tls(smsc, f"?ca={self.certificates.ca}&servername=other.example").code, 0)

    def test_verify_no_is_loud(self):
        with self.server("other.example") as smsc:
            result = self.send_tls(smsc, "?verify=no")
            self.assertEqual(result.code, 0, result.text)
            self.assertIn("NOT checked", result.err)

    def test_tls_to_a_plaintext_port(self):
        with FakeSmsc() as smsc:
            result = self.send_tls(smsc, "?rto=1&cto=1")
            self.assertEqual(result.code, 1)
            self.assertIn("smpp://", result.outcomes()[0]["error"])

    def test_plaintext_to_a_tls_port(self):
        with self.server() as smsc:
            result = self.send(smsc, query="?rto=1")
            self.assertEqual(result.code, 1)
            self.assertIn("smpps://", result.outcomes()[0]["error"])


if __name__ == "__main__":
    unittest.main()
