#!/usr/bin/env python3
"""Prints the table of docs/smpp-dump.md: the captures of tests/data of whose whole PDUs tshark, or smpp-dump, does not show all.

    SMPP_BIN_DIR=build/release/bin tests/interop/tshark_losses.py
"""
import collections
import glob
import json
import os
import subprocess

CAPTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "captures")
DUMP = os.path.join(os.environ.get("SMPP_BIN_DIR", "build/release/bin"), "smpp-dump")


def whole(records):
    """How often each command_id with each sequence_number is there whole."""
    return collections.Counter((r["command_id"], r["sequence_number"]) for r in records
                               if "command_id" in r and r.get("state", "ok") in ("ok", "after_gap", "after_garbage"))


def of_tshark(path, *options):
    out = subprocess.run(["tshark", "-r", path, *options, "-Y", "smpp", "-T", "fields", "-e", "smpp.command_id", "-e", "smpp.sequence_number"],
                         capture_output=True, text=True, check=False).stdout
    found = []
    for line in out.splitlines():
        columns = line.split("\t")
        found += [{"command_id": int(c, 0), "sequence_number": int(s)} for c, s in zip(*(x.split(",") for x in columns)) if c and s]
    return whole(found)


def main():
    print("| capture | PDUs | tshark | with `tcp.reassemble_out_of_order` | smpp-dump |")
    print("|---|---|---|---|---|")
    for path in sorted(glob.glob(os.path.join(CAPTURES, "*.pcap*"))):
        name = os.path.basename(path)
        with open(path.rsplit(".", 1)[0] + ".truth.jsonl", encoding="utf-8") as file:
            truth = whole([json.loads(line) for line in file])
        out = subprocess.run([DUMP, "-T", "json", path], capture_output=True, text=True, check=False).stdout
        ours = whole([json.loads(line) for line in out.splitlines()])
        plain, ordered = of_tshark(path), of_tshark(path, "-o", "tcp.reassemble_out_of_order:TRUE")
        counts = [sum((truth & found).values()) for found in (plain, ordered, ours)]
        if min(counts) < sum(truth.values()):
            print(f"| {name} | {sum(truth.values())} | " + " | ".join(map(str, counts)) + " |")


main()
