"""notifier with configuration files: which URLs they choose, and in which order these are served."""
import json
import os
import subprocess
import tempfile
import unittest

from fake_smsc import FakeSmsc

NOTIFIER = os.path.join(os.environ["SMPP_BIN_DIR"], "notifier")
SECRET = "S3cret!"


class ConfigCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run_notifier(self, *arguments, **more):
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("NOTIFIER_", "APPRISE_"))}
        environment.update({"HOME": self.folder}, **more)
        done = subprocess.run([NOTIFIER, *arguments], capture_output=True, text=True, env=environment,
                              stdin=subprocess.DEVNULL, timeout=30, check=False)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        return done

    def chosen(self, *arguments, code=0, **more):
        """Hosts of the URLs that are chosen."""
        done = self.run_notifier("--explain", "--output", "json", *arguments, **more)
        self.assertEqual(code, done.returncode, done.stderr)
        return [json.loads(line)["host"] for line in done.stdout.splitlines()]

    @staticmethod
    def url(host, tail="/1555/1666777"):
        return f"smpp://user:{SECRET}@{host}{tail}"


class Choice(ConfigCase):
    def test_tags_groups_and_all(self):
        path = self.write("a.conf", f"{self.url('plain')}\nops,night={self.url('both')}\nops={self.url('ops')}\n"
                          f"dev={self.url('dev')}\nteam=dev\n{self.url('own')}?tag=mine\n")
        for tags, hosts in (([], ["plain"]), (["ops"], ["both", "ops"]), (["ops,night"], ["both"]),
                            (["night", "dev"], ["both", "dev"]), (["team"], ["dev"]), (["mine"], ["own"]),
                            (["all"], ["plain", "both", "ops", "dev", "own"])):
            with self.subTest(tags):
                self.assertEqual(hosts, self.chosen("-c", path, *(word for tag in tags for word in ("-g", tag))))

    def test_no_tag_matched_is_exit_code_3(self):
        path = self.write("a.conf", f"ops={self.url('ops')}\n")
        for arguments in (["-g", "other"], []):
            done = self.run_notifier("-b", "x", "-c", path, *arguments)
            self.assertEqual(3, done.returncode)
            self.assertEqual(1, len(done.stderr.splitlines()), done.stderr)

    def test_yaml_keys_win_over_the_url(self):
        path = self.write("a.yml", "urls:\n"
                          f"  - smpp://user:{SECRET}@one:\n"
                          "     - {source: 1555, targets: 1666777, port: 2000}\n"
                          f"  - smpp://_?host=old&from=1555&to=1666:\n"
                          f"     - {{user: user, password: '{SECRET}', host: two, to: [+1777888, 1777999]}}\n")
        done = self.run_notifier("--explain", "--output", "json", "-c", path)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        one, two = map(json.loads, done.stdout.splitlines())
        self.assertEqual(("one", 2000, "1555"), (one["host"], one["port"], one["from"]["addr"]))
        self.assertEqual(["1666777"], [each["addr"] for each in one["targets"]])
        self.assertEqual(("two", "1555"), (two["host"], two["from"]["addr"]))
        self.assertEqual(["1777888", "1777999"], [each["addr"] for each in two["targets"]])

    def test_recipients_of_yaml_replace_those_of_the_url(self):
        path = self.write("a.yml", "urls:\n"
                          f"  - {self.url('one', '/1555/16660001')}:\n     - to: 16660002\n"
                          f"  - {self.url('two', '/1555')}: {{from: 1777, to: [1666]}}\n"
                          f"  - url: {self.url('three', '/1555')}\n    to: 1888\n"
                          f"  - {self.url('four', '/1555')}:\n     - targets: 1999\n     - tag: all\n    to: 1888\n")
        done = self.run_notifier("--explain", "--output", "json", "-c", path, "-g", "all")
        self.assertEqual(0, done.returncode, done.stderr)
        found = [(line["from"]["addr"], [each["addr"] for each in line["targets"]])
                 for line in map(json.loads, done.stdout.splitlines())]
        self.assertEqual([("1555", ["16660002"]), ("1777", ["1666"]), ("1555", ["1888"]), ("1555", ["1999"]),
                          ("1555", ["1888"])], found)

    def test_includes_follow_the_depth(self):
        path = self.write("a.conf", f"{self.url('a')}\ninclude sub/b.yml\n")
        self.write("sub/b.yml", f"urls: ['{self.url('b')}']\ninclude: c.conf\n")
        self.write("sub/c.conf", f"{self.url('c')}\ninclude ../a.conf\n")
        self.assertEqual(["a", "b"], self.chosen("-c", path))
        self.assertEqual(["a"], self.chosen("-c", path, "-R", "0"))
        self.assertEqual(["a", "b", "c"], self.chosen("-c", "file://" + path, "-R", "2"))
        self.assertEqual(["a", "b", "c", "a"], self.chosen("-c", path, "-R", "3"))
        self.assertEqual(2, self.run_notifier("-c", path, "-R", "99").returncode)

    def test_the_usual_places(self):
        done = self.run_notifier("-b", "x")
        self.assertEqual((1, 1), (done.returncode, len(done.stderr.splitlines())))
        self.write(".apprise.yml", f"urls: ['{self.url('theirs')}']\n")
        self.assertEqual(["theirs"], self.chosen())
        self.write(".config/notifier.conf", self.url("ours"))
        self.assertEqual(["ours"], self.chosen())
        self.assertEqual(["env"], self.chosen(APPRISE_URLS=self.url("env")))
        other = self.write("other", self.url("other"))
        self.assertEqual(["other", "other"], self.chosen(APPRISE_CONFIG_PATH=f"{other};{other}"))
        self.assertEqual(["given"], self.chosen(self.url("given"), "-c", other))

    def test_a_config_that_does_not_load_is_exit_code_2(self):
        bad = self.write("bad.yml", f"urls: ['{self.url('x')}'\n")
        for path in (bad, os.path.join(self.folder, "absent"), "https://u:S3cret!@example.com/x", self.folder):
            done = self.run_notifier("-b", "x", "-c", path)
            self.assertEqual((2, 1), (done.returncode, len(done.stderr.splitlines())), done.stderr)


    def test_files_as_windows_and_apprise_name_and_write_them(self):
        path = self.write("bom.conf", f"\ufeffops = {self.url('bom')}\n")
        self.assertEqual(["bom"], self.chosen("-c", path, "-g", "ops"))
        path = self.write("a b", f"urls: ['{self.url('yaml')}']\n")
        self.assertEqual(["yaml"], self.chosen("-c", "file://" + path.replace(" ", "%20") + "?format=yaml"))
        path = self.write("notes.yml", f"{self.url('text')}\n")
        self.assertEqual(["text"], self.chosen("-c", f"file://{path}?format=text&encoding=utf-8"))
        self.write("one.yml", f"urls: ['{self.url('one')}']\n")
        path = self.write("all.yml", "include: one.yml, one.yml\n")
        self.assertEqual(["one", "one"], self.chosen("-c", path))
        path = self.write("dot.yml", f"urls:\n - url: {self.url('dot')}\n   tag: on.call\n   schema: smpp\n")
        done = self.run_notifier("--explain", "-c", path, "-g", "on.call")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn("unknown parameter", done.stdout + done.stderr)
        self.assertEqual([], self.chosen("-c", path, "-g", "", code=3))

    def test_files_of_urls(self):
        one = self.write("one", f"\ufeff{self.url('one')}  # mine\n# {self.url('no')}\n{self.url('two', '/1555/1666777?tag=a%23b')}\n")
        two = self.write("two", self.url("three"))
        done = self.run_notifier("--explain", "--output", "json", "--url-file", one, "--url-file", two)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([("one", []), ("two", []), ("three", [])], [(line["host"], line["warnings"]) for line in lines])

    def test_a_file_without_urls_is_named(self):
        path = self.write("empty.conf", "# nothing\n")
        for option in ("-c", "--url-file"):
            done = self.run_notifier("-b", "x", option, path)
            self.assertEqual((1, f"notifier: error: no URL in {path}\n"), (done.returncode, done.stderr))


class Order(ConfigCase):
    def send(self, config, *arguments):
        return self.run_notifier("-b", "x", "-c", self.write("a.conf", config), *arguments)

    def test_a_later_priority_is_for_failures_of_the_earlier(self):
        for refusals, first, second, code in (([0], 1, 0, 0), ([0x0B], 1, 1, 1)):
            with self.subTest(refusals), FakeSmsc(submit=refusals) as one, FakeSmsc() as two:
                done = self.send(f"2:ops={self.url(two.address)}\n1:ops={self.url(one.address)}\n", "-g", "ops")
                self.assertEqual((first, second, code), (len(one.submits), len(two.submits), done.returncode))

    def test_a_priority_in_the_option_chooses_only_its_urls(self):
        with FakeSmsc() as one, FakeSmsc() as two:
            done = self.send(f"2:ops={self.url(two.address)}\n1:ops={self.url(one.address)}\n", "-g", "2:ops")
            self.assertEqual((0, 1, 0), (len(one.submits), len(two.submits), done.returncode))

    def test_a_retry_in_the_option(self):
        with FakeSmsc(submit=[0x64, 0x64, 0]) as smsc:
            done = self.send(f"ops={self.url(smsc.address)}?retry=0&wait=0.01\n", "-g", "ops:2")
            self.assertEqual((3, 0), (len(smsc.submits), done.returncode), done.stderr)


if __name__ == "__main__":
    unittest.main()
