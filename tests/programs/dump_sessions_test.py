"""How sessions end, and what is wrong with responses, seen in captures that are made here."""
import json
import os
import struct
import subprocess
import tempfile
import unittest

DUMP = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")
FIN, SYN, RST, ACK = 1, 2, 4, 16
HELLO = bytes.fromhex("16030100050100000100")


def pdu(command, number, body=b"", status=0):
    return struct.pack(">IIII", 16 + len(body), command, status, number) + body


BIND = pdu(9, 1, b"user\0secret\0\0\x34\0\0\0")
BOUND = pdu(0x80000009, 1, b"smsc\0")
SUBMIT = b"\0\1\1100\0\1\0014915\0\0\0\0\0\0\0\0\0\0\2hi"


class Wire:
    """Packets between one client and one server."""

    def __init__(self, port=2775):
        self.port, self.time, self.packets = port, 1700000000.0, []
        self.next = {">": 1000, "<": 5000}

    def send(self, way, payload=b"", flags=ACK, after=0.001, client=40000):
        self.time += after
        ends = [(b"\x0a\0\0\1", client), (b"\x0a\0\0\2", self.port)]
        (source, sport), (target, dport) = ends if way == ">" else ends[::-1]
        other = "<" if way == ">" else ">"
        tcp = struct.pack(">HHIIBBHHH", sport, dport, self.next[way], self.next[other], 0x50, flags, 65535, 0, 0) + payload
        self.packets.append((self.time, struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + source + target + tcp))
        self.next[way] += len(payload) + (1 if flags & (SYN | FIN) else 0)
        return self

    def connect(self):
        return self.send(">", flags=SYN).send("<", flags=SYN | ACK).send(">")

    def bind(self):
        return self.connect().send(">", BIND).send("<", BOUND)

    def dump(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "made.pcap")
            with open(path, "wb") as file:
                file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 101))
                for time, octets in self.packets:
                    file.write(struct.pack("<IIII", int(time), int(time % 1 * 1e6), len(octets), len(octets)) + octets)
            done = subprocess.run([DUMP, *arguments, path], capture_output=True, text=True, timeout=60, check=False)
            return done.stdout


class Endings(unittest.TestCase):
    def check(self, wire, words):
        self.assertIn(f" #1 {words}\n", wire.dump())
        self.assertIn(f" #1 {words}\n", wire.dump("-T", "tree"))
        self.assertIn(f" s {words}\n", wire.dump("--ladder"))
        self.assertIn(f"Note over C,S: {words.replace(';', '#59;')}\n", wire.dump("--ladder=mermaid"))
        self.assertIn(words, wire.dump("--ladder=html"))
        self.assertIn(f"  {words}\n", wire.dump("--stats"))
        events = [json.loads(line) for line in wire.dump("-T", "json", "--events").splitlines() if '"event"' in line]
        self.assertEqual([words], [event["reason"] for event in events])
        self.assertNotIn('"event"', wire.dump("-T", "json"))

    def test_nobody_listens(self):
        self.check(Wire().send(">", flags=SYN).send("<", flags=RST | ACK),
                   "refused: the SYN was answered by a reset; nothing listens there, or a firewall is between")

    def test_nobody_is_there(self):
        self.check(Wire().send(">", flags=SYN), "no answer to 1 SYN: the host is down, or a firewall drops the packets")

    def test_other_connections_that_fail_are_not_of_interest(self):
        self.assertEqual("", Wire(80).send(">", flags=SYN).send("<", flags=RST | ACK).dump())
        self.assertIn("refused", Wire(80).send(">", flags=SYN).send("<", flags=RST | ACK).dump("-p", "80"))

    def test_a_bind_without_an_answer(self):
        self.check(Wire().connect().send(">", BIND).send("<", flags=FIN | ACK).send(">", flags=FIN | ACK),
                   "closed by the server before the bind was answered, 1 request unanswered")
        self.check(Wire().connect().send(">", BIND).send("<", flags=RST),
                   "reset by the server before the bind was answered, 1 request unanswered")
        self.check(Wire().connect().send(">", BIND),
                   "open at the end of the capture before the bind was answered, 1 request unanswered")

    def test_a_refused_bind(self):
        self.check(Wire().connect().send(">", BIND).send("<", pdu(0x80000009, 1, status=14)).send("<", flags=FIN | ACK),
                   "closed by the server after the bind was refused: ESME_RINVPASWD")

    def test_tls_to_a_plain_port(self):
        self.check(Wire().connect().send(">", HELLO).send("<", flags=FIN | ACK),
                   "closed by the server: the client began TLS and got no answer: the port may be for plain SMPP")
        self.check(Wire().connect().send(">", HELLO).send("<", pdu(0x80000000, 0, status=2)).send("<", flags=FIN | ACK),
                   "closed by the server: the client began TLS, the server answered without: the port is for plain SMPP")

    def test_requests_that_were_left(self):
        self.check(Wire().bind().send(">", pdu(4, 2, SUBMIT)).send(">", pdu(0x15, 3)).send(">", flags=FIN | ACK),
                   "closed by the client, 2 requests unanswered")

    def test_a_session_ends_when_it_does(self):
        wire = Wire().bind().send(">", flags=FIN | ACK).send("<", flags=FIN | ACK)
        wire.next = {">": 90000, "<": 70000}
        wire.send(">", flags=SYN, after=5, client=40001).send("<", flags=SYN | ACK, client=40001)
        wire.send(">", BIND, client=40001)
        lines = wire.dump().splitlines()
        self.assertLess(lines.index(next(line for line in lines if "#1 closed" in line)),
                        lines.index(next(line for line in lines if "session #2" in line)))

    def test_a_reset_that_was_none(self):
        wire = Wire().bind().send("<", flags=RST).send(">", pdu(4, 2, SUBMIT), after=5).send("<", pdu(0x80000004, 2, b"x\0"))
        self.assertEqual(4, len(wire.dump("-T", "json").splitlines()))


class Responses(unittest.TestCase):
    def setUp(self):
        self.wire = Wire().bind()
        for number in (2, 3, 4, 5):
            self.wire.send(">", pdu(4, number, SUBMIT))
        self.wire.send("<", pdu(0x80000004, 2, b"a\0")).send("<", pdu(0x80000004, 2, b"a\0"))  # twice
        self.wire.send("<", pdu(0x80000021, 3, b"b\0\0"))  # of a submit_multi
        self.wire.send("<", pdu(0x80000004, 99, b"c\0"))  # of nothing
        self.wire.send("<", pdu(0x80000004, 4, b"d\0"), after=60)

    def matching(self, wanted, *more):
        lines = self.wire.dump("-T", "json", "-Y", wanted, *more).splitlines()
        return [(record["name"], record["sequence_number"]) for record in map(json.loads, lines)]

    def test_filters(self):
        self.assertEqual([("submit_sm_resp", 2)], self.matching("duplicate"))
        self.assertEqual([("submit_multi_resp", 3)], self.matching("mismatched"))
        self.assertEqual([("submit_sm_resp", 99)], self.matching("unsolicited"))
        self.assertEqual([("submit_sm_resp", 4)], self.matching("late"))
        self.assertEqual([], self.matching("late", "--late", "61"))
        for missing in ("missing", "!answered"):
            self.assertEqual([("submit_sm", 3), ("submit_sm", 5)], self.matching(missing))

    def test_lines_and_statistics(self):
        out = self.wire.dump()
        for words in ("[late]", "[duplicate: the request has its response already]", "[the request is of another command]",
                      "[unsolicited: no request has this sequence_number]"):
            self.assertEqual(1, out.count(words), words)
        self.assertIn("  2 requests without a response; responses: 1 late, 1 duplicate, 1 unsolicited, 1 to another command\n",
                      self.wire.dump("--stats"))
        session, every = map(json.loads, self.wire.dump("--stats", "-T", "json").splitlines())
        for figures in (session, every):
            self.assertEqual((2, 1, 1, 1, 1), tuple(figures[key] for key in (
                "unanswered", "late", "duplicate", "unsolicited", "mismatched")))
        self.assertEqual((1, "user", [4, 0]), (session["session"], session["system_id"], session["most_outstanding"]))

    def test_a_filter_does_not_change_what_is_outstanding(self):
        session = json.loads(self.wire.dump("--stats", "-T", "json", "-Y", "submit_sm").splitlines()[0])
        self.assertEqual((4, 2, [4, 0]), (session["pdus"], session["unanswered"], session["most_outstanding"]))


class Hex(unittest.TestCase):
    def test_responses_go_the_other_way_and_are_matched(self):
        text = pdu(0x15, 7).hex() + "\n" + pdu(0x80000015, 7).hex()
        done = subprocess.run([DUMP, "--hex", "@-"], input=text, capture_output=True, text=True, timeout=60, check=True)
        self.assertEqual(["#1 > enquire_link seq=7", "#1 < enquire_link_resp seq=7 ESME_ROK"], done.stdout.splitlines()[1:])
        done = subprocess.run([DUMP, "-T", "json", "--hex", "@-"], input=text, capture_output=True, text=True, timeout=60, check=True)
        self.assertEqual(1, json.loads(done.stdout.splitlines()[1])["request_frame"])


if __name__ == "__main__":
    unittest.main()
