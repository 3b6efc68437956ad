"""smpp-dump and tshark read the same values out of random PDUs of every command. See scripts/interop."""
import glob
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from mock import program  # noqa: E402

COUNT = int(os.environ.get("SMPP_RANDOM_PDUS", "4000"))
SEED = int(os.environ.get("SMPP_RANDOM_SEED", "1"))
SECONDS = 300

# tshark's names where they are not ours; of a field that it takes apart, the first piece.
OURS = {"message": "short_message", "esm.submit.msg_mode": "esm_class", "regdel.receipt": "registered_delivery",
        "schedule_delivery_time_r": "schedule_delivery_time", "validity_period_r": "validity_period",
        "final_date_r": "final_date", "opt_param_tag": "tag", "opt_param_len": "length"}
# Known faults of tshark 4.0; test_known_faults shows that each is one. What only SMPP 3.3 has is not dissected,
NOT_DISSECTED = {"param_retrieve", "param_retrieve_resp", "query_last_msgs", "query_last_msgs_resp",
                 "query_msg_details", "query_msg_details_resp"}
# nor are the TLVs of PDUs to which 3.4 gave none (5.0: 4.2 and following give them to all),
NO_TLVS = {"query_sm", "query_sm_resp", "replace_sm_resp", "cancel_sm", "cancel_sm_resp", "outbind",
           "cancel_broadcast_sm_resp"}
# behind these it reads on in the middle of the value, for it takes one octet whatever the length says: ms_validity may
# have four octets, broadcast_rep_num has two (5.0: table 4-74),
ONE_OCTET = {0x1204, 0x0604}
# and the empty validity_period of a submit_multi is a second schedule_delivery_time to it.
TWO_SCHEDULES = "submit_multi"
# Octets that it shows as characters may be none that XML has.
NOT_XML = re.compile("[^\t\r\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What smpp-dump says about a PDU and not from it, and counts and flags that tshark follows without showing them.
NOT_FIELDS = {"time", "session", "src", "dst", "frame", "first_frame", "offset", "len", "name", "text", "dlr", "state", "problems",
              "number_of_dests", "no_unsuccess", "dest_flag", "gap", "request_frame", "latency_us"}


def capture(pdus, path):
    """One TCP connection, a PDU a segment, as a pcap of raw IP."""
    sequence = 1
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 0x40000, 101))
        for number, pdu in enumerate(pdus):
            tcp = struct.pack(">HHIIBBHHH", 40000, 2775, sequence, 1, 0x50, 0x18, 65535, 0, 0)
            ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40 + len(pdu), number & 0xFFFF, 0, 64, 6, 0, b"\x7f\0\0\1",
                             b"\x7f\0\0\1")
            packet = ip + tcp + pdu
            file.write(struct.pack("<IIII", 1700000000 + number, 0, len(packet), len(packet)) + packet)
            sequence += len(pdu)


def by_tshark(path, port=2775):
    """For each packet its PDUs, of each the fields as (name, octets); [None] where tshark sees no SMPP."""
    parser = xml.XMLPullParser()
    with subprocess.Popen(["tshark", "-r", path, "-d", f"tcp.port=={port},smpp", "-T", "pdml"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace") as tshark:
        for line in tshark.stdout:
            parser.feed(NOT_XML.sub("?", line))
            for _, packet in parser.read_events():
                if packet.tag == "packet":
                    yield smpp_in(packet)
                    packet.clear()


def smpp_in(packet):
    protos = packet.findall("proto[@name='smpp']")
    return [[(field.get("name").removeprefix("smpp."), octets(field)) for field in proto.iter("field")]
            for proto in protos] or [None]


def octets(field):
    """Of a field that is some bits the whole octet."""
    return bytes.fromhex(field.get("unmaskedvalue") or field.get("value") or "")


def by_us(path):
    done = subprocess.run([program("smpp-dump"), "-T", "json", "--show-secrets", path], capture_output=True, text=True,
                          check=True, timeout=SECONDS)
    return [json.loads(line) for line in done.stdout.splitlines()]


def leaves(record):
    """The fields of a record in their order as (name, octets as an int or bytes), lists opened up."""
    for name, value in record.items():
        if name == "tlvs":
            for tag, text in value:
                yield from (("tag", tag), ("length", len(text) // 2))
        elif isinstance(value, list):
            for item in value:
                yield from leaves(item) if name != "problems" else ()
        elif name == "short_message":
            yield name, bytes.fromhex(value)
        else:
            yield name, value.encode() if isinstance(value, str) else value


def readable(record):
    """The record with the TLVs that tshark gets right."""
    tlvs = record.get("tlvs", [])
    strays = [i for i, (tag, value) in enumerate(tlvs) if tag in ONE_OCTET and len(value) > 2]
    return {**record, "tlvs": [] if record["name"] in NO_TLVS else tlvs[:strays[0] + 1] if strays else tlvs}, bool(strays)


def expected(record):
    """The leaves that tshark shows: no empty strings, no command_status of a request."""
    request = record["command_id"] < 0x80000000
    return [(name, value) for name, value in leaves(record)
            if name not in NOT_FIELDS and value != b"" and not (request and name == "command_status")]


def shown(fields, want):
    """tshark's fields that have a counterpart, in the form of these."""
    names = {name for name, _ in want}
    named = [(OURS.get(name, name), value) for name, value in fields if value]
    found = [(name, value) for name, value in named if name in names]
    kinds = dict(want)
    return [(name, int.from_bytes(value, "big") if isinstance(kinds[name], int) else
             value if name == "short_message" else value.removesuffix(b"\0")) for name, value in found]


def compare(test, our, their):
    """How many values were compared."""
    record, strays = readable(our)
    want = expected(record)
    got = shown(their, want)
    if our["name"] == TWO_SCHEDULES and our["validity_period"] == "":
        got = [(name, value) for name, value in got if (name, value) != ("schedule_delivery_time", b"")]
    test.assertEqual(want, got[:len(want)] if strays else got, our)
    sizes = [i for i, (name, _) in enumerate(their) if name == "opt_param_len"]
    for at, (_, text) in zip(sizes, record.get("tlvs", [])):
        value = their[at + 1][1] if at + 1 < len(their) else b""
        if len(value) == len(text) // 2 and their[at + 1][0] not in ("opt_param", "opt_param_tag"):
            test.assertEqual(bytes.fromhex(text), value, our)
    return len(want)


class RandomPdus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = os.path.join(cls.folder.name, "random.pcap")
        done = subprocess.run([program("random_pdus"), str(SEED), str(COUNT)], capture_output=True, text=True, check=True,
                              timeout=SECONDS)
        cls.pdus = [bytes.fromhex(line) for line in done.stdout.splitlines()]
        capture(cls.pdus, path)
        cls.ours, cls.theirs = by_us(path), [pdu for packet in by_tshark(path) for pdu in packet]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_all_are_read(self):
        self.assertEqual(COUNT, len(self.ours))
        self.assertEqual(COUNT, len(self.theirs))
        self.assertEqual(NOT_DISSECTED, {our["name"] for our, their in zip(self.ours, self.theirs) if their is None})

    def test_the_same_values(self):
        compared = 0
        for our, their in zip(self.ours, self.theirs):
            if their is not None:
                compared += compare(self, our, their)
        self.assertGreater(compared, 10 * COUNT)


    def test_known_faults(self):
        """Each is there, and does what the lists above say: what is no fault any more must leave them."""
        without_tlvs, one_octet, schedules = set(), set(), {True: set(), False: set()}
        for our, their in zip(self.ours, self.theirs):
            if their is None:
                continue
            names = [name for name, _ in their]
            if our["name"] in NO_TLVS and our["tlvs"]:
                self.assertNotIn("opt_param_tag", names, our)
                without_tlvs.add(our["name"])
            elif readable(our)[1] and our["tlvs"][-1][0] not in ONE_OCTET:
                self.assertNotEqual(expected(our), shown(their, expected(our)), our)
                one_octet |= {tag for tag, value in our["tlvs"] if tag in ONE_OCTET and len(value) > 2}
            if our["name"] == TWO_SCHEDULES:
                schedules[our["validity_period"] == ""].add(sum("schedule_delivery_time" in name for name in names))
        self.assertEqual(NO_TLVS, without_tlvs)
        self.assertEqual(ONE_OCTET, one_octet)
        self.assertEqual({True: {2}, False: {1}}, schedules)


class Captures(unittest.TestCase):
    """The captures of which tshark finds every PDU; what it loses in the others is in docs/smpp-dump.md."""

    def test_the_same_values(self):
        alike = set()
        for path in sorted(glob.glob(os.path.join(HERE, "..", "data", "captures", "*.pcap*"))):
            ours = {}
            for pdu in by_us(path):
                ours.setdefault(pdu["frame"], []).append(pdu)
            theirs = {frame: pdus for frame, pdus in enumerate(by_tshark(path), 1) if pdus != [None]}
            if {frame: len(pdus) for frame, pdus in ours.items()} == {frame: len(pdus) for frame, pdus in theirs.items()}:
                alike.add(os.path.basename(path).split(".")[0])
                for our, their in ((o, t) for frame in ours for o, t in zip(ours[frame], theirs[frame])):
                    if not our.get("problems"):
                        compare(self, our, their)
        self.assertGreaterEqual(alike, {"plain"}, alike)
        self.assertGreaterEqual(len(alike), 10, alike)


class FilterNames(unittest.TestCase):
    """Every field name of tshark filters the same PDUs here."""
    PATH = os.path.join(HERE, "..", "data", "captures", "all_commands.pcap")
    # What tshark passes over, by the faults above: what it leaves undecoded (data_coding 0), bodies of refusals, what is
    # behind the wrong octets, and the second schedule_delivery_time.
    MORE_IS_RIGHT = {"message_text", "message_id", "message_payload", "broadcast_frequency_interval.unit",
                     "broadcast_frequency_interval.value", "validity_period_r"}

    @classmethod
    def setUpClass(cls):
        done = subprocess.run(["tshark", "-r", cls.PATH, "-T", "pdml"], capture_output=True, text=True, errors="replace",
                              check=True, timeout=SECONDS)
        cls.theirs, cls.dissected = {}, set()
        for frame, packet in enumerate(xml.fromstring(NOT_XML.sub("?", done.stdout)), 1):
            for field in (field for proto in packet.findall("proto[@name='smpp']") for field in proto.iter("field")):
                cls.dissected.add(frame)
                values = cls.theirs.setdefault(field.get("name").removeprefix("smpp."), {})
                values.setdefault(field.get("show"), set()).add(frame)
        done = subprocess.run(["tshark", "-G", "fields"], capture_output=True, text=True, check=True, timeout=SECONDS)
        names = (line.split("\t")[2] for line in done.stdout.splitlines() if line.count("\t") > 3)
        cls.names = sorted(name.removeprefix("smpp.") for name in names if name.startswith("smpp."))

    def frames(self, wanted):
        done = subprocess.run([program("smpp-dump"), "-T", "json", "-Y", wanted, self.PATH], capture_output=True, text=True,
                              timeout=SECONDS)
        self.assertEqual((0, ""), (done.returncode, done.stderr), wanted)
        return {json.loads(line)["frame"] for line in done.stdout.splitlines()} & self.dissected

    def test_a_name_alone(self):
        self.assertGreaterEqual(len(self.names), 145)
        for name in self.names:
            for spelling in ("smpp." + name, name):
                theirs = set().union(*self.theirs.get(name, {}).values())
                ours = self.frames(spelling)
                self.assertEqual(theirs, ours & theirs if name in self.MORE_IS_RIGHT else ours, spelling)

    def test_values(self):
        compared = 0
        astray = set().union(*self.theirs["broadcast_rep_num"].values())  # of which it reads one octet
        for name in set(self.names) - self.MORE_IS_RIGHT:
            for value, theirs in list(self.theirs.get(name, {}).items())[:4]:
                if re.fullmatch("0x[0-9a-f]+|[0-9]+", value):
                    self.assertEqual(theirs - astray, self.frames(f"smpp.{name} == {value}") - astray, name)
                    compared += 1
        self.assertGreater(compared, 50)


if __name__ == "__main__":
    unittest.main()
