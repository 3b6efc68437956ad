"""smpp-load from outside: what it says it sent is what the centre recorded."""
import json
import os
import signal
import subprocess
import unittest

from mock import Mock, program


def run(*arguments, seconds=60):
    done = subprocess.run([program("smpp-load"), *arguments], capture_output=True, text=True, timeout=seconds,
                          check=False)
    return done.returncode, done.stdout, done.stderr


class Load(unittest.TestCase):
    def result(self, *arguments):
        code, out, err = run("-o", "json", *arguments)
        return code, json.loads(out), err

    def test_the_count_is_sent_and_recorded(self):
        with Mock() as mock:
            code, got, _ = self.result("-n", "1000", "-s", "3", "-w", "7", mock.smpp)
            self.assertEqual(0, code)
            self.assertEqual((1000, 1000, 1000, 3), (got["messages"], got["sent"], got["accepted"], got["sessions"]))
            self.assertEqual(1000, mock.get("/messages", limit=1)["total"])

    def test_several_threads_share_the_count(self):
        with Mock() as mock:
            code, got, _ = self.result("-n", "1001", "-s", "5", "-t", "2", mock.smpp)
            self.assertEqual((0, 1001), (code, got["accepted"]))

    def test_a_mix_of_messages(self):
        with Mock() as mock:
            code, _, _ = self.result("-n", "60", "-m", "gsm:2,ucs2,tlv,payload,part", mock.smpp)
            self.assertEqual(0, code)
            messages = mock.messages()
            self.assertEqual(10, sum(message["coding"] == "ucs2" for message in messages))
            self.assertEqual(20, sum(message["text"] == "twenty octets of SMS" and not message["pdu"].get("tlvs")
                                     for message in messages))

    def test_the_duration_ends_it(self):
        with Mock() as mock:
            code, got, _ = self.result("-d", "0.3", mock.smpp)
            self.assertEqual(0, code)
            self.assertGreaterEqual(got["seconds"], 0.25)
            self.assertEqual(got["sent"], got["messages"])

    def test_the_rate_is_held(self):
        with Mock() as mock:
            code, got, _ = self.result("-r", "200", "-n", "100", mock.smpp)
            self.assertEqual((0, 100), (code, got["accepted"]))
            self.assertGreaterEqual(got["seconds"], 0.45)
            self.assertEqual("the rate that was asked for", got["limited_by"])

    def test_over_tls(self):
        with Mock("--tls-self-signed") as mock:
            code, got, _ = self.result("-n", "50", "--tls", "--ca", mock.ca, f"localhost:{mock.tls_port}")
            self.assertEqual((0, 50), (code, got["accepted"]))
            code, got, _ = self.result("-n", "50", "--tls", f"localhost:{mock.tls_port}")
            self.assertEqual((1, 1), (code, got["sessions_failed"]))
            self.assertIn("certificate", got["first_failure"])

    def test_refusals_are_counted_by_status(self):
        with Mock() as mock:
            mock.call("/rules", "POST", {"match": {"nth": 2}, "actions": [{"status": "ESME_RSUBMITFAIL"}]})
            code, got, _ = self.result("-n", "10", "-w", "1", mock.smpp)
            self.assertEqual(0, code)
            self.assertEqual(10, got["accepted"] + got["refused"]["ESME_RSUBMITFAIL"])

    def test_a_refused_bind_and_a_closed_port(self):
        with Mock("--user", "user:another") as mock:
            code, got, _ = self.result("-n", "10", mock.smpp)
            self.assertEqual((1, 1), (code, got["sessions_failed"]))
            self.assertIn("bind refused", got["first_failure"])
            address = mock.smpp
        code, got, _ = self.result("-n", "10", address)
        self.assertEqual(1, code)
        self.assertIn("Connection refused", got["first_failure"])

    def test_a_centre_that_dies_ends_it(self):
        with Mock() as mock:
            load = subprocess.Popen([program("smpp-load"), "-d", "60", "-o", "json", mock.smpp],
                                    stdout=subprocess.PIPE, text=True)
            mock.wait(1)
            mock.kill()
            out, _ = load.communicate(timeout=60)
            self.assertEqual(1, load.returncode)
            self.assertTrue(json.loads(out)["failed"])

    def test_interruption_shows_what_there_is(self):
        with Mock() as mock:
            load = subprocess.Popen([program("smpp-load"), "-d", "60", "-o", "json", mock.smpp],
                                    stdout=subprocess.PIPE, text=True)
            mock.wait(1)
            load.send_signal(signal.SIGTERM)
            out, _ = load.communicate(timeout=60)
            self.assertEqual(0, load.returncode)
            self.assertGreater(json.loads(out)["accepted"], 0)


class Usage(unittest.TestCase):
    def test_mistakes_name_the_option(self):
        for arguments, word in (((), "HOST:PORT"), (("localhost",), "'localhost'"), (("-w", "0", "h:1"), "--window"),
                                (("-m", "novel", "h:1"), "novel"), (("-m", "gsm:x", "h:1"), "--mix"),
                                (("-o", "xml", "h:1"), "xml"), (("--nothing",), "nothing"),
                                (("--deliver", "-t", "2", "h:1"), "--threads"), (("--deliver", "--ca", "x", "h:1"), "--ca"),
                                (("--cert", "x", "h:1"), "--cert"), (("--deliver", "--tls", "h:1"), "--cert")):
            with self.subTest(arguments):
                code, out, err = run(*arguments)
                self.assertEqual((2, ""), (code, out))
                self.assertIn(word, err)

    def test_help_and_version(self):
        self.assertIn("--rate", run("--help")[1])
        self.assertRegex(run("--version")[1], r"^smpp-load \d")


if __name__ == "__main__":
    unittest.main()
