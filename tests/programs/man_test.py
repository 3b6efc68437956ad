"""Man pages are what docs/man/generate.py makes of --help today; completions offer what --help names."""
import os
import re
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from mock import program  # noqa: E402

PROGRAMS = ("notifier", "mock-smsc", "smpp-dump", "smpp-load")


def help_of(name):
    return subprocess.run([program(name), "--help"], capture_output=True, text=True, check=True, timeout=60).stdout


def options_of(name):
    return set(re.findall(r"^  (?:-\w \[ )?(--[a-z][a-z_-]*)", help_of(name), re.M))


class Man(unittest.TestCase):
    def test_pages_are_current(self):
        for name in PROGRAMS:
            with self.subTest(name):
                made = subprocess.run([sys.executable, os.path.join(ROOT, "docs", "man", "generate.py"), program(name)],
                                      capture_output=True, text=True, check=True, timeout=60).stdout
                with open(os.path.join(ROOT, "docs", "man", name + ".1"), encoding="utf-8") as file:
                    self.assertEqual(made, file.read(), f"docs/man/generate.py {name} > docs/man/{name}.1")

    def test_every_option_is_in_its_page(self):
        for name in PROGRAMS:
            with open(os.path.join(ROOT, "docs", "man", name + ".1"), encoding="utf-8") as file:
                page = file.read().replace("\\-", "-").replace("\\fB", "")
            for option in options_of(name):
                self.assertIn(option + "\\fR", page)
            self.assertGreater(len(options_of(name)), 8)


    def test_pages_have_what_a_reader_looks_for(self):
        for name, sections in [("notifier", ("URLS", "ENVIRONMENT", "FILES", "EXAMPLES"))] + [(name, ()) for name in PROGRAMS]:
            with open(os.path.join(ROOT, "docs", "man", name + ".1"), encoding="utf-8") as file:
                found = re.findall(r"^\.SH (.*)$", file.read(), re.M)
            self.assertEqual(["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"], found[:4])
            self.assertLessEqual(set(sections), set(found))

    def test_details_keep_their_columns(self):
        lines = subprocess.run([program("notifier"), "--details"], capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
        for line in lines[lines.index("Parameters") + 1:]:
            self.assertTrue(re.match(r"  (.{18} .{28} \S|\S+ +\S+$)", line), line)


class Completion(unittest.TestCase):
    def complete(self, name, word, before=""):
        script = (f"source {os.path.join(ROOT, 'completions', 'smpp-tools.bash')}; "
                  f"_smpp_tools {program(name)} '{word}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.split()

    def test_options(self):
        for name in PROGRAMS:
            with self.subTest(name):
                self.assertEqual(options_of(name), set(self.complete(name, "--")))
        self.assertEqual(["--wait-receipt"], self.complete("notifier", "--wait-"))

    def test_words_of_an_option(self):
        self.assertEqual(["text", "json"], self.complete("notifier", "", "--output"))
        self.assertEqual(["json"], self.complete("notifier", "j", "--output"))
        for option, words in (("-i", ["text", "markdown", "html"]), ("--input-format", ["text", "markdown", "html"]),
                              ("-n", ["info", "success", "warning", "failure"]), ("--progress", ["auto", "always", "never"]),
                              ("--split", ["udh", "udh16", "sar", "payload", "none"])):
            self.assertEqual(words, self.complete("notifier", "", option), option)

    def test_files_for_the_rest(self):
        self.assertIn("README.md", subprocess.run(
            ["bash", "-c", f"cd {ROOT} && source completions/smpp-tools.bash && _smpp_tools {program('smpp-dump')} REA '' "
             "&& echo ${COMPREPLY[@]}"], capture_output=True, text=True, check=True, timeout=60).stdout)


if __name__ == "__main__":
    unittest.main()
