"""notifier --bulk from outside: input, journal, report, and what holds after kill -9.

NOTIFIER_KILL_ROUNDS sets how often it is killed under load (5), NOTIFIER_KILL_ROWS of how many recipients (20000).
"""
import collections
import csv
import fcntl
import json
import os
import random
import signal
import subprocess
import tempfile
import time
import unittest

from fake_smsc import DROP, FakeSmsc
from mock import Mock, program
from sanitized import sanitized

SECRET = "S3cret!"
TEXT = ("-b", "Hello {name}")


class Done:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out.decode(), err.decode()

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def summary(self):
        return self.lines()[-1]["summary"]


def resident_kib(process):
    """The most that was resident so far; 0 when it has just ended, or is not yet our program."""
    try:
        if os.path.basename(os.readlink(f"/proc/{process}/exe")) != "notifier":
            return 0
        with open(f"/proc/{process}/status", encoding="utf-8") as status:
            return sum(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.journal = self.path("sent.journal")

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, content, name="input"):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def content(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def numbers(self, count):
        return self.file("to,name\n" + "".join(f"+1555{i:07d},n{i}\n" for i in range(count)))

    @staticmethod
    def command(address, path, *arguments, url="/1555"):
        return [program("notifier"), "--bulk", path, "--output", "json", *arguments,
                f"smpp://user:{SECRET}@{address}{url}"]

    def run_bulk(self, address, path, *arguments, stdin=None, **more):
        command = self.command(address, path, *arguments, **more)
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)
        self.assertNotIn(SECRET.encode(), done.stdout + done.stderr)
        return Done(done.returncode, done.stdout, done.stderr)

    def refused(self, path, *arguments, code=2, **more):
        """Nobody listens at that address: what is refused was refused before."""
        done = self.run_bulk("127.0.0.1:1", path, *arguments, **more)
        self.assertEqual(done.code, code, done.err)
        self.assertEqual(done.out, "")
        return done.err


class Input(Case):
    def test_csv_with_texts_senders_and_parameters(self):
        path = self.file('\ufeffto,text,from,priority\r\n+15550001,"Hello, ""you""",,\r\n+15550002,Hi,Shop,2\r\n')
        with Mock() as mock:
            done = self.run_bulk(mock.smpp, path)
            self.assertEqual(done.code, 0, done.err)
            first, second = mock.wait(2)
        self.assertEqual((first["to"], first["from"], first["text"]), ("15550001", "1555", 'Hello, "you"'))
        self.assertEqual((second["from"], second["text"]), ("Shop", "Hi"))
        self.assertEqual([(line["row"], line["state"]) for line in done.lines()[:-1]], [(1, "accepted"), (2, "accepted")])
        self.assertEqual(done.summary()["accepted"], 2)

    def test_json_lines_from_standard_input_with_placeholders(self):
        lines = b'{"to":"+15550001","Name":"Ann"}\n{"to":15550002,"Name":"Bob"}\n'
        with Mock() as mock:
            done = self.run_bulk(mock.smpp, "-", "-b", "Dear {name} {{x}}", stdin=lines)
            self.assertEqual(done.code, 0, done.err)
            self.assertEqual([m["text"] for m in mock.wait(2)], ["Dear Ann {x}", "Dear Bob {x}"])

    def test_everything_is_checked_before_anything_is_sent(self):
        rows = "".join(f"{i:03d}x,text\n" for i in range(30))
        err = self.refused(self.file("to,text\n+15550001,good\n" + rows + '+15550002,a"b\n+15550003\n'))
        self.assertIn("input:3: to: '000x' is not a number", err)
        self.assertIn("32 of 33 rows are not valid", err)
        self.assertEqual(len(err.splitlines()), 22)

    def test_skip_invalid_sends_the_others(self):
        path = self.file("to,text\nabc,x\n+15550001,good\n+15550002\n")
        with Mock() as mock:
            done = self.run_bulk(mock.smpp, path, "--skip-invalid", "--journal", self.journal)
            self.assertEqual(done.code, 1)
            self.assertEqual(len(mock.messages()), 1)
            people = subprocess.run([word for word in self.command(mock.smpp, path, "--skip-invalid") if word not in ("--output", "json")],
                                    capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual({line["row"]: line["state"] for line in done.lines()[:-1]},
                         {1: "invalid", 2: "accepted", 3: "invalid"})
        self.assertEqual((people.returncode, len(people.stderr.splitlines())), (1, 2), people.stderr)
        self.assertIn("input:2: to: 'abc'", people.stderr)
        self.assertIn("2 invalid", people.stdout)

    def test_mistakes_of_the_command_line(self):
        good = self.file("to,text\n+15550001,x\n")
        self.assertIn("nonexistent", self.refused(self.path("nonexistent")))
        self.assertIn("goes with --bulk", Done(*self.without_bulk("--journal", "x")).err)
        self.assertIn(".csv or .json", self.refused(good, "--report", "x.txt"))
        self.assertIn("exactly one", self.refused(good, "smpp://u:p@h/1555"))
        self.assertIn("recipients", self.refused(good, url="/1555/1666777"))
        for text, complaint in (("number,text\n1,a\n2,b\n", "there is no column 'to'"), ("to\n1,a\n2\n", "'text'"),
                                ("to,text,window\n" + "1666777,x,5\n" * 3, "'window' is the same for the whole session")):
            said = self.refused(self.file(text, "header"), "--skip-invalid").splitlines()
            self.assertIn("header:1: ", said[-1])
            self.assertIn(complaint, said[-1])
            self.assertLessEqual(len(said), 2, said)
        self.assertIn("header:1: there is no sender", self.refused(self.file("to,text\n1666777,x\n", "header"), url=""))
        self.assertIn("no column 'nam'", self.refused(good, "-b", "Hi {nam}"))
        self.assertIn("{{", self.refused(good, "-b", "Hi {name"))
        self.assertIn("not overwritten", self.refused(good, "--journal", good))
        self.assertIn("has no recipients", self.refused(self.file("to,text\n"), code=1))
        self.assertIn("UTF-16", self.refused(self.file("to,text\n".encode("utf-16"))))

    @staticmethod
    def without_bulk(*arguments):
        done = subprocess.run([program("notifier"), "-b", "x", *arguments, "smpp://u:p@h/1555/1666"],
                              capture_output=True, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_dry_run_and_explain_need_no_connection(self):
        path = self.file("to,name\n+15550001,Ann\n+15550002,Bob\n")
        done = self.run_bulk("127.0.0.1:1", path, *TEXT, "--dry-run")
        self.assertEqual([(line["to"], line["text"]) for line in done.lines()],
                         [("15550001", "Hello Ann"), ("15550002", "Hello Bob")])
        self.assertTrue(self.run_bulk("127.0.0.1:1", path, "--explain").lines()[0]["accepted"])


class Output(Case):
    def test_report_as_csv_and_json(self):
        path = self.file("to,text\n+15550001,x\n+15550002,y\n")
        with FakeSmsc(submit=[0, 0x0B]) as smsc:
            done = self.run_bulk(smsc.address, path, "--report", self.path("r.csv"))
        self.assertEqual(done.code, 1)
        with open(self.path("r.csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["row"], row["to"], row["state"], row["status"]) for row in rows],
                         [("1", "15550001", "accepted", "ESME_ROK"), ("2", "15550002", "rejected", "ESME_RINVDSTADR")])
        self.assertEqual(list(done.summary()["reasons"].values()), [1])
        with FakeSmsc() as smsc:
            self.assertEqual(self.run_bulk(smsc.address, path, "--report", self.path("r.json")).code, 0)
        report = json.loads(self.content("r.json"))
        self.assertEqual([each["state"] for each in report["recipients"]], ["accepted"] * 2)
        self.assertEqual(report["summary"]["accepted"], 2)

    def test_a_file_of_others_is_not_overwritten_by_a_report(self):
        path = self.file("to,text\n+15550001,x\n")
        for name in ("mine.csv", "mine.json"):
            other = self.file("to,text\nmine,all mine\n", name)
            self.assertIn("left as it is", self.refused(path, "--report", other))
            self.assertEqual(self.content(name), b"to,text\nmine,all mine\n")

    def test_progress_and_summary_for_people(self):
        path = self.file("to,text\n+15550001,x\n+15550002,y\n")
        with FakeSmsc(submit=[0, 0x0B]) as smsc:
            command = [program("notifier"), "--bulk", path, "--progress", "always", f"smpp://user:{SECRET}@{smsc.address}/1555"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        self.assertIn("sent 2  accepted 1  failed 1", done.stderr.replace("\r", "\n"))
        self.assertIn("error: row 2: 15550002 rejected: ESME_RINVDSTADR", done.stderr)
        self.assertRegex(done.stdout, r"^2 recipients: 1 accepted, 1 rejected, 0 unknown; 2 sent in .*\n +1  ESME_RINVDSTADR")


class Journal(Case):
    def test_a_second_run_sends_nothing_again(self):
        path = self.numbers(50)
        with Mock() as mock:
            first = self.run_bulk(mock.smpp, path, *TEXT, "--journal", self.journal)
            second = self.run_bulk(mock.smpp, path, *TEXT, "--journal", self.journal, "--report", self.path("r.csv"))
            self.assertEqual(len(mock.messages()), 50)
        self.assertEqual((first.code, second.code), (0, 0), second.err)
        self.assertEqual(second.summary()["accepted"], 50)
        self.assertEqual((second.summary()["earlier"], second.summary()["sent"]), (50, 0))
        self.assertEqual(len(self.content("r.csv").splitlines()), 51)
        self.assertNotIn(SECRET.encode(), self.content("sent.journal"))

    def test_what_was_never_sent_is_sent_by_the_next_run(self):
        path = self.numbers(5)
        with FakeSmsc(bind=[0x0D, 0]) as smsc:
            first = self.run_bulk(smsc.address, path, *TEXT, "--journal", self.journal)
            self.assertEqual((first.code, first.summary()["rejected"]), (1, 5))
            second = self.run_bulk(smsc.address, path, *TEXT, "--journal", self.journal)
            self.assertEqual((second.code, second.summary()["accepted"]), (0, 5), second.err)
            self.assertEqual(len(smsc.submits), 5)

    def test_unknown_is_sent_again_only_on_request(self):
        path = self.numbers(1)
        with FakeSmsc(submit=[DROP, 0]) as smsc:
            first = self.run_bulk(smsc.address, path, *TEXT, "--journal", self.journal)
            self.assertEqual((first.code, first.summary()["unknown"]), (1, 1))
            second = self.run_bulk(smsc.address, path, *TEXT, "--journal", self.journal)
            self.assertEqual((second.code, second.summary()["unknown"]), (1, 1))
            self.assertEqual(len(smsc.submits), 1)
            third = self.run_bulk(smsc.address, path, *TEXT, "--journal", self.journal, "--resend-unknown")
            self.assertEqual((third.code, third.summary()["accepted"]), (0, 1))
            self.assertEqual(len(smsc.submits), 2)

    def test_a_journal_of_another_job_and_a_file_of_others_are_refused(self):
        path = self.numbers(3)
        self.run_bulk("127.0.0.1:1", path, *TEXT, "--journal", self.journal)
        before = self.content("sent.journal")
        self.assertIn("another input", self.refused(self.file("to,name\n+15550001,x\n", "other"), *TEXT,
                                                    "--journal", self.journal))
        self.assertIn("another job", self.refused(path, "-b", "Another text", "--journal", self.journal))
        self.assertEqual(self.content("sent.journal"), before)
        mine = self.file("all mine\n", "mine")
        self.assertIn("not a journal", self.refused(path, *TEXT, "--journal", mine))
        self.assertEqual(self.content("mine"), b"all mine\n")

    def test_two_processes_cannot_share_a_journal(self):
        path = self.numbers(3)
        with open(self.journal, "wb") as locked:
            fcntl.flock(locked, fcntl.LOCK_EX)
            self.assertIn("in use by another notifier", self.refused(path, *TEXT, "--journal", self.journal))

    def test_a_full_disk_stops_the_sending(self):
        path = self.numbers(20000)
        with Mock("--max-messages", 1000000) as mock:
            command = self.command(mock.smpp, path, *TEXT, "--journal", self.journal)
            limited = subprocess.run(["sh", "-c", 'trap "" XFSZ; ulimit -f 64; exec "$@"', "sh", *command],
                                     capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(limited.returncode, 1)
            self.assertIn("journal", limited.stderr)
            done = self.run_bulk(mock.smpp, path, *TEXT, "--journal", self.journal)
            self.check(mock, done, 20000)

    def check(self, mock, done, rows):
        """The journal, the last run's summary and the SMSC's records agree."""
        summary = done.summary()
        self.assertEqual(summary["total"], rows, done.err)
        self.assertEqual(summary["accepted"] + summary["rejected"] + summary["unknown"], rows)
        states = self.states()
        self.assertEqual(len(states), rows)
        kinds = collections.Counter(kind for kind, _ in states.values())
        self.assertEqual((kinds["a"], kinds["r"]), (summary["accepted"], summary["rejected"]))
        submits = collections.Counter(self.received(mock, refused=True))
        self.assertEqual([n for n, count in submits.items() if count > 1], [], "sent twice")
        received = set(self.received(mock))
        for row, (kind, number) in states.items():
            if kind == "a":
                self.assertIn(number, received, f"row {row} is accepted, and nobody has it")
        for number in received:
            self.assertIn(states[int(number[4:]) + 1][0], "au")
        return summary

    def states(self):
        """Of each row the last outcome in the journal."""
        out = {}
        for line in self.content("sent.journal").decode().splitlines()[1:]:
            fields = line.split("\t")
            if fields[0] in "aru":
                out[int(fields[1])] = (fields[0], fields[2])
        return out

    @staticmethod
    def received(mock, refused=False):
        """Numbers that the SMSC has accepted a message for; or has had one for at all."""
        page = mock.get("/messages", limit=1000)
        while page["messages"]:
            yield from (message["to"] for message in page["messages"] if refused or message["status"] == "ESME_ROK")
            page = mock.get("/messages", limit=1000, before=page["messages"][-1]["id"])

    def kill_it(self, command, octets):
        """Kills it once the journal has grown that much; whether it still ran, and the most KiB that were resident."""
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        start = self.journal_size()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and self.journal_size() <= start + octets:
            pass
        memory = resident_kib(process.pid)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL, memory

    def journal_size(self):
        return os.path.getsize(self.journal) if os.path.exists(self.journal) else 0

    def test_after_kill_9_every_message_is_accounted_for_once(self):
        rounds, rows = int(os.environ.get("NOTIFIER_KILL_ROUNDS", "5")), int(os.environ.get("NOTIFIER_KILL_ROWS", "20000"))
        path = self.numbers(rows)
        octets = rows * 40 // (rounds + 1)  # of the journal in a round, about
        generator = random.Random()
        # Some are refused; the first answer of one never comes, so that one is unknown for certain.
        rules = [{"match": {"to": "77$"}, "actions": [{"status": "ESME_RINVDSTADR"}]},
                 {"match": {"to": "^15550000042$", "first": 1}, "actions": [{"no_response": True}]}]
        with Mock("--max-messages", 1000000, *(word for rule in rules for word in ("--rule", json.dumps(rule)))) as mock:
            command = self.command(mock.smpp, path, *TEXT, "--window", "100", "--journal", self.journal)
            ends = [self.kill_it(command, generator.uniform(0.05, 0.9) * octets) for _ in range(rounds)]
            killed, memory = sum(was_killed for was_killed, _ in ends), max(kib for _, kib in ends)
            self.assertGreater(killed, rounds // 2)
            if not sanitized(program("notifier")):
                self.assertLess(memory, 64 * 1024)
            done = self.run_bulk(mock.smpp, path, *TEXT, "--window", "100", "--journal", self.journal)
            summary = self.check(mock, done, rows)
            refused = len(range(77, rows, 100))
            print(f"killed {killed} times with at most {memory / 1024:.1f} MiB: {summary['accepted']} accepted, "
                  f"{summary['rejected']} rejected, {summary['unknown']} unknown", flush=True)
            self.assertLessEqual(summary["rejected"], refused)
            self.assertGreaterEqual(summary["unknown"], 1)
            self.assertLessEqual(summary["unknown"], 100 * killed)
            again = self.run_bulk(mock.smpp, path, *TEXT, "--journal", self.journal, "--resend-unknown")
            self.assertEqual((again.code, again.summary()["accepted"], again.summary()["rejected"]), (1, rows - refused, refused))
            self.assertEqual(again.summary()["sent"], summary["unknown"])
            self.assertEqual(set(self.received(mock)), {f"1555{i:07d}" for i in range(rows) if i % 100 != 77})

    def test_an_interruption_waits_for_answers_and_leaves_the_rest_to_the_next_run(self):
        rows = 2000
        path = self.numbers(rows)
        with Mock() as mock:
            process = subprocess.Popen(self.command(mock.smpp, path, *TEXT, "--rate", "200", "--journal", self.journal),
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            mock.wait(5)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            first = Done(process.returncode, out, err)
            self.assertEqual(first.code, 1, first.err)
            self.assertEqual((first.summary()["total"], first.summary()["unknown"]), (rows, 0))
            self.assertEqual(first.summary()["accepted"], len(set(self.received(mock))))
            done = self.run_bulk(mock.smpp, path, *TEXT, "--window", "100", "--journal", self.journal)
            self.assertEqual(done.code, 0, done.err)
            self.check(mock, done, rows)


if __name__ == "__main__":
    unittest.main()
