"""smpp-load from outside: what it says it sent is what the centre recorded."""
import json
import signal
import socket
import subprocess
import unittest

from fake_smsc import IGNORE, FakeSmsc
from mock import Mock, program


def run(*arguments, seconds=60):
    done = subprocess.run([program("smpp-load"), *map(str, arguments)], capture_output=True, text=True, timeout=seconds,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def result(*arguments, seconds=60):
    """Exit code, and the result that was printed."""
    code, out, err = run("-o", "json", *arguments, seconds=seconds)
    return code, json.loads(out or "{}"), err


class Load(unittest.TestCase):
    def test_the_count_is_sent_and_recorded(self):
        with Mock() as mock:
            code, got, _ = result("-n", "1000", "-s", "3", "-w", "7", mock.smpp)
            self.assertEqual(0, code)
            self.assertEqual((1000, 1000, 1000, 3), (got["messages"], got["sent"], got["accepted"], got["sessions"]))
            self.assertEqual(1000, mock.get("/messages", limit=1)["total"])

    def test_several_threads_share_the_count(self):
        with Mock() as mock:
            code, got, _ = result("-n", "1001", "-s", "5", "-t", "2", mock.smpp)
            self.assertEqual((0, 1001), (code, got["accepted"]))

    def test_a_count_below_the_number_of_threads(self):
        with Mock() as mock:
            code, got, _ = result("-n", "2", "-s", "4", "-t", "4", mock.smpp)
            self.assertEqual((0, 2, 2, 4), (code, got["sent"], got["accepted"], got["sessions"]))
            self.assertEqual(2, mock.get("/messages", limit=1)["total"])

    def test_a_mix_of_messages(self):
        with Mock() as mock:
            code, _, _ = result("-n", "60", "-m", "gsm:2,ucs2,tlv,payload,long", mock.smpp)
            self.assertEqual(0, code)
            messages = mock.messages()
            self.assertEqual(10, sum(message["coding"] == "ucs2" for message in messages))
            self.assertEqual(20, sum(message["text"] == "twenty octets of SMS" and not message["pdu"].get("tlvs")
                                     for message in messages))

    def test_long_messages_can_be_joined(self):
        with Mock() as mock:
            code, _, _ = result("-n", "30", "-m", "long", "-s", "2", "-t", "2", mock.smpp)
            self.assertEqual(0, code)
            parts = [message["parts"] for message in mock.messages()]
            self.assertEqual(30, len(parts))
            self.assertEqual({("x" * 400, True)}, {(each["text"], each["complete"]) for each in parts})
            self.assertEqual(10, len({each["reference"] for each in parts}))

    def test_destinations_count(self):
        with Mock() as mock:
            code, _, _ = result("-n", "40", "-s", "2", "-t", "2", "--to", "1555{n:7}", mock.smpp)
            self.assertEqual(0, code)
            self.assertEqual({f"1555{n:07}" for n in range(40)}, {message["to"] for message in mock.messages()})

    def test_the_duration_ends_it(self):
        with Mock() as mock:
            code, got, _ = result("-d", "0.3", mock.smpp)
            self.assertEqual(0, code)
            self.assertGreaterEqual(got["seconds"], 0.25)
            self.assertEqual(got["sent"], got["messages"])

    def test_a_warm_up_is_sent_and_not_counted(self):
        with Mock() as mock:
            code, got, _ = result("--warm-up", "0.2", "-n", "50", "-r", "100", mock.smpp)
            self.assertEqual((0, 50, 50), (code, got["sent"], got["accepted"]))
            self.assertEqual(50, got["latency_ms"]["count"])
            self.assertGreaterEqual(mock.get("/messages", limit=1)["total"], 60)

    def test_refusals_are_counted_by_status(self):
        with Mock() as mock:
            mock.call("/rules", "POST", {"match": {"nth": 2}, "actions": [{"status": "ESME_RSUBMITFAIL"}]})
            code, got, _ = result("-n", "10", "-w", "1", mock.smpp)
            self.assertEqual(0, code)
            self.assertEqual(10, got["accepted"] + got["refused"]["ESME_RSUBMITFAIL"])

    def test_a_refused_bind_and_a_closed_port(self):
        with Mock("--user", "user:another") as mock:
            code, got, _ = result("-n", "10", mock.smpp)
            self.assertEqual((1, 1), (code, got["sessions_failed"]))
            self.assertIn("bind refused", got["first_failure"])
            address = mock.smpp
        code, got, _ = result("-n", "10", address)
        self.assertEqual((1, None), (code, got["latency_ms"]))
        self.assertIn("Connection refused", got["first_failure"])
        code, out, _ = run("-n", "10", address)
        self.assertEqual(1, code)
        self.assertIn("no session was bound", out)
        self.assertNotIn("latency", out)

    def test_a_centre_that_dies_ends_it(self):
        with Mock() as mock:
            load = subprocess.Popen([program("smpp-load"), "-d", "60", "-o", "json", mock.smpp],
                                    stdout=subprocess.PIPE, text=True)
            mock.wait(1)
            mock.kill()
            out, _ = load.communicate(timeout=60)
            self.assertEqual(1, load.returncode)
            self.assertTrue(json.loads(out)["failed"])

    def test_the_histogram_holds_every_message(self):
        with Mock() as mock:
            _, got, _ = result("-n", "500", mock.smpp)
            latency = got["latency_ms"]
            self.assertEqual(500, sum(count for _, count in latency["histogram"]))
            self.assertLessEqual(latency["min"], latency["p50"])
            self.assertLessEqual(latency["p99.99"], latency["max"])

    def test_the_text_shows_the_same(self):
        with Mock() as mock:
            code, out, _ = run("-n", "20", mock.smpp)
            self.assertEqual(0, code)
            self.assertRegex(out, r"^20 messages answered in \d+\.\d{3} s: \d+ a second\n")
            for word in ("1 transceiver, window 10", "20 sent, 20 accepted", "stddev", "p99.99", "limited by"):
                self.assertIn(word, out)

    def test_the_processor_time_of_connecting_is_not_that_of_the_load(self):
        with Mock("--tls-self-signed") as mock:
            _, got, _ = result("-n", "50", "-s", "50", "--tls", "--insecure", f"localhost:{mock.tls_port}")
            self.assertLessEqual(got["cpu_use"], 1.05)


class Rate(unittest.TestCase):
    def test_the_rate_is_held(self):
        with Mock() as mock:
            code, got, _ = result("-r", "200", "-n", "100", mock.smpp)
            self.assertEqual((0, 100), (code, got["accepted"]))
            self.assertGreaterEqual(got["seconds"], 0.45)
            self.assertEqual("the rate that was asked for", got["limited_by"])

    def test_a_duration_holds_what_is_due_in_it(self):
        with Mock() as mock:
            code, got, _ = result("-r", "300", "-d", "0.5", "-s", "3", "-t", "3", mock.smpp)
            self.assertEqual((0, 150, 150), (code, got["sent"], got["messages"]))

    def test_messages_leave_when_they_are_due_and_not_at_a_tick(self):
        lags = []
        with Mock("--store", "none") as mock:
            while len(lags) < 10 and not any(lag < 0.25 for lag in lags):  # a busy machine has its own lag
                lags.append(result("-r", "500", "-d", "0.3", mock.smpp)[1]["own_lag_ms"]["p50"])
        self.assertLess(min(lags), 0.25)

    def test_a_stall_is_in_the_latency_of_all_that_was_due(self):
        with Mock() as mock:
            mock.call("/rules", "POST", {"match": {"first": 1}, "actions": [{"delay": "500ms"}]})
            code, got, _ = result("-r", "200", "-d", "0.6", "-w", "1", mock.smpp)
            self.assertEqual((0, 120, 120), (code, got["messages"], got["latency_ms"]["count"]))
            # 100 were due during the stall and waited from 0 to 500 ms.
            self.assertGreater(got["latency_ms"]["p50"], 100)
            self.assertGreater(got["latency_ms"]["p90"], 350)

    def test_what_is_never_sent_or_answered_counts_with_its_wait(self):
        with FakeSmsc(submit=[0] * 20 + [IGNORE]) as smsc:
            code, got, _ = result("-r", "200", "-d", "0.5", "-w", "5", "--response-timer", "0.3", smsc.address)
        self.assertEqual(1, code)
        self.assertGreater(got["unsent"], 10)
        self.assertEqual(100, got["sent"] + got["unsent"])
        self.assertEqual(100, got["latency_ms"]["count"])
        self.assertEqual(got["sent"], got["messages"] + sum(got["failed"].values()))
        self.assertGreater(got["latency_ms"]["p50"], 250)
        self.assertIn("without an answer", got["limited_by"])


class Interruption(unittest.TestCase):
    def start(self, *arguments):
        load = subprocess.Popen([program("smpp-load"), "-o", "json", *arguments], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)
        for clean_up in (load.stdout.close, load.stderr.close, load.wait, load.kill):
            self.addCleanup(clean_up)
        return load

    def test_it_shows_what_there_is(self):
        with Mock() as mock:
            load = self.start("-d", "60", mock.smpp)
            mock.wait(1)
            load.send_signal(signal.SIGTERM)
            out, _ = load.communicate(timeout=60)
            self.assertEqual(0, load.returncode)
            self.assertGreater(json.loads(out)["accepted"], 0)

    def test_the_second_ends_it_at_once(self):
        with FakeSmsc(submit=[IGNORE]) as smsc:
            load = self.start("-d", "60", "--response-timer", "60", "--progress", "always", smsc.address)
            self.assertTrue(smsc.wait_for(lambda: smsc.submits))
            load.send_signal(signal.SIGINT)
            for line in load.stderr:  # which waits for answers
                if line.startswith("ending: 10 outstanding"):
                    break
            load.send_signal(signal.SIGINT)
            self.assertEqual(-signal.SIGINT, load.wait(20))

    def test_it_does_not_wait_for_a_handshake(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            load = self.start("--tls", "--insecure", f"127.0.0.1:{silent.getsockname()[1]}")
            connection, _ = silent.accept()
            with connection:
                self.assertTrue(connection.recv(1))  # of its ClientHello
                load.send_signal(signal.SIGINT)
                self.assertEqual(1, load.wait(20))

    def test_nothing_waits_for_what_is_still_connecting(self):
        with FakeSmsc(bind=[0, IGNORE]) as smsc:
            load = self.start("-s", "3", "-d", "60", "--progress", "always", smsc.address)
            self.assertTrue(smsc.wait_for(lambda: len(smsc.binds) == 3))
            self.assertTrue(load.stderr.readline().startswith("binding: "))
            load.send_signal(signal.SIGTERM)
            self.assertEqual(1, load.wait(20))


class Usage(unittest.TestCase):
    def test_mistakes_name_the_option(self):
        for arguments, word in (((), "HOST:PORT"), (("localhost",), "'localhost'"), (("-w", "0", "h:1"), "--window"),
                                (("-m", "novel", "h:1"), "novel"), (("-m", "gsm:x", "h:1"), "--mix"),
                                (("-o", "xml", "h:1"), "xml"), (("--nothing",), "nothing"),
                                (("-t", "3", "-s", "2", "h:1"), "3 threads cannot share 2 sessions"),
                                (("-r", "nan", "h:1"), "--rate"), (("--bind", "both", "h:1"), "--bind"),
                                (("--bind", "rx", "-r", "5", "h:1"), "--rate"), (("--to", "1{n}", "h:1"), "1{n}"),
                                (("--ca", "x", "h:1"), "--ca"), (("--tls-min", "1.3", "h:1"), "--tls-min"),
                                (("--tls", "--key", "x", "h:1"), "--key"), (("--tls", "--tls-min", "1", "h:1"), "--tls-min"),
                                (("--deliver", "-s", "2", "-t", "2", "h:1"), "--threads"),
                                (("--deliver", "--bind", "rx", "h:1"), "--bind"),
                                (("--deliver", "--ca", "x", "h:1"), "--ca"), (("--cert", "x", "h:1"), "--cert"),
                                (("--deliver", "--tls", "h:1"), "--cert")):
            with self.subTest(arguments):
                code, out, err = run(*arguments)
                self.assertEqual((2, ""), (code, out))
                self.assertIn(word, err)

    def test_help_and_version(self):
        self.assertIn("--rate", run("--help")[1])
        self.assertRegex(run("--version")[1], r"^smpp-load \d")


if __name__ == "__main__":
    unittest.main()
