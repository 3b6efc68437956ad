"""What smpp-dump's documents say is what it does."""
import os
import re
import subprocess
import unittest

from mock import program

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DUMP = program("smpp-dump")


def shown(*arguments):
    return subprocess.run([DUMP, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def document(*path):
    with open(os.path.join(ROOT, "docs", *path), encoding="utf-8") as file:
        return file.read()


class Documents(unittest.TestCase):
    def accepted(self, text):
        done = subprocess.run([DUMP, "-Y", text, "--hex", "00000010000000150000000000000001"], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr), text)

    def test_the_guide_names_every_option(self):
        guide = document("smpp-dump.md")
        options = re.findall(r"^  (?:-\w \[ )?(--[a-z][a-z-]*)", shown("--help"), re.M)
        self.assertGreater(len(options), 30)
        self.assertEqual([], [option for option in options if not re.search(re.escape(option) + r"(?![\w-])", guide)])

    def test_filters_of_the_guide_are_filters(self):
        found = re.findall(r"-Y '([^']+)'", document("smpp-dump.md") + document("man", "smpp-dump.1").replace("\\-", "-"))
        self.assertGreater(len(found), 8)
        for each in set(found):
            self.accepted(each)

    def test_listed_fields_are_fields(self):
        lines = shown("--fields").splitlines()
        names = [line.split()[0] for line in lines if line.startswith("  ")]
        self.assertGreater(len(names), 200)
        for group in (names[at:at + 40] for at in range(0, len(names), 40)):
            self.accepted(" or ".join(group))
        for name in ("command_id", "dlr.state", "short_message", "sm_length", "callback_num", "esm.submit.msg_mode", "dcs.class",
                     "validity_period_r"):
            self.assertIn(name, names)
        self.assertRegex("\n".join(lines), r"\n  validity_period +\w+\n")

    def test_the_man_page_has_what_a_reader_looks_for(self):
        page = document("man", "smpp-dump.1").replace("\\-", "-")
        sections = dict(re.findall(r"^\.SH (.*)\n((?:(?!\.SH).*\n)*)", page, re.M))
        self.assertIn("\\fBsmpp-dump\\fR tui ", sections["SYNOPSIS"])
        self.assertIn("contains", sections["FILTERS"])
        names = re.findall(r"^  (\S+)", shown("--fields"), re.M)
        self.assertEqual([], [name for name in names if not re.search(rf"(^|, ){re.escape(name)}(,|$)", sections["FIELDS"], re.M)])
        keys = re.search(r"\| key \| what it does \|\n\|---\|---\|\n((?:\|.*\n)+)", document("smpp-dump.md"))[1].splitlines()
        self.assertEqual(len(keys), sections["KEYS"].count(".TP"))
        self.assertGreater(sections["EXAMPLES"].count(".TP"), 10)


if __name__ == "__main__":
    unittest.main()
