#!/usr/bin/env python3
"""Submits that no carrier could take, and what the strict carrier refuses besides."""
import unittest

from mock import Mock
from smpp_peer import (CANCEL_SM, DATA_SM, GENERIC_NACK, QUERY_SM, SUBMIT_MULTI, SUBMIT_SM, Peer, address, c_string, data_sm, submit_multi,
                       submit_sm, tlv)

BROADCAST_SM = 0x111
RINVMSGLEN, RINVCMDLEN, RINVCMDID, RINVDSTADR, RINVNUMDESTS, RINVSCHED, RINVEXPIRY = 1, 2, 3, 0x0B, 0x33, 0x61, 0x62
RINVESMCLASS, RSUBMITFAIL, RMISSINGTLV, RINVTLVLEN = 0x43, 0x45, 0xC3, 0xC2
AREA = tlv(0x0606, b"\0area") + tlv(0x0601, b"\0\0\0") + tlv(0x0604, b"\0\1") + tlv(0x0605, b"\0\0\0")


def broadcast_sm(tlvs):
    return b"\0" + address("12345") + b"\0" + b"\0" + b"\0\0" + b"\0\0\0" + tlvs + tlv(0x0424, b"to everybody")


class Forms(unittest.TestCase):
    def start(self, *options):
        mock = Mock(*options)
        mock.start()
        self.addCleanup(mock.close)
        self.addCleanup(mock.stop)
        return mock

    def peer(self, mock, version=0x34):
        peer = Peer(mock.port)
        self.addCleanup(peer.close)
        self.assertEqual(peer.bind(version=version), 0)
        return peer

    def test_what_is_wrong_has_its_status_and_is_recorded_with_it(self):
        mock = self.start()
        peer = self.peer(mock)
        cases = [(SUBMIT_SM, submit_sm(schedule="garbage"), RINVSCHED), (SUBMIT_SM, submit_sm(validity="notatime"), RINVEXPIRY),
                 (SUBMIT_SM, submit_sm(schedule="991399999999000+"), RINVSCHED), (SUBMIT_SM, submit_sm(to=""), RINVDSTADR),
                 (SUBMIT_SM, submit_sm(text=b"x" * 255), RINVMSGLEN), (SUBMIT_SM, submit_sm()[:-3], RINVMSGLEN),
                 (SUBMIT_MULTI, submit_multi(["1"])[:-3], RINVMSGLEN), (SUBMIT_MULTI, submit_multi([]), RINVNUMDESTS),
                 (DATA_SM, data_sm(to=""), RINVDSTADR), (BROADCAST_SM, broadcast_sm(AREA), RINVCMDID)]
        for count, (command, body, status) in enumerate(cases, 1):
            with self.subTest(command=command, status=status, body=body):
                self.assertEqual(peer.request(command, body)[0], status)
                message = mock.messages()[0]
                self.assertEqual((message["id"], message["faults"], message["state"], message["message_id"]), (count, "malformed", "REJECTED", ""))
        for body in (submit_sm(), submit_sm(text=b""), submit_sm(text=b"x" * 254), submit_sm(schedule="000000000001000R", validity="000000010000000R"),
                     submit_sm(text=b"", tlvs=tlv(0x0424, b"x" * 300))):
            self.assertEqual(peer.request(SUBMIT_SM, body)[0], 0)
        self.assertEqual(peer.request(SUBMIT_MULTI, submit_multi(["1", "2"]))[0], 0)

    def test_versions(self):
        mock = self.start()
        old, new = self.peer(mock, 0x33), self.peer(mock, 0x50)
        for peer, command, body in ((old, DATA_SM, data_sm()), (self.peer(mock), BROADCAST_SM, broadcast_sm(AREA))):
            self.assertEqual(peer.response(peer.start(command, body)), (GENERIC_NACK, RINVCMDID, b""))
        self.assertEqual([m["faults"] for m in mock.messages()], ["malformed"] * 2)
        self.assertEqual(new.request(DATA_SM, data_sm())[0], 0)
        self.assertEqual(new.request(BROADCAST_SM, broadcast_sm(AREA))[0], 0)
        for left_out in (slice(0, 9), slice(9, 16)):
            tlvs = bytearray(AREA)
            del tlvs[left_out]
            self.assertEqual(new.request(BROADCAST_SM, broadcast_sm(bytes(tlvs)))[0], RMISSINGTLV)

    def test_the_strict_carrier(self):
        peer = self.peer(self.start("--carrier", "strict"), 0x50)
        for fields, status in ((dict(to="12a"), RINVDSTADR), (dict(sender=""), 0x0A), (dict(tlvs=tlv(0x0424, b"both")), RINVMSGLEN),
                               (dict(coding=8, text=b"odd"), RINVMSGLEN), (dict(esm_class=0x40, text=b"\xff"), RINVESMCLASS),
                               (dict(tlvs=tlv(0x020C, b"\1")), RINVTLVLEN), (dict(tlvs=b"\x02\x0c\xff\xff"), 0xC0), ({}, 0)):
            with self.subTest(fields=fields):
                self.assertEqual(peer.request(SUBMIT_SM, submit_sm(**fields))[0], status)
        self.assertEqual(peer.request(BROADCAST_SM, broadcast_sm(AREA))[0], 0)

    def test_states_that_old_versions_do_not_have(self):
        mock = self.start()
        for version, state in ((0x34, 1), (0x50, 0)):
            peer = self.peer(mock, version)
            message_id = peer.submit(schedule="000001000000000R")
            self.assertEqual(peer.request(QUERY_SM, c_string(message_id) + address("12345"))[1][-2], state)
            self.assertEqual(peer.request(CANCEL_SM, b"\0" + c_string(message_id) + address("12345") + address("15551234567"))[0], 0)


if __name__ == "__main__":
    unittest.main()
