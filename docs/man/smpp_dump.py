"""What the man page of smpp-dump has beside its --help: the language of filters and the keys, of docs/smpp-dump.md; the
fields, of --fields."""
import os
import re
import subprocess

GUIDE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "smpp-dump.md")
EXAMPLES = [
    ("smpp-dump session.pcapng", "a line a PDU"),
    ("smpp-dump -T tree -x -Y 'seq == 17' session.pcapng", "all of one PDU, and of its response"),
    ("smpp-dump -Y 'status == ESME_RTHROTTLED' --with resp session.pcapng", "which messages were refused?"),
    ("smpp-dump -Y 'dlr.state == UNDELIV' --with dlr session.pcapng", "which messages did not arrive?"),
    ("smpp-dump -Y '!answered' --with session session.pcapng", "sessions with requests that nobody answered"),
    ("smpp-dump -T json session.pcapng | jq 'select(.latency_us > 1000000)'", "for programs"),
    ("smpp-dump --stats session.pcapng", "counts, statuses, rates and latencies of each session"),
    ("smpp-dump --ladder=html session.pcapng > ladder.html", "a page for a ticket"),
    ("smpp-dump --lint --fail-on error session.pcapng", "what is against the specification; exit status 1 if something is"),
    ("smpp-dump --anonymise -w clean.pcapng session.pcapng", "a capture that can be given away"),
    ("smpp-dump --keylog keys.txt session.pcapng", "SMPP over TLS"),
    ("smpp-dump --hex @smsc.log", "the PDUs in a log"),
    ("tcpdump -i any -w - port 2775 | smpp-dump -", "while it happens"),
    ("smpp-dump --proxy 127.0.0.1:2776=smpps://smsc.example.com:3550", "between a client and a server, without root"),
    ("smpp-dump --check smpps://user@smsc.example.com:3550", "can it be reached? The password is taken from SMPP_PASSWORD"),
    ("smpp-dump tui session.pcapng", "on the screen")]


def plain(text):
    return " ".join(text.replace("`", "").split())


def after(lines, what):
    return lines[next(i for i, line in enumerate(lines) if what in line) + 1:]


def language(guide):
    """The list below the words that introduce it."""
    items = []
    for line in after(guide, "The language is that of Wireshark's display filters"):
        if line.startswith("- "):
            items.append(line[2:])
        elif items and line.startswith("  "):
            items[-1] += " " + line
        elif items:
            return [(None, plain(item)) for item in items]
    raise ValueError("the list has no end")


def keys(guide):
    rows = []
    for line in after(guide, "| key | what it does |")[1:]:
        row = re.fullmatch(r"\| (.*) \| (.*) \|", line)
        if not row:
            return rows
        rows.append((plain(row[1]), plain(row[2])))
    return rows


def fields(program):
    """Of each group those with values of a kind."""
    shown = subprocess.run([program, "--fields"], capture_output=True, text=True, check=True).stdout
    entries, group = {}, None
    for line in shown.splitlines():
        field = re.fullmatch(r"  (\S+) +(\S.*)", line)
        if field:
            entries.setdefault(f"{group}: {field[2]}", []).append(field[1])
        elif line:
            group = line.rstrip(":")
    return [(term, ", ".join(names)) for term, names in entries.items()]


def sections(program):
    with open(GUIDE, encoding="utf-8") as file:
        guide = file.read().splitlines()
    return [("FILTERS", [(None, "-Y takes the language of Wireshark's display filters."), *language(guide)]),
            ("FIELDS", fields(program)), ("KEYS", keys(guide)), ("EXAMPLES", EXAMPLES)]
