#!/usr/bin/env python3
"""What docs/mock-smsc.md shows can be done as it stands there."""
import json
import os
import re
import shlex
import subprocess
import unittest

from mock import REPOSITORY, Mock, program
from smpp_peer import Peer

with open(os.path.join(REPOSITORY, "docs", "mock-smsc.md"), encoding="utf-8") as file:
    PAGE = file.read()


def commands(first):
    """Those of the page that begin with this word, with what they go on with in the next lines."""
    for block in re.findall(r"^```\w*\n(.*?)^```$", PAGE, re.M | re.S):
        for command in re.findall(r"^\$ ((?:.*\\\n)*.*)", block, re.M):
            if command.startswith(first + " "):
                yield command


def rows(heading):
    """First cells of the table below a line with these words."""
    table = PAGE[PAGE.index(heading):]
    table = table[table.index("|---"):]
    table = table[table.index("\n") + 1:table.index("\n\n")]
    return [re.match(r"\| `(.*?)` \|", line)[1] for line in table.splitlines()]


def objects(beginning):
    """JSON objects that stand in the text."""
    for found in re.finditer(re.escape(beginning), PAGE):
        try:
            yield json.JSONDecoder().raw_decode(PAGE, found.start())[0]
        except ValueError:
            pass  # cut short with ...


class Page(unittest.TestCase):
    def setUp(self):
        self.mock = Mock()
        self.mock.start()
        self.addCleanup(self.mock.close)
        self.addCleanup(self.mock.stop)

    def test_actions_and_rules(self):
        shown = [json.loads("{%s}" % row) for row in rows("| action | what the client sees |")]
        self.assertGreater(len(shown), 15)
        rules = [{"actions": [each]} for each in shown]
        rules += list(objects('{"match":')) + list(objects('{"actions":'))
        self.assertGreater(len(rules), 30)
        for rule in rules:
            with self.subTest(rule):
                status, answer = self.mock.call("/rules", "POST", rule)
                self.assertLess(status, 300, answer)

    def test_receipts(self):
        shown = rows("The action `receipt` takes")
        self.assertGreater(len(shown), 10)
        for row in shown:
            with self.subTest(row):
                status, answer = self.mock.call("/rules", "POST", {"actions": [{"receipt": json.loads("{%s}" % row)}]})
                self.assertLess(status, 300, answer)

    def test_calls(self):
        peer = Peer(self.mock.port)
        self.addCleanup(peer.close)
        peer.bind("user")
        peer.submit()
        shown = list(commands("curl")) + re.findall(r"`(curl [^`]*API[^`]*)`", PAGE)
        self.assertGreater(len(shown), 10)
        for command in sorted(shown, key=lambda each: "sessions/1" in each):  # these end the session
            command = command.replace("http://127.0.0.1:2780", f"http://{self.mock.http}").replace("30s", "1ms").replace("5s", "1ms")
            with self.subTest(command):
                done = subprocess.run(["sh", "-c", f"API=http://{self.mock.http}/api/v1; {command} -o /dev/null -w '%{{http_code}}'"],
                                      capture_output=True, text=True, timeout=30, check=True)
                # In time, or not: nobody has sent what some wait for.
                self.assertIn(int(done.stdout), (200, 201, 202, 204, 408, 417), done.stdout)

    def test_options(self):
        shown = [each for each in commands("mock-smsc") if each.split()[1].startswith("--")]
        shown += ["mock-smsc " + each for each in re.findall(r"`(--(?:rule|receipt|carrier|clock|bind-status) [^`|]*)`", PAGE)
                  if not re.search(r" [A-Z]+$", each)]
        self.assertGreater(len(shown), 6)
        for command in shown:
            with self.subTest(command):
                words = [word for word in shlex.split(command.replace("&", ""))[1:]]
                for option in ("--listen", "--http", "--ready-file"):
                    if option in words:
                        del words[words.index(option):words.index(option) + 2]
                with Mock(*words) as mock:
                    self.assertEqual(mock.get("/livez"), {"status": "ok"})

    def test_run(self):
        shown = list(commands("mock-smsc run"))
        self.assertEqual(len(shown), 1)
        words = shlex.split(shown[0])
        done = subprocess.run([program(words[0]), *words[1:words.index("--") + 1], "sh", "-c", "exit 7"], capture_output=True, timeout=30, check=False)
        self.assertEqual(done.returncode, 7)


if __name__ == "__main__":
    unittest.main()
