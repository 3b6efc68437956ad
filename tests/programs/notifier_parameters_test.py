"""Every parameter of a URL, as it is seen by mock-smsc: in the query, and as an option of the command line."""
import subprocess
import unittest

from certificates import Certificates
from mock import Mock, program

LONG = "0123456789" * 17  # two parts

# Parameter, value, text, and what the record of the first message has then.
PDU = [
    ("encoding", "ucs2", "Hi", {"data_coding": 8, "short_message": "00480069"}),
    ("encoding", "latin1", "é", {"data_coding": 3, "short_message": "e9"}),
    ("encoding", "cyrillic", "Ж", {"data_coding": 6, "short_message": "b6"}),
    ("encoding", "hebrew", "א", {"data_coding": 7, "short_message": "e0"}),
    ("encoding", "ascii", "a", {"data_coding": 1, "short_message": "61"}),
    ("data_coding", "245", "Hi", {"data_coding": 245, "short_message": "4869"}),
    ("default_alphabet", "latin1", "é@", {"data_coding": 0, "short_message": "e940"}),
    ("split", "udh", LONG, {"esm_class": 0x40, "sm_length": 159}),
    ("split", "udh16", LONG, {"esm_class": 0x40, "sm_length": 159}),
    ("split", "sar", LONG, {"esm_class": 0, "tags": [0x020C, 0x020E, 0x020F]}),
    ("split", "payload", LONG, {"sm_length": 0, "tags": [0x0424]}),
    ("split", "none", LONG, {"sm_length": 170, "tags": []}),
    ("service_type", "WAP", "Hi", {"service_type": "WAP"}),
    ("receipt", "final", "Hi", {"registered_delivery": 1}),
    ("receipt", "failure", "Hi", {"registered_delivery": 2}),
    ("receipt", "intermediate", "Hi", {"registered_delivery": 0x11}),
    ("validity", "1d12h", "Hi", {"validity_period": "000001120000000R"}),
    ("schedule", "2h", "Hi", {"schedule_delivery_time": "000000020000000R"}),
    ("schedule", "2036-05-01T08:00:00+02:00", "Hi", {"schedule_delivery_time": "360501060000000+"}),
    ("class", "flash", "Hi", {"data_coding": 0x10}),
    ("class", "2", "Hi", {"data_coding": 0x12}),
    ("protocol_id", "65", "Hi", {"protocol_id": 65}),
    ("priority", "3", "Hi", {"priority_flag": 3}),
    ("tlv", "0x1400:hex:0a0b", "Hi", {"tlvs": [[0x1400, "0a0b"]]}),
    ("tlv", "0x1401:str:ab", "Hi", {"tlvs": [[0x1401, "6162"]]}),
    ("from_ton", "2", "Hi", {"source_addr_ton": 2}),
    ("from_npi", "8", "Hi", {"source_addr_npi": 8}),
    ("to_ton", "4", "Hi", {"dest_addr_ton": 4}),
    ("to_npi", "6", "Hi", {"dest_addr_npi": 6}),
]
SESSION = [
    ("bind", "trx", {"bind": "transceiver"}),
    ("bind", "tx", {"bind": "transmitter"}),
    ("system_type", "CMT", {"system_type": "CMT"}),
    ("interface_version", "5.0", {"interface_version": "0x50"}),
    ("interface_version", "3.3", {"interface_version": "0x33"}),
]
# What no record shows: how it behaves has tests of its own.
BEHAVIOUR = {"window", "rate", "cto", "rto", "keepalive", "retry", "wait", "format", "overflow", "optional", "tag", "tags",
             "emojis", "redirect", "tz"}
TLS = {"verify", "ca", "cert", "key", "servername", "tls_min"}


def known_parameters():
    details = subprocess.run([program("notifier"), "--details"], capture_output=True, text=True, check=True).stdout
    lines = details.partition("\nParameters\n")[2].partition("\n\n")[0].splitlines()
    return {line.split()[0] for line in lines if line[2] != " "}  # the others go on from the one before


class Parameters(unittest.TestCase):
    def setUp(self):
        self.mock = Mock("--tls-self-signed")
        self.mock.__enter__()
        self.addCleanup(self.mock.__exit__, None)

    def send(self, name, value, text, as_option):
        url = f"smpp://user:secret@{self.mock.smpp}/12345/+15550001111"
        encoded = value.replace("+", "%2B")
        arguments = [f"--{name}", value, url] if as_option else [f"{url}?{name}={encoded}"]
        done = subprocess.run([program("notifier"), "-b", text, *arguments], capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return self.mock.get("/messages/latest"), self.mock.get("/sessions")["sessions"]

    def test_the_table_has_every_parameter(self):
        seen = {row[0] for row in PDU + SESSION}
        self.assertEqual(known_parameters(), seen | BEHAVIOUR | TLS)

    def test_the_messages_have_what_was_asked_for(self):
        for as_option in (False, True):
            for name, value, text, expected in PDU:
                with self.subTest(name, value=value, as_option=as_option):
                    message, _ = self.send(name, value, text, as_option)
                    pdu = message["pdu"] | {"tags": sorted(tag for tag, _ in message["pdu"]["tlvs"])}
                    if len(text) == len(LONG) and value in ("udh", "udh16"):  # the latest one is the last part
                        first = self.mock.get("/messages", limit=2)["messages"][-1]["id"]
                        pdu = self.mock.get(f"/messages/{first}")["pdu"]
                        self.assertTrue(pdu["short_message"].startswith("0500" if value == "udh" else "0608"), pdu)
                    self.assertEqual(expected, {key: pdu[key] for key in expected})

    def test_the_sessions_are_bound_as_asked_for(self):
        for as_option in (False, True):
            for name, value, expected in SESSION:
                with self.subTest(name, value=value, as_option=as_option):
                    _, sessions = self.send(name, value, "Hi", as_option)
                    last = max(sessions, key=lambda session: session["id"])
                    self.assertEqual(expected, {key: last[key] for key in expected})

    def test_tls(self):
        """With a certificate for another name, one for the client, and the oldest version asked for."""
        with Certificates() as made:
            server, key = made.issue("smsc.example")
            client, client_key = made.issue("esme")
            with Mock("--tls-cert", server, "--tls-key", key, "--tls-client-ca", made.ca, "--listen-tls",
                      "127.0.0.1:0") as mock:
                def send(**query):
                    text = "&".join(f"{name}={value}" for name, value in query.items())
                    return subprocess.run(
                        [program("notifier"), "-b", "Hi", f"smpps://user:secret@{mock.smpps}/12345/+15550001111?{text}"],
                        capture_output=True, text=True, timeout=60, check=False)
                good = {"ca": made.ca, "cert": client, "key": client_key, "servername": "smsc.example", "tls_min": "1.3"}
                done = send(**good)
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                self.assertEqual("TLSv1.3", mock.get("/messages/latest")["session"]["tls"].split()[0])
                for missing in ("ca", "servername", "cert"):
                    gone = {"cert", "key"} if missing == "cert" else {missing}
                    left = {name: value for name, value in good.items() if name not in gone}
                    self.assertEqual(1, send(**left).returncode, missing)
                done = send(**{name: good[name] for name in ("cert", "key")}, verify="no")
                self.assertEqual(0, done.returncode)
                self.assertIn("verify", done.stderr)


if __name__ == "__main__":
    unittest.main()
