"""Net::SMPP (Perl) against mock-smsc: binds of three kinds, texts, receipts, messages from mobiles."""
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from mock import Mock  # noqa: E402

GSM, GSM_OCTETS = "Hello @ £ {€}", "48656c6c6f20002001201b281b651b29"
UCS2 = "Grüße ✓ Привет"
LONG = "0123456789" * 40


class NetSmpp(unittest.TestCase):
    def run_client(self, mock, bind="transceiver", **task):
        task = {"host": "127.0.0.1", "port": mock.port, "bind": bind, **task}
        done = subprocess.run(["perl", os.path.join(HERE, "net_smpp_client.pl"), json.dumps(task)], capture_output=True,
                              encoding="latin-1", timeout=60, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return [json.loads(line) for line in done.stdout.splitlines()]

    @staticmethod
    def submits(**more):
        return [{"source_addr": "12345", "destination_addr": "15550000001", "hex": GSM_OCTETS, **more},
                {"source_addr": "12345", "destination_addr": "15550000002", "data_coding": 8,
                 "hex": UCS2.encode("utf-16-be").hex(), **more},
                {"source_addr": "12345", "destination_addr": "15550000003", "hex": "",
                 "payload_hex": LONG.encode().hex(), **more}]

    def test_texts_in_every_form(self):
        for bind in ("transmitter", "transceiver"):
            with self.subTest(bind), Mock("--user", "user:password") as mock:
                answers = self.run_client(mock, bind, submits=self.submits())
                self.assertEqual({"bind": 0, "system_id": "mock-smsc"}, answers[0])
                self.assertEqual([{"enquire_link": 0}, {"unbind": 0}], answers[-2:])
                ids = {answer["to"]: answer["message_id"] for answer in answers[1:-2]}
                recorded = mock.wait(3)
                self.assertEqual([GSM, UCS2, LONG], [message["text"] for message in recorded])
                self.assertEqual(ids, {message["to"]: message["message_id"] for message in recorded})

    def test_receipts_come_back(self):
        with Mock("--user", "user:password") as mock:
            answers = self.run_client(mock, submits=self.submits(registered_delivery=1), delivers=3)
            receipts = [answer for answer in answers if "esm_class" in answer]
            self.assertEqual([4, 4, 4], [receipt["esm_class"] & 0x3C for receipt in receipts])
            texts = [bytes.fromhex(receipt["hex"]).decode() for receipt in receipts]
            for answer, text in zip([answer for answer in answers if "to" in answer], texts):
                self.assertIn(f"id:{answer['message_id']} ", text)
                self.assertIn("stat:DELIVRD", text)

    def test_messages_from_mobiles_reach_a_receiver(self):
        with Mock("--user", "user:password") as mock:
            for text in (GSM, UCS2, LONG):
                status, answer = mock.call("/mo", "POST", {"account": "user", "from": "+15551234567",
                                                             "to": "12345", "text": text})
                self.assertEqual(2, status // 100, answer)
            answers = self.run_client(mock, "receiver", delivers=5)
            delivered = [answer for answer in answers if "esm_class" in answer]
            self.assertEqual([(0, GSM_OCTETS), (8, UCS2.encode("utf-16-be").hex())],
                             [(one["data_coding"], one["hex"]) for one in delivered[:2]])
            parts = [bytes.fromhex(one["hex"]) for one in delivered[2:]]
            self.assertEqual([0x40] * 3, [one["esm_class"] for one in delivered[2:]])
            self.assertEqual([b"\3\1", b"\3\2", b"\3\3"], [part[4:6] for part in parts])
            self.assertEqual(LONG, b"".join(part[6:] for part in parts).decode())

    def test_a_wrong_password_is_refused(self):
        with Mock("--user", "user:password") as mock:
            [answer] = self.run_client(mock, password="wrong")
            self.assertEqual(0x0E, answer["bind"])


if __name__ == "__main__":
    unittest.main()
