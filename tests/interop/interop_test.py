"""Our programs and peers that are not ours: node-smpp on either side, tshark over our captures. See scripts/interop."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from certificates import Certificates  # noqa: E402
from mock import Mock, program  # noqa: E402

GSM = "Hello @ £ {€}"
UCS2 = "Grüße ✓ 😀"
LONG = "0123456789" * 40
SECONDS = 60


def node(script, *arguments):
    return ["node", os.path.join(HERE, script), *arguments]


def notify(*arguments, body=GSM):
    return subprocess.run([program("notifier"), "-b", body, "--output", "json", *arguments],
                          capture_output=True, text=True, timeout=SECONDS, check=False)


class NodeClient(unittest.TestCase):
    """node-smpp submits to mock-smsc."""

    def submit(self, mock, submits, **options):
        options.setdefault("host", "127.0.0.1")
        options.setdefault("port", mock.port)
        done = subprocess.run(node("node_client.js", json.dumps(options)), input=json.dumps(submits),
                              capture_output=True, text=True, timeout=SECONDS, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return [json.loads(line) for line in done.stdout.splitlines()]

    def messages(self):
        # Left to itself node-smpp says data_coding 1 (ASCII) and sends GSM 03.38.
        return [{"source_addr": "12345", "destination_addr": "15550000001", "short_message": GSM, "data_coding": 0},
                {"source_addr": "12345", "destination_addr": "15550000002", "short_message": UCS2},
                {"source_addr": "12345", "destination_addr": "15550000003", "message_payload": LONG, "data_coding": 0}]

    def check(self, mock, answers):
        self.assertEqual({"bind": 0, "system_id": "mock-smsc"}, answers[0])
        self.assertIn({"enquire_link": True}, answers)
        self.assertEqual({"unbind": 0}, answers[-1])
        taken = [answer for answer in answers if "status" in answer]
        self.assertEqual([0, 0, 0], [answer["status"] for answer in taken])
        recorded = {message["to"]: message for message in mock.wait(3)}
        for answer, text in zip(taken, (GSM, UCS2, LONG)):
            message = recorded[answer["to"]]
            self.assertEqual(text, message["text"])
            self.assertEqual(answer["message_id"], message["message_id"])
        self.assertEqual([], mock.get("/lint", severity="warning")["findings"])  # it is a correct client

    def test_gsm_ucs2_and_long_in_the_clear(self):
        with Mock() as mock:
            self.check(mock, self.submit(mock, self.messages()))

    def test_gsm_ucs2_and_long_over_tls(self):
        with Mock("--tls-self-signed") as mock:
            self.check(mock, self.submit(mock, self.messages(), host="localhost", port=mock.tls_port, tls=True,
                                         ca=mock.ca))

    def test_a_transmitter(self):
        with Mock() as mock:
            self.check(mock, self.submit(mock, self.messages(), bind="transmitter"))
            self.assertEqual("transmitter", mock.get("/sessions")["sessions"][0]["bind"])

    def test_messages_from_mobiles_reach_receivers_and_transceivers(self):
        for bind in ("receiver", "transceiver"):
            with self.subTest(bind), Mock() as mock:
                for text in (GSM, UCS2, LONG):
                    self.assertEqual(202, mock.call("/mo", "POST", {"account": "user", "from": "+15551234567", "to": "12345", "text": text})[0])
                answers = self.submit(mock, [], bind=bind, delivers=5)
                self.assertEqual({"unbind": 0}, answers[-1])
                got = [answer for answer in answers if "deliver" in answer]
                self.assertEqual({"15551234567"}, {answer["from"] for answer in got})
                self.assertEqual([GSM, UCS2], [answer["deliver"] for answer in got[:2]])
                self.assertEqual(LONG, "".join(answer["deliver"] for answer in got[2:]))
                self.assertEqual([0x40] * 3, [answer["esm_class"] for answer in got[2:]])

    def test_a_receipt_comes_back(self):
        with Mock() as mock:
            submit = {"destination_addr": "15550000001", "short_message": GSM, "registered_delivery": 1}
            answers = self.submit(mock, [submit], delivers=1)
            [receipt] = [answer for answer in answers if "deliver" in answer]
            [taken] = [answer for answer in answers if "status" in answer]
            self.assertEqual(taken["message_id"], receipt["id"])
            self.assertIn("stat:DELIVRD", receipt["deliver"])
            self.assertEqual(4, receipt["esm_class"] & 0x3C)

    def test_a_wrong_password_is_refused(self):
        with Mock("--user", "user:another") as mock:
            [answer] = self.submit(mock, [])
            self.assertNotEqual(0, answer["bind"])


class NodeServer:
    """A message centre by node-smpp. .lines() are the PDUs it saw, after it was stopped."""

    def __init__(self, *certificate):
        self.process = subprocess.Popen(node("node_server.js", *certificate), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process:
            output, _ = self.process.communicate("", timeout=SECONDS)
            self.process = None
            self.seen = [json.loads(line) for line in output.splitlines()]
        return self.seen


class Notifier(unittest.TestCase):
    """notifier sends to node-smpp."""

    def sent(self, server, body, query="", schema="smpp", host="127.0.0.1"):
        done = notify(f"{schema}://user:password@{host}:{server.port}/+15551234567/+15557654321{query}", body=body)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        outcome = json.loads(done.stdout.splitlines()[0])
        self.assertEqual("accepted", outcome["state"])
        seen = server.stop()
        self.assertEqual(("user", "password"), (seen[0]["system_id"], seen[0]["password"]))
        self.assertFalse([line for line in seen if "error" in line])
        parts = [line for line in seen if "text" in line]
        self.assertEqual(len(parts), len(outcome["message_ids"]))
        self.assertEqual({("15551234567", "15557654321")}, {(part["from"], part["to"]) for part in parts})
        return parts

    def test_gsm(self):
        with NodeServer() as server:
            [part] = self.sent(server, GSM)
            self.assertEqual((GSM, 0), (part["text"], part["coding"]))

    def test_ucs2(self):
        with NodeServer() as server:
            [part] = self.sent(server, UCS2)
            self.assertEqual((UCS2, 8), (part["text"], part["coding"]))

    def test_long(self):
        for body in (LONG, UCS2 * 30):
            with self.subTest(body), NodeServer() as server:
                parts = self.sent(server, body)
                self.assertGreater(len(parts), 2)
                self.assertEqual(body, "".join(part["text"] for part in parts))
                self.assertTrue(all(part["esm_class"] & 0x40 and part["udh"] for part in parts))

    def test_over_tls(self):
        with Certificates() as authority, NodeServer(*authority.issue("localhost")) as server:
            [part] = self.sent(server, GSM, f"?ca={authority.ca}", "smpps", "localhost")
            self.assertEqual(GSM, part["text"])

    def test_refusals_are_told(self):
        with NodeServer() as server:
            done = notify(f"smpp://user:wrong@127.0.0.1:{server.port}/+15551234567/+15557654321")
            self.assertEqual(1, done.returncode)
            self.assertIn("ESME_RINVPASWD", done.stdout)
            done = notify(f"smpp://user:password@127.0.0.1:{server.port}/+15551234567/+15557654321/+15550000666")
            outcomes = {o["to"]: o for o in map(json.loads, done.stdout.splitlines()) if "state" in o}
            self.assertEqual("accepted", outcomes["15557654321"]["state"])
            self.assertEqual(("rejected", "ESME_RINVDSTADR"),
                             (outcomes["15550000666"]["state"], outcomes["15550000666"]["status"]))
            self.assertEqual(1, done.returncode)


class Tshark(unittest.TestCase):
    """tshark reads what notifier --pcap writes, and says the same as smpp-dump."""

    FIELDS = ("command_id", "command_status", "sequence_number", "system_id", "source_addr_ton", "source_addr_npi",
              "source_addr", "dest_addr_ton", "dest_addr_npi", "destination_addr", "data_coding", "sm_length",
              "message_id", "service_type", "protocol_id", "registered_delivery")
    TSHARK = {"command_id": "smpp.command_id", "registered_delivery": "smpp.regdel.receipt"}

    def by_tshark(self, capture, port):
        names = [self.TSHARK.get(field, "smpp." + field) for field in self.FIELDS] + ["smpp.message"]
        fields = [word for name in ["frame.number", *names] for word in ("-e", name)]
        done = subprocess.run(["tshark", "-r", capture, "-d", f"tcp.port=={port},smpp", "-Y", "smpp", "-T", "fields",
                               "-E", "separator=\x1f", *fields], capture_output=True, text=True, check=True,
                              timeout=SECONDS)
        return [dict(zip(("frame", *self.FIELDS, "short_message"), line.split("\x1f")))
                for line in done.stdout.splitlines()]

    @staticmethod
    def by_us(capture):
        done = subprocess.run([program("smpp-dump"), "-T", "json", "--show-secrets", capture], capture_output=True,
                              text=True, check=True, timeout=SECONDS)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def compare(self, capture, port):
        theirs, ours = self.by_tshark(capture, port), self.by_us(capture)
        self.assertEqual([int(pdu["frame"]) for pdu in theirs], [pdu["frame"] for pdu in ours])
        compared = 0
        for their, our in zip(theirs, ours):
            for field in (*self.FIELDS, "short_message"):
                if their[field] in ("", "(Default)"):
                    continue
                got = our[field]
                want = int(their[field], 0) if isinstance(got, int) else their[field]
                if field == "short_message":
                    want = want.replace(":", "")
                self.assertEqual(want, got & 3 if field == "registered_delivery" else got, (field, our))
                compared += 1
        return ours, compared

    def test_a_session_of_every_kind_of_text(self):
        with tempfile.TemporaryDirectory() as folder, Mock() as mock:
            for number, body in enumerate((GSM, UCS2, LONG, UCS2 * 30)):
                with self.subTest(body):
                    capture = os.path.join(folder, f"{number}.pcapng")
                    done = notify("--pcap", capture, f"smpp://user:secret@{mock.smpp}/+15551234567/+15557654321",
                                  body=body)
                    self.assertEqual(0, done.returncode, done.stderr)
                    pdus, compared = self.compare(capture, mock.port)
                    self.assertGreaterEqual(len(pdus), 6)
                    self.assertGreaterEqual(compared, 4 * len(pdus))
                    self.assertNotIn("secret", json.dumps(pdus))


if __name__ == "__main__":
    unittest.main()
