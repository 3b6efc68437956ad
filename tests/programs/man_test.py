"""Man pages are what docs/man/generate.py makes of --help today; completions offer what --help names."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
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

    def test_words_of_mock_smsc(self):
        for option, words in (("--carrier", ["healthy", "slow", "flaky", "throttling", "strict", "dead"]), ("--durability", ["committed", "disk", "relaxed"]),
                              ("--default-alphabet", ["gsm7", "latin1", "ascii", "utf8"]),
                              ("--tls-fault", ["expired", "not-yet-valid", "wrong-host", "self-signed", "weak"])):
            self.assertEqual(words, self.complete("mock-smsc", "", option), option)

    def test_how_urls_begin(self):
        self.assertEqual(["smpp://", "smpps://"], self.complete("notifier", "sm"))
        self.assertLess({"smpp://", "smpps://"}, set(self.complete("notifier", "")))
        self.assertNotIn("smpp://", self.complete("notifier", "", "--config"))
        self.assertNotIn("smpp://", self.complete("smpp-dump", ""))

    def test_files_for_the_rest(self):
        self.assertIn("README.md", subprocess.run(
            ["bash", "-c", f"cd {ROOT} && source completions/smpp-tools.bash && _smpp_tools {program('smpp-dump')} REA '' "
             "&& echo ${COMPREPLY[@]}"], capture_output=True, text=True, check=True, timeout=60).stdout)


@unittest.skipUnless(shutil.which("zsh"), "no zsh")
class Zsh(unittest.TestCase):
    """What an interactive zsh lists."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        with open(os.path.join(self.folder.name, "a-file.txt"), "w", encoding="utf-8"):
            pass
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        self.terminal = ours
        path = os.path.dirname(program("notifier")) + os.pathsep + os.environ["PATH"]
        shell = subprocess.Popen(["zsh", "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=self.folder.name, start_new_session=True,
                                 env={"PATH": path, "HOME": self.folder.name, "TERM": "dumb", "LANG": "C.UTF-8"})
        os.close(theirs)
        self.addCleanup(shell.wait)
        self.addCleanup(shell.kill)
        self.say(f"PS1= PS2= PROMPT_SP=; unsetopt zle_bracketed_paste promptsp; fpath=({os.path.join(ROOT, 'completions')} $fpath); LISTMAX=1000; stty cols 200\n"
                 "autoload -Uz compinit && compinit -u -D && bindkey '^I' list-choices; print re''ady\n")
        self.hear("ready")

    def say(self, text):
        os.write(self.terminal, text.encode())

    def hear(self, *words):
        """What is shown until all of the words are."""
        heard, deadline = "", time.monotonic() + 60
        while not all(word in heard for word in words):
            self.assertGreater(deadline, time.monotonic(), f"{words} expected: {heard}")
            if select.select([self.terminal], [], [], 1)[0]:
                heard += os.read(self.terminal, 65536).decode(errors="replace")
        return heard

    def listed(self, line, *words):
        self.say("\x15" + line + "\t")  # nothing of the line before
        return self.hear(*words)

    def test_what_it_offers(self):
        self.assertNotIn("a-file.txt", self.listed("notifier --encoding ", "auto", "cyrillic", "ucs2"))
        self.listed("notifier --split ", "udh16", "sar", "payload")
        self.listed("notifier -i ", "markdown", "html")
        self.listed("notifier --wait", "--wait-receipt", "stay for the final receipts that long, and report")
        self.listed("notifier --url-file ", "a-file.txt")
        self.listed("notifier sm", "smpp://", "smpps://")
        self.listed("mock-smsc --carrier ", "throttling", "strict")
        self.listed("mock-smsc --database ", "a-file.txt")
        self.listed("smpp-dump a", "a-file.txt")


if __name__ == "__main__":
    unittest.main()
