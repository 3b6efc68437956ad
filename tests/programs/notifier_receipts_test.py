"""notifier --wait-receipt against mock-smsc: receipts of every kind, late, missing, and over a lost connection."""
import json
import os
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from mock import Mock, program  # noqa: E402

LONG = "0123456789" * 40


def rule(receipt, to=None):
    match = {"to": to} if to else {}
    return "--rule", json.dumps({"match": match, "actions": [{"receipt": receipt}]})


class Receipts(unittest.TestCase):
    def send(self, mock, *arguments, to="+15557654321", wait="20", body="Hello", query=""):
        done = subprocess.run([program("notifier"), "-b", body, "--output", "json", "--wait-receipt", wait, *arguments,
                               f"smpp://user:secret@{mock.smpp}/+15551234567/{to}{query}"], capture_output=True,
                              text=True, timeout=60, check=False)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertNotIn("secret", done.stdout + done.stderr)
        return done, {line["to"]: line for line in lines if "state" in line}, lines[-1]["summary"]

    def test_delivered(self):
        with Mock() as mock:
            done, outcomes, summary = self.send(mock)
            self.assertEqual(0, done.returncode, done.stderr)
            [outcome] = outcomes.values()
            self.assertEqual(("delivered", None), (outcome["state"], outcome["error"]))
            [receipt] = outcome["receipts"]
            self.assertEqual((outcome["message_ids"][0], "delivered", "DELIVRD", True),
                             (receipt["message_id"], receipt["state"], receipt["stat"], receipt["final"]))
            self.assertGreater(receipt["after_ms"], 0)
            self.assertEqual((1, 1), (summary["accepted"], summary["delivered"]))
            [session] = mock.get("/sessions")["sessions"]
            self.assertEqual("transceiver", session["bind"])

    def test_parts_make_one_verdict(self):
        with Mock() as mock:
            done, outcomes, _ = self.send(mock, body=LONG)
            self.assertEqual(0, done.returncode, done.stderr)
            [outcome] = outcomes.values()
            self.assertEqual(("delivered", 3), (outcome["state"], len(outcome["receipts"])))
            self.assertEqual(sorted(outcome["message_ids"]), sorted(r["message_id"] for r in outcome["receipts"]))

    def test_every_final_state_is_told_with_its_reason(self):
        for state, word in (("UNDELIVERABLE", "undeliverable"), ("EXPIRED", "expired"), ("REJECTED", "rejected"),
                            ("DELETED", "deleted"), ("UNKNOWN", "unknown")):
            with self.subTest(state), Mock(*rule({"state": state, "err": "034"}, "^15550")) as mock:
                done, outcomes, summary = self.send(mock, to="+15557654321/+15550000001")
                self.assertEqual(1, done.returncode, done.stderr)
                self.assertEqual("delivered", outcomes["15557654321"]["state"])
                self.assertEqual(word, outcomes["15550000001"]["state"])
                self.assertIn("error 034", outcomes["15550000001"]["error"])
                self.assertEqual((2, 1), (summary["accepted"], summary["delivered"]))

    def test_receipts_in_every_form(self):
        for form in ({"id": "hex"}, {"id": "padded"}, {"in": "tlv"}, {"in": "text"}, {"order": "before_response"},
                     {"duplicate": True}, {"dates": "yyyymmddhhmmss"}, {"format": "stat:{stat} id:{id}"}):
            with self.subTest(form), Mock(*rule(form)) as mock:
                done, outcomes, _ = self.send(mock)
                self.assertEqual((0, "delivered"), (done.returncode, outcomes["15557654321"]["state"]), done.stderr)

    def test_intermediate_ones_are_listed(self):
        with Mock(*rule({"states": ["ENROUTE", "DELIVERED"]})) as mock:
            done, outcomes, _ = self.send(mock, query="?receipt=intermediate")
            self.assertEqual(0, done.returncode, done.stderr)
            seen = [(receipt["state"], receipt["final"]) for receipt in outcomes["15557654321"]["receipts"]]
            self.assertEqual([("enroute", False), ("delivered", True)], seen)

    def test_what_is_missing_is_named(self):
        with Mock(*rule({"never": True}, "^15550")) as mock:
            done, outcomes, summary = self.send(mock, to="+15557654321/+15550000001", wait="0.3")
            self.assertEqual(1, done.returncode)
            self.assertEqual("delivered", outcomes["15557654321"]["state"])
            missing = outcomes["15550000001"]
            self.assertEqual("accepted", missing["state"])
            self.assertEqual(f"no final receipt in 0.3 s; missing for {missing['message_ids'][0]}", missing["error"])
            self.assertEqual((2, 1), (summary["accepted"], summary["delivered"]))

    def test_a_rejected_recipient_waits_for_nothing(self):
        with Mock("--rule", '{"match":{"to":"^15550"},"actions":[{"status":"ESME_RINVDSTADR"}]}') as mock:
            done, outcomes, _ = self.send(mock, to="+15557654321/+15550000001")
            self.assertEqual(1, done.returncode)
            self.assertEqual(("rejected", "ESME_RINVDSTADR"),
                             (outcomes["15550000001"]["state"], outcomes["15550000001"]["status"]))
            self.assertEqual("delivered", outcomes["15557654321"]["state"])

    def test_a_connection_lost_while_waiting_is_made_again(self):
        with Mock("--receipt-delay", "700ms") as mock:
            def cut():
                mock.wait(1)
                for session in mock.get("/sessions")["sessions"]:
                    mock.call(f"/sessions/{session['id']}", "DELETE", how="rst")
            cutter = threading.Thread(target=cut)
            cutter.start()
            done, outcomes, _ = self.send(mock, query="?wait=0.1")
            cutter.join()
            self.assertEqual((0, "delivered"), (done.returncode, outcomes["15557654321"]["state"]), done.stderr)
            self.assertEqual(1, len(mock.messages()))

    def test_a_transmitter_cannot_wait(self):
        with Mock() as mock:
            done, _, _ = self.send(mock, query="?bind=tx")
            self.assertEqual(2, done.returncode)
            self.assertIn("bind=tx cannot receive", done.stderr)
            self.assertEqual([], mock.messages())

    def test_a_time_that_is_none(self):
        for wait in ("0", "-1", "soon"):
            done = subprocess.run([program("notifier"), "-b", "x", "--wait-receipt", wait, "smpp://u:p@127.0.0.1/1555/1666"],
                                  capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(2, done.returncode)
            self.assertIn("wait-receipt", done.stderr)


if __name__ == "__main__":
    unittest.main()
