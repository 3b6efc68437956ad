"""Each row of docs/pitfalls.md names tests that exist."""
import glob
import os
import re

ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]*) \|$", re.M)
GTEST = re.compile(r"^(?:TYPED_)?TEST(?:_P|_F)?\((\w+), (\w+)\)", re.M)
PYTHON = re.compile(r"^    def (test_\w+)\(", re.M)
ROWS = 115


def tests_of(root):
    found = set()
    for path in glob.glob(os.path.join(root, "tests", "**", "*_test.cpp"), recursive=True):
        with open(path, encoding="utf-8") as file:
            found |= {f"{suite}.{name}" for suite, name in GTEST.findall(file.read())}
    for path in glob.glob(os.path.join(root, "tests", "programs", "*.py")):
        with open(path, encoding="utf-8") as file:
            found |= set(PYTHON.findall(file.read()))
    return found


def check(text, tests):
    rows = ROW.findall(text)
    if [int(number) for number, _ in rows] != list(range(1, ROWS + 1)):
        yield f"docs/pitfalls.md: not the rows 1 to {ROWS}"
    for number, names in rows:
        named = re.findall(r"`([\w.]+)`", names)
        if not named:
            yield f"docs/pitfalls.md: row {number} names no test"
        for name in named:
            if name not in tests:
                yield f"docs/pitfalls.md: row {number} names {name}, which is no test"


def violations(root):
    with open(os.path.join(root, "docs", "pitfalls.md"), encoding="utf-8") as file:
        return list(check(file.read(), tests_of(root)))
