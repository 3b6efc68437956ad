"""Kannel's bearerbox against mock-smsc: binds, texts, receipts, messages from mobiles, enquire_link, unbind."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "support")]
from kannel import Kannel  # noqa: E402
from mock import Mock, program  # noqa: E402

GSM = "Hello @ £ {€}"
UCS2 = "Grüße ✓ Привет"
LONG = "0123456789" * 40


class Bearerbox(unittest.TestCase):
    def exchange(self, separate, *options):
        """All that Kannel does with an SMSC; the PDUs of it, after it has gone."""
        with tempfile.TemporaryDirectory() as folder:
            capture = os.path.join(folder, "kannel.pcapng")
            with Mock("--user", "user:password", "--pcap", capture, *options) as mock:
                with Kannel(mock.smpp, separate=separate) as kannel:
                    kannel.send("15550000001", GSM, receipts=True)
                    kannel.send("15550000002", UCS2, receipts=True, coding=2)
                    kannel.send("15550000003", LONG, receipts=True)
                    self.check_texts(mock)
                    self.check_receipts(kannel)
                    self.check_mobile(mock, kannel)
                    kannel.until(lambda: self.enquired(mock), "enquire_link")
                mock.stop()
            done = subprocess.run([program("smpp-dump"), "-T", "json", capture], capture_output=True, text=True,
                                  check=True, timeout=60)
            return [json.loads(line) for line in done.stdout.splitlines()]

    def check_texts(self, mock):
        recorded = {}
        for message in mock.wait(5):
            recorded.setdefault(message["to"], []).append(message)
        self.assertEqual([GSM], [part["text"] for part in recorded["15550000001"]])
        self.assertEqual([UCS2], [part["text"] for part in recorded["15550000002"]])
        self.assertEqual(3, len(recorded["15550000003"]))
        self.assertEqual(LONG, "".join(part["text"] for part in recorded["15550000003"]))

    def check_receipts(self, kannel):
        """Of a long message Kannel asks for one. State 8: taken by the SMSC; 1: delivered."""
        reports = [(report["to"], report["state"]) for report in kannel.wait("/dlr", 6)]
        self.assertEqual(sorted((f"1555000000{n}", state) for n in "123" for state in "18"), sorted(reports))

    def check_mobile(self, mock, kannel):
        for text in (GSM, UCS2, LONG):
            status, answer = mock.call("/mo", "POST", {"from": "+15551234567", "to": "12345", "text": text})
            self.assertEqual(2, status // 100, answer)
        texts = "".join(seen["text"] for seen in kannel.wait("/mo", 3))
        for text in (GSM, UCS2):
            self.assertIn(text, texts)

    @staticmethod
    def enquired(mock):
        with open(mock.options[mock.options.index("--pcap") + 1], "rb") as file:
            return b"\x00\x00\x00\x10\x00\x00\x00\x15" in file.read()

    def check_sessions(self, pdus, binds):
        names = [pdu["name"] for pdu in pdus]
        self.assertEqual(binds, {name for name in names if name.startswith("bind") and not name.endswith("_resp")})
        for request in ("enquire_link", "unbind", "submit_sm", "deliver_sm"):
            self.assertIn(request, names)
            self.assertEqual(names.count(request), names.count(request + "_resp"), request)
        refused = [pdu for pdu in pdus if pdu["command_status"] != 0]
        self.assertEqual([], refused)

    def test_transceiver(self):
        self.check_sessions(self.exchange(False), {"bind_transceiver"})

    def test_transmitter_and_receiver(self):
        # A receipt that arrives at once overtakes the response on the other connection, and Kannel drops it.
        pdus = self.exchange(True, "--receipt-delay", "300ms")
        self.check_sessions(pdus, {"bind_transmitter", "bind_receiver"})


if __name__ == "__main__":
    unittest.main()
