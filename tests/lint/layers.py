"""Includes point down only.

    octets <- values <- pdu <- codec <- session <- asio <- programs
    text and capture stand beside pdu: they know octets and values, and nothing above.
"""
import re

from sources import files

# The first match decides; a file may include its own layer and those below it.
LAYERS = [
    ("octets", ["octets", "flat_queue", "error", "detail/"]),
    ("values", ["text/smpp_time", "text/digits", "values", "network_error", "storage", "tables/", "command_id", "command_status", "tlv", "tlv_list", "wire", "address"]),
    ("text", ["text/"]),
    ("capture", ["capture/"]),
    ("pdu", ["pdu/", "pdu"]),
    ("codec", ["codec", "codec/", "visitors/", "framer"]),
    ("message", ["message"]),
    ("query", ["query/"]),
    ("lint", ["lint/"]),
    ("session", ["session/"]),
    ("asio", ["asio/"]),
]
ORDER = [name for name, _ in LAYERS]
BELOW = {name: set(ORDER[:place + 1]) for place, name in enumerate(ORDER)}
BELOW["capture"] -= {"text"}
BELOW["pdu"] -= {"text", "capture"}
BELOW["codec"] -= {"text", "capture"}
BELOW["session"] -= {"text", "capture", "message", "query", "lint"}
BELOW["asio"] -= {"text", "capture", "message", "query", "lint"}
PROGRAMS = ("notifier", "mock-smsc", "tools", "examples")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
SOCKETS = re.compile(r"^(boost/asio|openssl/|sys/socket|netinet/|arpa/)")
CLOCK = re.compile(r"\b\w*clock::now\s*\(")


def layer_of(name):
    """`name` without libsmpp/include/smpp/ or libsmpp/src/, or as included."""
    stem = re.sub(r"\.(hpp|cpp|def)$", "", name)
    for layer, members in LAYERS:
        for member in members:
            if stem == member or (member.endswith("/") and stem.startswith(member)):
                return layer
    return None


def check(path, text):
    inside = re.match(r"libsmpp/(?:include/smpp|src)/(.*)", path)
    if not inside:
        if path.startswith(PROGRAMS):
            for included in INCLUDE.findall(text):
                if re.match(r"smpp/(.*/)?detail/", included) or "libsmpp/src" in included:
                    yield f"{path}: a program includes {included}, which is not public"
        return
    own = layer_of(inside[1])
    if own is None:
        yield f"{path}: belongs to no layer: name it in tests/lint/layers.py"
        return
    for included in INCLUDE.findall(text):
        if SOCKETS.match(included) and own != "asio":
            yield f"{path}: {own} includes {included}; only asio may"
        other = layer_of(re.sub(r"^smpp/", "", included))
        if other and (included.startswith("smpp/") or "/" in included) and other not in BELOW[own]:
            yield f"{path}: {own} includes {included} of {other}"
    if own != "asio" and CLOCK.search(text):
        yield f"{path}: {own} asks a clock; time comes in as an argument"


def violations(root):
    return [line for path, text in files(root) for line in check(path, text)]
