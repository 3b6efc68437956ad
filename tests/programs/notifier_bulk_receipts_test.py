"""notifier --bulk --wait-receipt: verdicts by receipts, their journal, and memory that stays bounded."""
import csv
import json
import os
import select
import signal
import subprocess
import tempfile
import unittest

from mock import Mock, program

SECRET = "S3cret!"


def rule(receipt, to):
    return "--rule", json.dumps({"match": {"to": to}, "actions": [{"receipt": receipt}]})


class BulkReceipts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.input, self.journal, self.report = (os.path.join(folder.name, name) for name in ("in.csv", "journal", "r.csv"))

    def rows(self, count):
        with open(self.input, "w", encoding="utf-8") as file:
            file.write("to,text\n" + "".join(f"+1555{i:07d},Hello\n" for i in range(count)))

    def command(self, mock, wait, *arguments, query=""):
        return [program("notifier"), "--bulk", self.input, "--journal", self.journal, "--wait-receipt", str(wait),
                *arguments, f"smpp://user:{SECRET}@{mock.smpp}/1555{query}"]

    def send(self, mock, wait, *arguments, query=""):
        done = subprocess.run(self.command(mock, wait, "--output", "json", *arguments, query=query), capture_output=True,
                              text=True, timeout=60, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return done, {line["row"]: line for line in lines[:-1]}, lines[-1].get("summary") if lines else None

    def test_the_verdict_is_what_the_receipts_say(self):
        self.rows(20)
        with Mock(*rule({"state": "UNDELIVERABLE", "err": "034"}, "7$")) as mock:
            done, rows, summary = self.send(mock, 20, "--report", self.report)
            self.assertEqual(1, done.returncode, done.stderr)
            self.assertEqual({"undeliverable": [8, 18], "delivered": [n for n in range(1, 21) if n not in (8, 18)]},
                             {state: sorted(n for n in rows if rows[n]["state"] == state)
                              for state in {row["state"] for row in rows.values()}})
            self.assertEqual((20, 18), (summary["accepted"], summary["delivered"]))
            self.assertEqual({"receipt UNDELIV, error 034": 2}, summary["reasons"])
            with open(self.report, encoding="utf-8", newline="") as file:
                table = list(csv.DictReader(file))
            failed = [row for row in table if row["state"] == "undeliverable"]
            self.assertEqual([("UNDELIV", "034")] * 2, [(row["receipt_stat"], row["receipt_error"]) for row in failed])
            self.assertTrue(all(float(row["receipt_after_ms"]) > 0 for row in table))
            again, rows, summary = self.send(mock, 20)
            self.assertEqual((1, {}), (again.returncode, rows), again.stderr)
            self.assertEqual((20, 18, 20, 0), tuple(summary[k] for k in ("accepted", "delivered", "earlier", "sent")))
            self.assertEqual(20, len(mock.messages()))

    def test_people_see_it_too(self):
        self.rows(3)
        with Mock(*rule({"state": "EXPIRED"}, "2$")) as mock:
            done = subprocess.run(self.command(mock, 20, "--progress", "always"), capture_output=True, text=True,
                                  timeout=60, check=False)
        self.assertRegex(done.stdout, r"^3 recipients: 3 accepted \(2 delivered\), 0 rejected, 0 unknown; 3 sent in ")
        self.assertIn("row 3: 15550000002 expired: receipt EXPIRED", done.stderr)
        self.assertIn("accepted 2  failed 1", done.stderr)
        with Mock() as mock:
            done = subprocess.run([program("notifier"), "--bulk", self.input, "--wait-receipt", "20", "-vv",
                                   f"smpp://user:{SECRET}@{mock.smpp}/1555"], capture_output=True, text=True, timeout=60,
                                  check=False)
        self.assertRegex(done.stderr, r"row 1: 15550000000 delivered after \d+\.\d{3} s \(")

    def test_after_kill_9_the_next_run_waits_for_the_receipts(self):
        self.rows(30)
        with Mock("--database", self.journal + ".db", "--receipt-delay", "1500ms") as mock:
            with subprocess.Popen(self.command(mock, 30, "--progress", "always"), stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE) as process:
                said = b""
                while b"waiting for receipts 30 " not in said:
                    self.assertTrue(select.select([process.stderr], [], [], 30)[0])
                    more = process.stderr.read1()
                    self.assertTrue(more, said)
                    said += more
                process.send_signal(signal.SIGKILL)
            self.assertEqual((30, 0), (self.journaled("p"), self.journaled("f")))
            done, rows, summary = self.send(mock, 30)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual({"delivered"}, {row["state"] for row in rows.values()})
            self.assertEqual((30, 30, 0), (summary["accepted"], summary["delivered"], summary["sent"]))
            self.assertEqual(30, len(mock.messages()))

    def journaled(self, kind):
        try:
            with open(self.journal, encoding="utf-8") as file:
                return sum(line.startswith(kind + "\t") for line in file)
        except FileNotFoundError:
            return 0

    def test_an_interruption_leaves_the_receipts_to_the_next_run(self):
        self.rows(5)
        with Mock("--receipt-delay", "4s") as mock:
            process = subprocess.Popen(self.command(mock, 60), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            mock.wait(5)
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            self.assertEqual(1, process.returncode)
            self.assertIn("5 accepted", out)
            self.assertIn("interrupted; missing for", err)
            done, rows, _ = self.send(mock, 60)
            self.assertEqual((0, 5), (done.returncode, len(rows)), done.stderr)

    def test_receipts_that_never_come_neither_stop_the_sending_nor_fill_the_memory(self):
        count = 60_000  # more than may wait at once
        self.rows(count)
        with Mock("--max-messages", 2 * count, *rule({"never": True}, "^")) as mock:
            done, rows, summary = self.send(mock, 0.5, query="?window=200")
        self.assertEqual((1, count, 0), (done.returncode, summary["accepted"], summary["delivered"]), done.stderr)
        self.assertEqual(count, len(rows))
        self.assertIn("no final receipt in 0.5 s; missing for", rows[count]["error"])

    def test_a_transmitter_cannot_wait(self):
        self.rows(1)
        with Mock() as mock:
            done, _, _ = self.send(mock, 5, query="?bind=tx")
            self.assertEqual((2, []), (done.returncode, mock.messages()))
            self.assertIn("bind=tx cannot receive", done.stderr)


if __name__ == "__main__":
    unittest.main()
