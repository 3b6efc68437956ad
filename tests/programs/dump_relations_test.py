"""smpp-dump: what belongs together. --with, answered, long messages joined; and the inputs --raw and --follow."""
import json
import os
import subprocess
import tempfile
import unittest

from live_dump import LiveDump
from mock import Mock, program
from smpp_peer import (BIND_TRANSCEIVER, DELIVER_SM, ENQUIRE_LINK, RESPONSE, SUBMIT_SM, Peer, c_string, pdu, submit_sm)

CAPTURES = os.path.join(os.path.dirname(__file__), "..", "data", "captures")
LONG = [b"\x05\x00\x03\x07\x02" + bytes([n]) + text for n, text in ((1, b"first half, "), (2, b"second half"))]


def dump(*arguments, code=0):
    done = subprocess.run([program("smpp-dump"), *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done
    return done.stdout, done.stderr


def records(*arguments):
    return [json.loads(line) for line in dump("-T", "json", *arguments)[0].splitlines()]


def shown(*arguments):
    """Commands and sequence numbers, in order."""
    return [(r["name"], r["sequence_number"]) for r in records(*arguments)]


class OfASession(unittest.TestCase):
    """bind 1, submits 2 (wants a receipt), 3 and 4 (parts), 5 (never answered); a receipt; unbind."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.capture = os.path.join(folder.name, "session.pcapng")
        with Mock("--pcap", cls.capture, "--receipt-delay", "1ms") as mock, Peer(mock.port) as peer:
            mock.call("/rules", "POST", {"match": {"to": "999"}, "actions": [{"no_response": True}]})
            peer.bind()
            peer.submit(registered=1)
            assert peer.next_deliver().text.startswith(b"id:1 ")
            for part in LONG:
                peer.submit(text=part, esm_class=0x40)
            peer.start(SUBMIT_SM, submit_sm(to="999"))
            peer.request(6)

    def test_what_waits_for_an_answer(self):
        self.assertEqual([("submit_sm", 5)], shown("-Y", "!answered", self.capture))
        self.assertEqual(3, len(shown("-Y", "submit_sm and answered", self.capture)))

    def test_responses_come_along_both_ways(self):
        pair = [("submit_sm", 2), ("submit_sm_resp", 2)]
        self.assertEqual(pair, shown("-Y", "submit_sm and seq == 2", "--with", "resp", self.capture))
        self.assertEqual(pair, shown("-Y", "submit_sm_resp and seq == 2", "--with", "resp", self.capture))

    def test_receipts_come_along_both_ways(self):
        all_three = [("submit_sm", 2), ("submit_sm_resp", 2), ("deliver_sm", 1)]
        for wanted in ("submit_sm and seq == 2", "dlr.state == DELIVRD"):
            self.assertEqual(all_three, shown("-Y", wanted, "--with", "dlr", self.capture))

    def test_parts_and_all_of_them_with_their_responses(self):
        self.assertEqual([("submit_sm", 3), ("submit_sm", 4)],
                         shown("-Y", 'text contains "second"', "--with", "parts", self.capture))
        self.assertEqual([("submit_sm", 3), ("submit_sm_resp", 3), ("submit_sm", 4), ("submit_sm_resp", 4)],
                         shown("-Y", 'text contains "second"', "--with", "parts,resp", self.capture))

    def test_the_session_comes_along(self):
        self.assertEqual(shown(self.capture), shown("-Y", "unbind", "--with", "session", self.capture))

    def test_a_long_message_is_joined_where_it_is_complete(self):
        found = {r["sequence_number"]: r.get("whole_text") for r in records("-Y", "submit_sm", self.capture)}
        self.assertEqual("first half, second half", found[4])
        self.assertIsNone(found[3])
        self.assertIn(' whole "first half, second half"', dump(self.capture)[0])

    def test_receipts_are_counted_and_matched(self):
        out = dump("--stats", self.capture)[0]
        self.assertRegex(out, r"1 receipt with DELIVRD\n")
        self.assertRegex(out, r"1 submit asked for a receipt, 1 has come\n  from the submit_sm_resp to the receipt: p50 ")

    def test_statuses_by_command_and_enquire_links(self):
        out = dump("--stats", os.path.join(CAPTURES, "interleave.pcap"))[0]
        self.assertRegex(out, r"\n  status .*submit_sm_resp.*\n(  ESME_.* \d+\n)+")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "links.pcapng")
            with Mock("--pcap", path) as other, Peer(other.port) as peer:
                peer.bind()
                for _ in range(3):
                    peer.request(ENQUIRE_LINK)
            self.assertRegex(dump("--stats", path)[0], r"from one enquire_link to the next: p50 ")

    def test_lint_and_files_see_what_comes_along(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "two.pcapng")
            dump("-Y", "submit_sm and seq == 2", "--with", "resp", "-w", path, self.capture)
            self.assertEqual([("submit_sm", 2), ("submit_sm_resp", 2)], shown(path))

    def test_what_cannot_be_read_twice_is_refused(self):
        for arguments in (("-Y", "!answered"), ("-Y", "unbind", "--with", "resp")):
            self.assertIn("more than once", dump(*arguments, "-", code=2)[1])

        pipe = subprocess.run(["bash", "-c", f"{program('smpp-dump')} -Y '!answered' <(cat {self.capture})"], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(2, pipe.returncode)
        self.assertIn("more than once", pipe.stderr)

    def test_mistakes_are_named(self):
        self.assertIn("'friends'", dump("-Y", "unbind", "--with", "friends", self.capture, code=2)[1])
        self.assertIn("-Y", dump("--with", "resp", self.capture, code=2)[1])


class Raw(unittest.TestCase):
    def test_two_streams_become_a_session(self):
        body = c_string("user") + c_string("secret") + c_string("") + b"\x34\0\0\0"
        client = pdu(BIND_TRANSCEIVER, 1, body) + pdu(SUBMIT_SM, 2, submit_sm()) + pdu(DELIVER_SM | RESPONSE, 1, b"\0")
        server = (pdu(BIND_TRANSCEIVER | RESPONSE, 1, b"mc\0") + pdu(SUBMIT_SM | RESPONSE, 2, b"17\0") +
                  pdu(DELIVER_SM, 1, submit_sm()) + pdu(ENQUIRE_LINK, 2))
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("client", "server")]
            for path, octets in zip(paths, (client, server)):
                with open(path, "wb") as file:
                    file.write(octets)
            self.assertEqual([("bind_transceiver", 1), ("bind_transceiver_resp", 1), ("submit_sm", 2),
                              ("submit_sm_resp", 2), ("deliver_sm", 1), ("deliver_sm_resp", 1), ("enquire_link", 2)],
                             shown("--raw", *paths))
            self.assertEqual(["esme"] * 2, [r["src"] for r in records("-Y", "submit_sm or bind_transceiver", "--raw",
                                                                      *paths)])
            self.assertNotIn("secret", dump("--raw", *paths)[0])
            self.assertIn("no/such", dump("--raw", paths[0], "/no/such", code=3)[1])
            self.assertIn("two files", dump("--raw", paths[0], code=2)[1])


class Follow(unittest.TestCase):
    def test_what_is_appended_is_shown(self):
        with open(os.path.join(CAPTURES, "interleave.pcap"), "rb") as file:
            octets = file.read()
        with tempfile.NamedTemporaryFile() as growing:
            growing.write(octets[:len(octets) // 2])  # in the middle of a packet
            growing.flush()
            with LiveDump("--follow", growing.name) as live:
                live.wait("out", r"session #4")
                before = live.out.count(" seq=")
                growing.write(octets[len(octets) // 2:])
                growing.flush()
                live.wait("out", r"#8 < unbind_resp")
                self.assertGreater(live.out.count(" seq="), before)
            self.assertEqual(0, live.code)
            self.assertEqual(dump(growing.name)[0], live.out)

    def test_it_takes_one_file(self):
        for files in ((), ("-",), ("a", "b")):
            self.assertIn("--follow", dump("--follow", *files, code=2)[1])


if __name__ == "__main__":
    unittest.main()
