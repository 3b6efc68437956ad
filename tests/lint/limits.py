"""Files stay small, nothing is left for later, and no path of somebody's machine gets in."""
import re

from sources import TEXT, files

LINES = {".hpp": 300, ".cpp": 400, "test.cpp": 500}
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE = re.compile(r"/(?:home|Users)/\w+|/tmp/w/|/work/(?:main|shared)")
OWN = "tests/lint/"


def check(path, text):
    name = "test.cpp" if path.endswith("_test.cpp") else path[path.rfind("."):]
    lines = text.count("\n")
    if name in LINES and lines > LINES[name]:
        yield f"{path}: {lines} lines; at most {LINES[name]}"
    if path.startswith(OWN):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if LATER.search(line):
            yield f"{path}:{number}: left for later: {line.strip()}"
        if MACHINE.search(line):
            yield f"{path}:{number}: a path of one machine: {line.strip()}"


def violations(root):
    return [line for path, text in files(root, TEXT) for line in check(path, text)]
