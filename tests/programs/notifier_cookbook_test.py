"""The cookbook of docs/notifier.md does what it says: its snippets are taken from there and run against mock-smsc."""
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from mock import Mock, program  # noqa: E402

PAGER = "+15557654321"
MACROS = {"NOTIFICATIONTYPE": "PROBLEM", "HOSTALIAS": "web 1", "SERVICEDESC": "HTTP", "SERVICESTATE": "CRITICAL",
          "SERVICEOUTPUT": "connection refused, 100%", "CONTACTPAGER": PAGER, "notification.type": "PROBLEM",
          "host.display_name": "web 1", "service.display_name": "HTTP", "service.state": "CRITICAL",
          "service.output": "connection refused, 100%", "user.pager": PAGER}
EXPECTED = "PROBLEM: web 1/HTTP is CRITICAL\nconnection refused, 100%"
ALERT = ('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\r\n{"alerts":[{"status":"firing",'
         '"labels":{"alertname":"DiskFull"},"annotations":{"summary":"99% of /"}}]}')


def recipe(title):
    """The indented blocks below **title** of the cookbook, without their indentation."""
    with open(os.path.join(ROOT, "docs", "notifier.md"), encoding="utf-8") as file:
        text = file.read()
    part = text[text.index("## Cookbook"):].split(f"\n**{title}**", 1)[1].split("\n**", 1)[0]
    blocks = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", part, re.M)
    return [re.sub(r"^    ", "", block, flags=re.M) for block in blocks]


def expand(text):
    """Macros of Nagios and Icinga."""
    return re.sub(r"\$([\w.]+)\$|\$\$", lambda found: MACROS[found[1]] if found[1] else "$", text)


class Cookbook(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.mock = Mock()
        self.mock.__enter__()
        self.addCleanup(self.mock.__exit__, None)
        self.server = f"smpp://user:secret@{self.mock.smpp}/MONITOR"
        for name, text in (("oncall", f"{self.server}/{PAGER}\n"), ("smsc", self.server + "\n")):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def here(self, snippet):
        """With the programs and files of this test."""
        return (snippet.replace("/usr/bin/notifier", program("notifier")).replace("/etc/notifier", self.folder)
                .replace("smpps://user:password@smsc.example.com/MONITOR", self.server))

    def run_it(self, command, **environment):
        variables = dict(os.environ, PATH=os.path.dirname(program("notifier")) + os.pathsep + os.environ["PATH"], **environment)
        done = subprocess.run(command, capture_output=True, text=True, env=variables, timeout=60, check=False,
                              stdin=subprocess.DEVNULL)
        self.assertEqual((0, ""), (done.returncode, done.stderr), command)

    def assert_sent(self, text):
        [message] = self.mock.wait(1)
        self.assertEqual(("MONITOR", PAGER.lstrip("+"), text), (message["from"], message["to"], message["text"].replace("\r\n", "\n")))
        self.assertEqual(1, len(self.mock.messages()))

    def test_cron(self):
        [line] = recipe("cron")
        command = line.split(None, 5)[5].replace("backup.sh", "false")
        self.assertNotRegex(command, r"(?<!\\)%", "cron makes a line end of it")
        self.run_it(["sh", "-c", self.here(command)])
        self.assert_sent("backup failed on " + socket.gethostname())

    def test_a_ci_job(self):
        [line] = recipe("A CI job")
        self.run_it(["sh", "-c", self.here(line)], SMS_URL=f"{self.server}/{PAGER}", CI_PIPELINE_ID="7",
                    CI_PIPELINE_URL="https://ci/7")
        self.assert_sent("build 7 failed: https://ci/7")

    @unittest.skipUnless(shutil.which("jq"), "no jq")
    def test_alertmanager(self):
        loop = recipe("Prometheus Alertmanager")[-1].rsplit("while true; do", 1)[1].rsplit("done", 1)[0]
        self.assertIn("nc -l -N 127.0.0.1 9099", loop)
        request = os.path.join(self.folder, "request")
        with open(request, "w", encoding="utf-8", newline="") as file:
            file.write(ALERT)
        self.run_it(["sh", "-c", self.here(loop.replace("nc -l -N 127.0.0.1 9099", f"cat {request}"))])
        self.assert_sent("firing: DiskFull 99% of /")

    def test_systemd(self):
        unit = recipe("systemd")[-1]
        command = re.search(r"^ExecStart=(.*)$", unit, re.M)[1].replace("%i", "backup.service").replace("%H", "web1")
        self.run_it(shlex.split(self.here(command)))
        self.assert_sent("backup.service failed on web1")

    def test_nagios(self):
        [command] = recipe("Nagios")
        line = re.search(r"command_line (.*?)\n *\}", command.replace("\\\n", " "), re.S)[1]
        self.run_it(["sh", "-c", expand(self.here(line))])
        self.assert_sent(EXPECTED)

    def test_icinga_2(self):
        [definition] = recipe("Icinga 2")
        definition = self.here(definition)
        words = re.findall(r'"(.*?)"', re.search(r"command = \[(.*?)\]", definition)[1])
        arguments = re.search(r"arguments = \{(.*?)\}", definition, re.S)[1]
        for key, value in re.findall(r'"(.*?)" = "(.*?)"', arguments):
            words += [key, expand(value).replace("\\n", "\n")]
        variables = re.findall(r'(\w+) = "(.*?)"', re.search(r"env = \{(.*?)\}", definition, re.S)[1])
        self.run_it(words, **{name: expand(value) for name, value in variables})
        self.assert_sent(EXPECTED)


if __name__ == "__main__":
    unittest.main()
