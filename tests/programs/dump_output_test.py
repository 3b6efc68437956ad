"""What smpp-dump says of PDUs, in each of its outputs."""
import csv
import io
import json
import os
import pty
import re
import struct
import subprocess
import tempfile
import unittest

from mock import program
from smpp_peer import c_string, submit_sm, tlv

CAPTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "captures")
DUMP = program("smpp-dump")
SUBMIT_SM, DELIVER_SM = 4, 5
SAR = tlv(0x020C, b"\0\x42") + tlv(0x020E, b"\x03") + tlv(0x020F, b"\x02")


def dump(*arguments, code=0, **more):
    done = subprocess.run([DUMP, *arguments], capture_output=True, timeout=60, check=False, **more)
    assert done.returncode == code, done
    return done.stdout.decode()


def capture(name):
    return os.path.join(CAPTURES, name)


def pdu(command, body, number=1):
    return (struct.pack(">IIII", 16 + len(body), command, 0, number) + body).hex()


def message(text, command=SUBMIT_SM, tlvs=b"", esm_class=0, times=("", "")):
    body = (c_string("") + b"\1\1" + c_string("15551234567") + b"\1\1" + c_string("15557654321") + bytes([esm_class, 0, 0]) +
            c_string(times[0]) + c_string(times[1]) + b"\0\0\0\0" + bytes([len(text)]) + text + tlvs)
    return pdu(command, body)


def receipt(text):
    return message(text, DELIVER_SM, esm_class=4)


class Json(unittest.TestCase):
    @staticmethod
    def one(frame):
        return json.loads(dump("-T", "json", "--hex", frame))

    def test_receipts_are_taken_apart(self):
        dlr = self.one(receipt(b"id:0A1B sub:001 dlvrd:000 submit date:2607241012 done date:2607241013 stat:UNDELIV err:02b "
                               b"text:Hello"))["dlr"]
        self.assertEqual({"id": "0A1B", "sub": "001", "dlvrd": "000", "submit_date": "2026-07-24T10:12:00",
                          "done_date": "2026-07-24T10:13:00", "state": "UNDELIV", "err": "02b", "text": "Hello"}, dlr)
        self.assertEqual({"id": "7", "state": "DELIVRD", "done_date": "soon"},
                         self.one(receipt(b"id:7 done date:soon stat:DELIVRD"))["dlr"])
        self.assertNotIn("dlr", self.one(message(b"hello")))

    def test_every_known_pdu_has_a_list_of_tlvs(self):
        records = [json.loads(line) for line in dump("-T", "json", capture("all_commands.pcap")).splitlines()]
        for record in records:
            if record["name"] != "unknown" and not record.get("truncated"):
                self.assertIsInstance(record["tlvs"], list, record["name"])
        self.assertEqual([], self.one(pdu(0x15, b""))["tlvs"])


class Tree(unittest.TestCase):
    def check(self, frame, *lines):
        out = dump("-T", "tree", "--hex", frame)
        for line in lines:
            self.assertIn(line + "\n", out)

    def test_zeroes_say_something_as_well(self):
        self.check(message(b"hi"), "esm_class = 0  default mode, normal message", "registered_delivery = 0  no receipt",
                   "protocol_id = 0  plain short message", "schedule_delivery_time =   at once",
                   "validity_period =   the message centre's default", "priority_flag = 0  lowest")

    def test_times(self):
        self.check(message(b"hi", times=("260801120000004+", "000002010000000R")),
                   "schedule_delivery_time = 260801120000004+  2026-08-01 12:00:00 UTC+01:00, 2026-08-01 11:00:00 UTC",
                   "validity_period = 000002010000000R  2 days 1 hour after its arrival")
        self.check(message(b"hi", times=("260801123005708-", "2699")),
                   "schedule_delivery_time = 260801123005708-  2026-08-01 12:30:05.7 UTC-02:00, 2026-08-01 14:30:05.7 UTC",
                   "validity_period = 2699  not of the form of times")

    def test_tlvs(self):
        for tag, value, words in (
                (0x0381, b"\x01\x01\x0115551234", "callback_num = 010101" + b"15551234".hex() + "  15551234, international, isdn"),
                (0x0381, b"\x00\x01\x01\x01\x0a", "callback_num = 000101010a  10, international, isdn"),
                (0x0423, b"\x03\0\x22", "network_error_code = 030022  GSM, error 34"),
                (0x0423, b"034", "network_error_code = 303334  error 34"),
                (0x0005, b"\x03", "dest_addr_subunit = 3  smart card"), (0x0501, b"\x11", "ussd_service_op = 17  PSSR response"),
                (0x1383, b"\x07\x05", "its_session_info = 0705  session 7, message 2, the last"),
                (0x0202, b"\x80\x01", "source_subaddress = 8001  NSAP, even"), (0x0427, b"\x05", "message_state = 5  UNDELIVERABLE"),
                (0x0302, b"\x05", "callback_num_pres_ind = 5  restricted, verified and passed"),
                (0x1204, b"\x04\x02\0\x0c", "ms_validity = 0402000c  for 12 hours"),
                (0x1401, b"\x01", "tlv = 01  tag 0x1401")):
            with self.subTest(words):
                self.check(message(b"hi", tlvs=tlv(tag, value)), words)

    def test_parts_and_elements_of_headers(self):
        self.check(message(b"\x0c\x05\x04\x0b\x84\x23\xf0\x00\x03\x42\x03\x02\x70" + b"hi", esm_class=0x40),
                   "udh 05 ports = 0b8423f0  to 2948 from 9200", "udh 00 concatenation = 420302  part 2 of 3, reference 66")
        self.check(message(b"\x03\x24\x01\x01hi", esm_class=0x40), "udh 24 national language single shift = 01  turkish")
        self.check(message(b"hi", tlvs=SAR), "         part 2 of 3, reference 66")

    def test_coding_groups(self):
        for coding, words in ((0xF5, "octets, class 1: the phone's memory"), (0x18, "ucs2, class 0: shown at once"),
                              (0xC9, "gsm7, sign of a fax on, text discarded")):
            self.check(pdu(SUBMIT_SM, submit_sm(text=b"hi", coding=coding)), f"data_coding = {coding}  {words}")

    def test_receipts(self):
        self.check(receipt(b"id:7 sub:001 done date:2607241013 stat:DELIVRD err:000"), "receipt id = 7", "receipt sub = 001",
                   "receipt done date = 2607241013", "receipt stat = DELIVRD")


class Text(unittest.TestCase):
    def test_parts_by_tlvs_are_shown_as_those_by_headers(self):
        header = message(b"\x05\0\x03\x42\x03\x02hello", esm_class=0x40)
        for frame in (header, message(b"hello", tlvs=SAR)):
            self.assertIn(' gsm7 part 2/3 of 66 "hello"', dump("--hex", frame))

    def test_nothing_wraps(self):
        for name in ("all_commands.pcap", "malformed.pcap", "plain.pcap", "noise.pcap", "ipv6.pcap"):
            for columns in (40, 80):
                out = dump("--columns", str(columns), capture(name))
                for line in out.splitlines():
                    if re.search(r" #\d+ [<>] ", line):
                        self.assertLessEqual(len(line), columns, line)
        out = dump("--columns", "80", capture("all_commands.pcap"))
        self.assertRegex(out, r' 1/2 "[^"]+…"\n')
        self.assertNotIn("part 1/2", out)

    def test_colour(self):
        refused = (struct.pack(">IIII", 16, 0x80000009, 0xE, 1)).hex()
        for environment, coloured in (({}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)):
            ours, its = pty.openpty()
            subprocess.run([DUMP, "--hex", refused], stdout=its, timeout=60, check=True,
                           env={**os.environ, "TERM": "xterm", **environment})
            self.assertEqual(coloured, b"\x1b[" in os.read(ours, 4096), environment)
            os.close(ours)
            os.close(its)


class Csv(unittest.TestCase):
    def test_nothing_in_it_is_for_the_terminal(self):
        for coding, text, shown in ((0, b"a\x1b\x00b", None), (3, b"a\x9b2Jb\x1b[2J", "a 2Jb [2J"),
                                    (8, "a\u202eb\u009b".encode("utf-16-be"), "a b ")):
            out = dump("-T", "csv", "--hex", pdu(SUBMIT_SM, submit_sm(text=text, coding=coding)))
            self.assertFalse(re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", out), out)
            row = next(csv.DictReader(io.StringIO(out, newline="")))
            self.assertIn(shown, (None, row["text"]))
        body = submit_sm(to="1555").replace(b"1555", b"15\x9b5")
        self.assertIn("15\uFFFD5", dump("-T", "csv", "--hex", pdu(SUBMIT_SM, body)))


class Receipts(unittest.TestCase):
    def test_each_is_counted_for_what_it_is(self):
        asks = pdu(SUBMIT_SM, submit_sm(registered=1), 1) + pdu(0x80000004, c_string("17"), 1)
        came = receipt(b"id:17 stat:DELIVRD err:000")
        other = receipt(b"id:99 stat:DELIVRD err:000")
        for frames, said in ((asks, "1 submit asked for a receipt, 0 have come\n"),
                             (asks + came, "1 submit asked for a receipt, 1 has come\n"),
                             (asks + came * 2, "1 submit asked for a receipt, 1 has come, 1 again\n"),
                             (asks + came + other, "1 has come; 1 receipt for which none is seen to have asked\n"),
                             (asks * 2, "2 submits asked for a receipt, 0 have come\n")):
            with self.subTest(said):
                self.assertIn(said, dump("--stats", "--hex", frames))
        totals = json.loads(dump("--stats", "-T", "json", "--hex", asks + came * 3 + other).splitlines()[-1])
        self.assertEqual([1, 1, 2, 1], [totals[f"receipts_{what}"] for what in ("asked", "matched", "repeated", "unasked")])


class Hex(unittest.TestCase):
    def test_words_tell_who_speaks(self):
        enquire, answer, bind = pdu(0x15, b"", 7), pdu(0x80000015, b"", 7), pdu(9, b"user\0pw\0\0\x34\0\0\0")
        log = f"TX {bind}\nRX {enquire}\nTX {answer}\nrecv {enquire}\nsent {answer}\n"
        with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
            for text, ours in ((log, "esme"), (log.replace("TX", "--").replace("RX", "TX").replace("--", "RX")
                                               .replace("recv", "--").replace("sent", "recv").replace("--", "sent"), "mc")):
                file.seek(0)
                file.write(text)
                file.truncate()
                file.flush()
                records = [json.loads(line) for line in dump("-T", "json", "--hex", "@" + file.name).splitlines()]
                self.assertEqual(["esme", "mc", "esme", "mc", "esme"], [r["src"] for r in records], ours)
                self.assertEqual([False, False, True, False, True], ["request_frame" in r for r in records])


class LookingAhead(unittest.TestCase):
    def test_what_is_live_cannot_be_read_twice(self):
        for arguments in (("-Y", "!answered"), ("-Y", "unbind", "--with", "resp")):
            for live in (("-i", "lo"), ("--proxy", "127.0.0.1:0=127.0.0.1:1"), ("-",), ("--hex", "@-")):
                done = subprocess.run([DUMP, *arguments, *live], capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL)
                self.assertEqual(2, done.returncode, done)
                self.assertIn(b"read more than once", done.stderr)


if __name__ == "__main__":
    unittest.main()
