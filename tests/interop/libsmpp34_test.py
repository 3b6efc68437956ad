"""Debian's libsmpp34 unpacks our PDUs of 3.4's commands and packs them to the same octets. See scripts/interop."""
import collections
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from mock import program  # noqa: E402

COUNT = int(os.environ.get("SMPP_RANDOM_PDUS", "4000"))
SEED = int(os.environ.get("SMPP_RANDOM_SEED", "1"))
SECONDS = 300
NOT_3_4 = {0x22, 0x23, 0x24, 0x111, 0x112, 0x113}  # 3.3's and 5.0's own
CRASHES = {0x21, 0x80000021}  # libsmpp34 1.14 frees the lists of submit_multi twice when it refuses the rest
DELIVER_SM_RESP = "00000011800000050000000000000001" + "00"  # the only one that 3.4 knows: an empty message_id

# What libsmpp34 does not take: 3.4's tables are all it knows.
REFUSALS = ("interface_version", "schedule_delivery_time", "validity_period", "message_id:(Data length is invalid",
            "source_addr:(Data length is invalid", "Error in PDU length", "short_message:<bin>(Data length is invalid",
            "esme_addr:(Data length is invalid", "exceed buffer length", "value.octet", "dest_add")


def command(pdu):
    return int(pdu[8:16], 16)


def fields(pdu):
    """libsmpp34 writes its lists (TLVs, destinations) from their end: their order is not compared."""
    done = subprocess.run([program("smpp-dump"), "-T", "json", "--show-secrets", "--hex", pdu], capture_output=True,
                          text=True, check=True, timeout=SECONDS)
    return {name: sorted(value, key=repr) if isinstance(value, list) else value
            for name, value in json.loads(done.stdout).items() if name != "time"}


class SameOctets(unittest.TestCase):
    def test_of_every_command_of_3_4(self):
        done = subprocess.run([program("random_pdus"), str(SEED), str(COUNT)], capture_output=True, text=True, check=True,
                              timeout=SECONDS)
        pdus = [pdu for pdu in done.stdout.split() if command(pdu) & 0x7FFFFFFF not in NOT_3_4] + [DELIVER_SM_RESP] * 10
        peer = subprocess.run([sys.executable, os.path.join(HERE, "libsmpp34_peer.py")], input="\n".join(pdus),
                              capture_output=True, text=True, check=True, timeout=SECONDS)
        answers = peer.stdout.splitlines()
        self.assertEqual(len(pdus), len(answers))
        same = collections.Counter()
        for pdu, answer in zip(pdus, answers):
            if answer == "crashed":
                self.assertIn(command(pdu), CRASHES, pdu)
            elif answer.startswith("refused"):
                self.assertTrue(any(reason in answer for reason in REFUSALS), answer)
            else:
                if answer != pdu:
                    self.assertEqual(fields(pdu), fields(answer))
                    self.assertEqual(collections.Counter(pdu), collections.Counter(answer))
                same[command(pdu)] += 1
        self.assertEqual({command(pdu) for pdu in pdus}, set(same))
        self.assertGreaterEqual(min(same.values()), 10, same)


if __name__ == "__main__":
    unittest.main()
