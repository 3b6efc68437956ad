"""smpp-dump from outside: captures with known contents, damaged files, hex, secrets."""
import csv
import gzip
import io
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "data", "captures")
sys.path.insert(0, CAPTURES)
import judge  # noqa: E402
from terminal import Terminal  # noqa: E402

DUMP = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")
BIND = "0000002000000002000000000000000175736572005333637221000034000000"


def run(*arguments, stdin=b""):
    done = subprocess.run([DUMP, *arguments], input=stdin, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def without_endings(out):
    """Clean captures have other last packets than those they were made of."""
    return [line for line in out.splitlines() if not re.search(r" #\d+ (closed|reset|open) ", line)]


def capture(name):
    with open(os.path.join(CAPTURES, name), "rb") as file:
        return file.read()


def path(name):
    return os.path.join(CAPTURES, name)


class Truth(unittest.TestCase):
    def test_every_capture_is_read_as_what_it_is(self):
        names = [name for name in sorted(os.listdir(CAPTURES)) if name.endswith((".pcap", ".pcapng"))]
        self.assertGreaterEqual(len(names), 30)
        for name in names:
            with self.subTest(name):
                code, out, err = run("-T", "json", path(name))
                self.assertEqual((0, ""), (code, err))
                truth = judge.load(path(name.rsplit(".", 1)[0] + ".truth.jsonl"))
                counts, different = judge.judge(truth, [json.loads(line) for line in out.splitlines()])
                self.assertTrue(judge.good(counts), (counts, different))

    def test_gzip_and_standard_input(self):
        expected = run(path("plain.pcap"))[1]
        self.assertTrue(expected)
        self.assertEqual((0, expected, ""), run("-", stdin=capture("plain.pcap")))
        self.assertEqual((0, expected, ""), run("-", stdin=gzip.compress(capture("plain.pcap"))))


class Damage(unittest.TestCase):
    def test_a_cut_file_gives_what_is_there_and_says_where_it_ends(self):
        whole = run("-", stdin=capture("plain.pcap"))[1].splitlines()
        code, out, err = run("-", stdin=capture("plain.pcap")[:-10])
        self.assertEqual(3, code)
        self.assertGreaterEqual(len(out.splitlines()), len(whole) - 2)
        self.assertRegex(err, r"smpp-dump: .*\d+")

    def test_what_is_no_capture(self):
        code, out, err = run("-", stdin=b"this is no capture at all, is it?")
        self.assertEqual((3, ""), (code, out))
        self.assertIn("pcap", err)

    def test_a_file_that_is_not_there(self):
        code, _, err = run("/nonexistent/file.pcap")
        self.assertEqual(3, code)
        self.assertIn("/nonexistent/file.pcap", err)
        self.assertNotIn("no SMPP", err)

    def test_a_link_type_that_is_not_supported(self):
        changed = bytearray(capture("plain.pcap"))
        changed[20:24] = (147).to_bytes(4, "little")
        code, _, err = run("-", stdin=bytes(changed))
        self.assertEqual(3, code)
        self.assertIn("link type 147", err)

    def test_a_capture_without_smpp_is_said(self):
        header = capture("plain.pcap")[:24]
        code, out, err = run("-", stdin=header)
        self.assertEqual((0, ""), (code, out))
        self.assertIn("no SMPP", err)


class Hex(unittest.TestCase):
    def one(self, *arguments, **more):
        code, out, err = run("-T", "json", *arguments, **more)
        self.assertEqual((0, ""), (code, err))
        records = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(1, len(records), records)
        return records[0]

    def test_a_bind_in_any_dress(self):
        spaced = " ".join(BIND[i:i + 2] for i in range(0, len(BIND), 2))
        for text in (BIND, BIND.upper(), "0x" + BIND, spaced, spaced.replace(" ", ":"),
                     "2026-11-23 12:00:00,123 DEBUG sent pdu [" + spaced + "] to 10.0.0.1"):
            with self.subTest(text):
                record = self.one("--hex", text)
                self.assertEqual("bind_transmitter", record["name"])
                self.assertEqual("user", record["system_id"])

    def test_two_pdus_in_one_text(self):
        _, out, _ = run("--hex", "00000010000000150000000000000001\n" + "00000010800000150000000000000001")
        self.assertIn("enquire_link seq=1", out)
        self.assertIn("enquire_link_resp seq=1 ESME_ROK", out)

    def test_text_without_a_pdu(self):
        code, out, err = run("--hex", "cafe babe")
        self.assertEqual((3, ""), (code, out))
        self.assertIn("no PDU", err)

    def test_octets_after_the_pdu_are_shown_as_what_they_are(self):
        code, out, _ = run("--hex", "00000010000000150000000000000001ffffffff")
        self.assertEqual(0, code)
        self.assertIn("4 octets of no PDU", out)


class Secrets(unittest.TestCase):
    def test_passwords_are_masked_everywhere(self):
        for arguments in ((), ("-x",), ("-T", "json"), ("-T", "json", "-x")):
            with self.subTest(arguments):
                _, out, _ = run(*arguments, "--hex", BIND)
                self.assertNotIn("S3cr!", out)
                self.assertNotIn("5333637221", out.replace(" ", ""))
                self.assertIn("user", out)

    def test_passwords_are_shown_on_request(self):
        _, out, _ = run("-T", "json", "--show-secrets", "--hex", BIND)
        self.assertIn("S3cr!", out)


class Columns(unittest.TestCase):
    def setUp(self):
        self.whole = run(path("plain.pcap"))[1].splitlines()
        self.assertGreater(max(map(len, self.whole)), 140)

    def check(self, lines, columns):
        """Each line is the whole one, less the end of its text."""
        self.assertEqual(len(self.whole), len(lines))
        cut = 0
        for whole, line in zip(self.whole, lines):
            self.assertLessEqual(len(line), columns)
            before, mark, after = line.partition("…")
            if mark and not after:  # cut at last
                cut += 1
                self.assertEqual(len(line), columns)
            elif mark:
                cut += 1
                self.assertTrue(whole.startswith(before) and whole.endswith(after), (whole, line))
                self.assertEqual(len(line), columns)
            else:
                self.assertEqual(whole, line)
        self.assertGreater(cut, 0)

    def test_texts_are_cut_to_what_was_said(self):
        self.check(run("--columns", "110", path("plain.pcap"))[1].splitlines(), 110)
        self.assertEqual(self.whole, run("--columns", "0", path("plain.pcap"))[1].splitlines())

    def test_or_to_the_terminal(self):
        with Terminal([DUMP, "--colour=never", path("plain.pcap")], columns=120, rows=len(self.whole) + 10) as terminal:
            self.assertEqual(0, terminal.ends())
            self.check([line for line in terminal.text().splitlines() if line], 120)


class Formats(unittest.TestCase):
    def test_a_tree_shows_each_field_with_its_place(self):
        _, out, _ = run("-T", "tree", "--hex", BIND)
        self.assertIn("     16  system_id = user\n     21  password = ***\n", out)
        self.assertIn("interface_version = 52  3.4", out)
        self.assertIn("password = S3cr!", run("-T", "tree", "--show-secrets", "--hex", BIND)[1])

    def test_a_tree_says_what_messages_mean(self):
        text = b"\x05\0\x03\x07\x02\x01" + b"id:17 stat:UNDELIV err:011 text:"
        body = bytes(6) + b"1\0\x44" + bytes(8) + bytes([len(text)]) + text
        frame = struct.pack(">IIII", 16 + len(body), 5, 0, 1) + body
        out = run("-T", "tree", "--hex", frame.hex())[1]
        for line in ("udh 00 concatenation = 070201", "part 1 of 2, reference 7", 'text (gsm7) = "id:17 stat:UNDELIV',
                     "receipt id = 17", "receipt stat = UNDELIV", "receipt err = 011"):
            self.assertIn(line, out)

    def test_csv_has_a_row_a_pdu_and_no_formulas(self):
        code, out, _ = run("-T", "csv", path("all_commands.pcap"))
        self.assertEqual(0, code)
        rows = list(csv.DictReader(io.StringIO(out, newline="")))
        records = [json.loads(line) for line in run("-T", "json", path("all_commands.pcap"))[1].splitlines()]
        self.assertEqual([record["name"] for record in records], [row["command"].split("(")[0] for row in rows])
        self.assertEqual([re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", record.get("text", "")) for record in records],
                         [row["text"].removeprefix("'") for row in rows], "no octet is for the terminal")
        text = "=1+1"
        body = b"\0\0\0\0\0\0" + b"1\0" + bytes(9) + bytes([len(text)]) + text.encode()
        frame = (16 + len(body)).to_bytes(4, "big") + bytes.fromhex("000000040000000000000001") + body
        self.assertIn('"\'=1+1"', run("-T", "csv", "--hex", frame.hex())[1])

    def test_statistics(self):
        code, out, _ = run("--stats", path("interleave.pcap"))
        self.assertEqual(0, code)
        records = [json.loads(line) for line in run("-T", "json", path("interleave.pcap"))[1].splitlines()]
        sessions = {record["session"] for record in records}
        self.assertIn(f"{len(sessions)} sessions\n  {len(records)} PDUs", out)
        submits = sum(record["name"] == "submit_sm" for record in records)
        self.assertRegex(out.split(f"\n{len(sessions)} sessions\n")[1], rf" {submits} submit_sm\n")
        self.assertRegex(out, r"latency of \d+ responses: p50 \d+\.\d+ ms")

    def test_a_clean_capture_shows_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("ooo.pcap", "ipv6.pcap", "interleave.pcap", "packed.pcap", "plain.pcap"):
                with self.subTest(name):
                    clean = os.path.join(folder, name + "ng")
                    expected = run("-w", clean, path(name))[1]
                    code, out, err = run(clean)
                    self.assertEqual((0, without_endings(expected), ""), (code, without_endings(out), err))
                    with open(clean, "rb") as file:
                        self.assertEqual(without_endings(expected), without_endings(run("-", stdin=file.read())[1]))

    def test_a_file_that_cannot_be_written(self):
        code, _, err = run("-w", "/nonexistent/clean.pcapng", path("plain.pcap"))
        self.assertEqual(3, code)
        self.assertIn("/nonexistent/clean.pcapng", err)


class Lint(unittest.TestCase):
    SUBMIT = "0000003d000000040000000000000001000000" + b"ACME\0".hex() + "0101" + b"15551234567\0".hex() + \
        "0000000000000000" + "0005" + b"hello".hex()

    def frame(self):
        octets = bytes.fromhex(self.SUBMIT)
        return (len(octets).to_bytes(4, "big") + octets[4:]).hex()

    def test_findings_stand_behind_their_pdu(self):
        code, out, err = run("--lint", "--hex", self.frame())
        self.assertEqual(0, code, err)
        self.assertIn("esme: warning address.alpha-ton (3.4: 5.2.5) source_addr at octet 19", out)
        self.assertIn("esme: error session.before-bind", out)
        self.assertIn("1 errors, 1 warnings, 0 notes", err)

    def test_findings_as_json(self):
        _, out, _ = run("--lint", "-T", "json", "--hex", self.frame())
        findings = [record for record in map(json.loads, out.splitlines()) if "finding" in record]
        self.assertEqual(["address.alpha-ton", "session.before-bind"], [finding["finding"] for finding in findings])
        self.assertEqual(("source_addr", 19), (findings[0]["field"], findings[0]["offset"]))

    def test_fail_on_decides_about_the_status(self):
        self.assertEqual(1, run("--fail-on", "error", "--hex", self.frame())[0])
        bind = run("--fail-on", "warning", "--hex", BIND)
        self.assertEqual(0, bind[0], bind)
        self.assertEqual(2, run("--fail-on", "murder", "--hex", BIND)[0])

    @staticmethod
    def rules(*arguments):
        out = run("--lint", "-T", "json", *arguments)[1]
        return {record["finding"] for record in map(json.loads, out.splitlines()) if "finding" in record}

    def test_a_window_is_given(self):
        self.assertNotIn("session.over-window", self.rules(path("interleave.pcap")))
        self.assertIn("session.over-window", self.rules("--window", "1", path("interleave.pcap")))

    def test_what_a_capture_has_not_seen_is_no_finding(self):
        found = self.rules(path("midstream.pcap"))
        self.assertTrue(found)
        self.assertFalse(found & {"session.before-bind", "session.unsolicited-response", "session.no-unbind"}, found)

    def test_the_version_of_the_bind_counts(self):
        def pdu(command, body):
            return (struct.pack(">IIII", 16 + len(body), command, 0, 1) + body).hex()

        long_text = pdu(4, b"\0\0\0" + b"12345\0" + b"\1\1" + b"15551234567\0" + bytes(3) + b"\0\0" + bytes(4) +
                        b"\xff" + b"x" * 255)
        for version, expected in ((b"\x34", True), (b"\x50", False)):
            bind = pdu(9, b"user\0pass\0\0" + version + b"\0\0\0")
            answer = pdu(0x80000009, b"mc\0")
            self.assertEqual(expected, "message.too-long" in self.rules("--hex", bind + answer + long_text))


class Filter(unittest.TestCase):
    @staticmethod
    def names(*arguments):
        code, out, err = run("-T", "json", *arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    @staticmethod
    def destinations(record):
        """Also those of a submit_multi."""
        lists = [value for value in record.values() if isinstance(value, list)]
        inside = [item for each in lists for item in each if isinstance(item, dict)]
        return [each["destination_addr"] for each in [record, *inside] if "destination_addr" in each]

    def test_it_lets_through_what_it_says(self):
        every = self.names(path("all_commands.pcap"))[1]
        for text, wanted in (("submit_sm", lambda r: r["name"] == "submit_sm"),
                             ("status && status != ESME_ROK",
                              lambda r: r["command_id"] >> 31 and r["command_status"] != 0),
                             ("smpp.destination_addr contains \"4\"",
                              lambda r: any("4" in each for each in self.destinations(r))),
                             ("latency > 1ms", lambda r: r.get("latency_us", 0) >= 1000)):
            with self.subTest(text):
                code, found, err = self.names("-Y", text, path("all_commands.pcap"))
                self.assertEqual((0, ""), (code, err))
                self.assertEqual(list(filter(wanted, every)), found)

    def test_it_holds_for_statistics_and_files(self):
        _, found, _ = self.names("-Y", "submit_sm", path("interleave.pcap"))
        self.assertTrue(found)
        self.assertIn(f"  {len(found)} PDUs", run("--stats", "-Y", "submit_sm", path("interleave.pcap"))[1])
        with tempfile.TemporaryDirectory() as folder:
            clean = os.path.join(folder, "submits.pcapng")
            run("-Y", "submit_sm", "-w", clean, path("interleave.pcap"))
            self.assertEqual(["submit_sm"] * len(found), [record["name"] for record in self.names(clean)[1]])

    def test_lint_sees_the_whole_session(self):
        whole = run("--lint", path("plain.pcap"))[2]
        self.assertEqual(whole, run("--lint", "-Y", "unbind", path("plain.pcap"))[2])

    def test_an_error_says_where(self):
        code, out, err = run("-Y", "seq == abc", path("plain.pcap"))
        self.assertEqual((2, ""), (code, out))
        self.assertIn("a number expected at character 8", err)


class Usage(unittest.TestCase):
    def test_errors_name_the_option(self):
        for arguments, word in (((), "nothing to read"), (("-T", "xml", "x"), "xml"),
                                (("-p", "70000", "x"), "70000"), (("--no-such",), "no-such"),
                                (("--columns", "all", "x"), "--columns"), (("--columns", "-3", "x"), "--columns: '-3'"),
                                (("--window=-1", "x"), "--window: '-1'"), (("--keep", "0", "x"), "--keep: '0'")):
            with self.subTest(arguments):
                code, out, err = run(*arguments)
                self.assertEqual((2, ""), (code, out))
                self.assertIn(word, err)

    def test_help_and_version(self):
        self.assertIn("--hex", run("--help")[1])
        self.assertRegex(run("--version")[1], r"^smpp-dump \d+\.\d+")

    def test_a_reader_that_goes_away_is_no_error(self):
        dump = subprocess.Popen([DUMP, "-x", path("all_commands.pcap")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        dump.stdout.close()
        self.assertIn(dump.wait(timeout=30), (0, 3))
        self.assertEqual(b"", dump.stderr.read())
        dump.stderr.close()


class Ladder(unittest.TestCase):
    def pdus(self, name):
        _, out, _ = run("-T", "json", path(name))
        return [json.loads(line) for line in out.splitlines()]

    def test_text_has_a_rung_a_pdu_in_its_direction(self):
        code, out, err = run("--ladder", path("interleave.pcap"))
        self.assertEqual((0, ""), (code, err))
        rungs = [line for line in out.splitlines() if "|" in line]
        pdus = self.pdus("interleave.pcap")
        self.assertEqual(len(pdus), len(rungs))
        pdus.sort(key=lambda pdu: pdu["session"])
        for pdu, rung in zip(pdus, rungs):
            self.assertIn(f"{pdu['name']} seq={pdu['sequence_number']} ", rung)
            self.assertEqual(pdu["dst"].endswith(":2775"), rung.endswith(">|"), rung)
            self.assertEqual(100, len(rung))

    def test_mermaid_is_a_diagram_a_session_and_escapes(self):
        code, out, _ = run("--ladder=mermaid", path("interleave.pcap"))
        self.assertEqual(0, code)
        pdus = self.pdus("interleave.pcap")
        diagrams = re.findall(r"^### (#\d+) (\S+) ↔ (\S+)\n\n```mermaid\n(sequenceDiagram\n.*?)^```\n\n", out, re.M | re.S)
        self.assertEqual(out, "".join(f"### {n} {c} ↔ {s}\n\n```mermaid\n{text}```\n\n" for n, c, s, text in diagrams))
        self.assertEqual(len({pdu["session"] for pdu in pdus}), len(diagrams))
        for number, client, server, text in diagrams:
            lines = text.splitlines()
            self.assertEqual([f"    participant C as {client}", f"    participant S as {server}"], lines[1:3])
            arrows = [line for line in lines if re.match(r"    [CS]-", line)]
            self.assertEqual(sum(f"#{pdu['session']}" == number for pdu in pdus), len(arrows))
            self.assertFalse(any(";" in line.replace("#35;", "").replace("#59;", "") for line in arrows))

    def test_html_is_whole_and_takes_nothing_from_elsewhere(self):
        for name in ("interleave.pcap", "malformed.pcap", "noise.pcap"):
            code, out, _ = run("--ladder=html", path(name))
            self.assertTrue(out.startswith("<!doctype html>") and out.endswith("</html>\n"), name)
            self.assertEqual(out.count("<table>"), out.count("</table>"))
            self.assertEqual(len(self.pdus(name)), out.count("<tr"))
            self.assertNotIn("http://", out)
            self.assertNotIn("<script", out)

    def test_what_people_write_is_no_markup(self):
        text = b"<b>&\"x\"</b>".hex()
        body = "00" * 16 + "0d" + text
        pdu = f"{16 + len(body) // 2:08x}000000040000000000000001{body}"
        _, out, _ = run("--ladder=html", "--hex", pdu)
        self.assertIn("&lt;b&gt;&amp;", out)
        self.assertNotIn("<b>", out)

    def test_mistakes_are_named(self):
        code, _, err = run("--ladder=svg", path("plain.pcap"))
        self.assertEqual(2, code)
        self.assertIn("--ladder: 'svg'", err)
        self.assertEqual(2, run("--ladder", "--stats", path("plain.pcap"))[0])


if __name__ == "__main__":
    unittest.main()
