"""smpp-dump --anonymise: nothing of the people is left, in any output; how the protocol went is."""
import json
import os
import struct
import subprocess
import tempfile
import unittest

from mock import Mock, program
from smpp_peer import Peer, submit_multi, tlv

SECRETS = ("SECRETSHOP", "15550001111", "15550002222", "15550003333", "ACMEBANK", "wombat", "zeppelin", "hunter2", "4917")
RECEIPTED = "15550001111"


def dump(*arguments, code=0):
    done = subprocess.run([program("smpp-dump"), *arguments], capture_output=True, timeout=60, check=False)
    assert done.returncode == code, done
    return done.stdout.decode(errors="replace")


class Anonymise(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.capture = os.path.join(cls.folder.name, "session.pcapng")
        with Mock("--pcap", cls.capture, "--receipt-delay", "1ms") as mock, Peer(mock.port) as peer:
            assert peer.bind("SECRETSHOP", "hunter2") == 0
            peer.submit(to=RECEIPTED, text=b"the wombat owes 4917", sender="ACMEBANK", registered=1)
            peer.next_deliver()
            for number, text in ((1, b"the zep"), (2, b"pelin, the zeppelin")):
                peer.submit(to="15550002222", text=b"\x05\x00\x03\x07\x02" + bytes([number]) + text, esm_class=0x40)
            peer.submit(to="15550002222", text="wombat ωομβατ".encode("utf-16-be"), coding=8)
            peer.submit(to="15550002222", text=b"", tlvs=tlv(0x0424, b"wombat" * 50) + tlv(0x1401, b"wombat") +
                        tlv(0x0381, b"\x01\x01\x0115550003333"))
            peer.request(0x21, submit_multi(["15550002222", "15550003333"], text=b"wombats"))
            peer.request(6)

    def test_no_output_has_anything_of_them(self):
        for arguments in ((), ("-T", "tree"), ("-T", "json", "-x", "--names"), ("-T", "csv"), ("--stats",), ("--ladder",),
                          ("--ladder=html",), ("-x", "--show-secrets")):
            with self.subTest(arguments):
                clear = dump(*arguments, self.capture)
                self.assertTrue(any(secret in clear for secret in SECRETS) or arguments == ("--stats",), "what is searched for is there")
                out = dump("--anonymise", *arguments, self.capture)
                for secret in SECRETS:
                    self.assertNotIn(secret, out)
                    self.assertNotIn(secret.encode().hex(), out)
                self.assertNotIn("127.0.0.1", out)

    def test_nor_has_the_file(self):
        path = os.path.join(self.folder.name, "clean.pcapng")
        dump("--anonymise", "-w", path, self.capture)
        with open(path, "rb") as file:
            octets = file.read()
        for secret in SECRETS:
            self.assertNotIn(secret.encode(), octets)
            self.assertNotIn(secret.encode("utf-16-be"), octets)
        before, after = ([json.loads(line) for line in dump("-T", "json", file).splitlines()] for file in (self.capture, path))
        kept = ("time", "name", "sequence_number", "command_status", "len", "message_id", "data_coding", "problems", "latency_us")
        self.assertEqual([{k: r.get(k) for k in kept} for r in before], [{k: r.get(k) for k in kept} for r in after])

    def test_the_same_becomes_the_same_and_receipts_keep_their_state(self):
        records = [json.loads(line) for line in dump("--anonymise", "-T", "json", self.capture).splitlines()]
        submits = [r for r in records if r["name"] == "submit_sm"]
        self.assertEqual(1, len({r["destination_addr"] for r in submits[1:]}))
        self.assertNotEqual(submits[0]["destination_addr"], submits[1]["destination_addr"])
        receipt = next(r for r in records if r["name"] == "deliver_sm")
        self.assertEqual(receipt["source_addr"], submits[0]["destination_addr"])
        self.assertRegex(receipt["text"], r"^id:1 .*stat:DELIVRD err:000 text:xxx xxxxxx xxxx 0000$")
        self.assertEqual("xxx xxxxxxxx, xxx xxxxxxxx", submits[2]["whole_text"])

    def test_what_cannot_be_read_is_blanked(self):
        endless = b"\0\1\1" + b"15550001111wombat"  # no NUL
        for command, body in ((0x777, b"\0\0wombat"), (0x15, b"wombat"), (4, endless), (4, endless[:9])):
            frame = (struct.pack(">IIII", 16 + len(body), command, 0, 1) + body).hex()
            clear, out = (dump(*options, "-T", "json", "-x", "--hex", frame) for options in ((), ("--anonymise",)))
            self.assertIn(body[-6:].hex(), clear)
            self.assertNotIn(body[-6:].hex(), out)
            self.assertEqual(len(body) + 16, len(json.loads(out)["hex"]) // 2)

    def test_lint_would_quote_them(self):
        done = subprocess.run([program("smpp-dump"), "--anonymise", "--lint", self.capture], capture_output=True, text=True, check=False)
        self.assertEqual(2, done.returncode)
        self.assertIn("--lint", done.stderr)


if __name__ == "__main__":
    unittest.main()
