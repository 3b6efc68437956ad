"""smpp-dump --check and -i from outside."""
import json
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from certificates import Certificates
from live_dump import LiveDump
from mock import Mock
from smpp_peer import ENQUIRE_LINK, SUBMIT_SM, Peer, pdu, submit_sm

DUMP = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")


def run(*arguments, **environment):
    done = subprocess.run([DUMP, *arguments], capture_output=True, timeout=60, check=False,
                          env={**os.environ, **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(url, *options, **environment):
    """Exit code and the steps by name."""
    code, out, err = run("--check", url, "-T", "json", *options, **environment)
    assert "s3cr3t" not in out + err and "wr0ng" not in out + err, out + err
    return code, {step["step"]: step for step in map(json.loads, out.splitlines())}


class Server:
    """Answers every first piece of octets with `answer` and closes; None: never answers."""

    def __init__(self, answer, tls=None):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self._answer, self._tls = answer, tls
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        connection, _ = self.socket.accept()
        connection.settimeout(20)
        with connection:
            try:
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                connection.recv(4096)
                if self._answer is None:
                    connection.recv(1)
                connection.sendall(self._answer or b"")
            except OSError:
                pass
            finally:
                connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._thread.join()
        self.socket.close()


class Check(unittest.TestCase):
    def test_all_steps_of_a_server_that_is_well(self):
        with Mock("--user", "user:s3cr3t", "--tls-self-signed") as mock:
            code, steps = check(f"smpps://user:s3cr3t@localhost:{mock.smpps.split(':')[1]}", "--ca", mock.ca)
            self.assertEqual((0, ["dns", "tcp", "tls", "bind", "enquire_link", "unbind", "all"]), (code, list(steps)))
            self.assertTrue(all(step["ok"] and step["ms"] >= 0 for step in steps.values()))
            self.assertRegex(steps["tls"]["text"], r"TLSv1\.3, TLS_.*certificate of localhost.*; trusted")
            self.assertEqual("bind_transmitter; SMPP 3.4 counts: 3.4 was asked for, the server speaks 3.4",
                             steps["bind"]["text"])
            code, out, _ = run("--check", f"smpp://user@{mock.smpp}?bind=trx&interface_version=5.0", SMPP_PASSWORD="s3cr3t")
            self.assertEqual(0, code, out)
            self.assertRegex(out, r"(?m)^ok +bind +\d+\.\d ms  bind_transceiver; SMPP \d\.\d counts: 5\.0 was asked for")
            self.assertNotIn("s3cr3t", out)

    def test_where_it_fails_and_why(self):
        with Mock("--user", "user:s3cr3t", "--tls-self-signed") as mock:
            for url, options, step, said, hint in (
                    (f"smpp://user:wr0ng@{mock.smpp}", (), "bind", "ESME_RINVPASWD", "password is wrong"),
                    (f"smpps://user:s3cr3t@{mock.smpps}", (), "tls", "not trusted: .*self.signed", "--ca FILE"),
                    (f"smpps://user:s3cr3t@{mock.smpp}", (), "tls", ".", "TLS on this port"),
                    ("smpp://user:s3cr3t@127.0.0.1:1", (), "tcp", "refused", "nothing listens on port 1"),
                    ("smpp://user:s3cr3t@no-such-host.invalid", (), "dns", "no-such-host.invalid", "spelt")):
                with self.subTest(url):
                    code, steps = check(url, *options)
                    self.assertEqual(1, code)
                    self.assertEqual([step, "all"], [name for name in steps if not steps[name]["ok"]])
                    self.assertRegex(steps[step]["text"], said)
                    self.assertIn(hint, steps[step]["hint"])
            code, steps = check(f"smpps://user:s3cr3t@{mock.smpps}?verify=no")
            self.assertEqual(0, code)
            self.assertRegex(steps["tls"]["text"], "NOT trusted")

    def test_servers_that_answer_strangely(self):
        for answer, said, hint in (
                (b"", "closed the connection instead of answering", "TLS"),
                (bytes.fromhex("15030300020228"), "answers in TLS", "smpps://"),
                (b"HTTP/1.1 400 Bad Request\r\n\r\n", "no SMPP: HTTP/1.1 400", ""),
                (pdu(0x80000000, 1, status=3), "generic_nack: ESME_RINVCMDID", ""),
                (pdu(0x80000002, 1, status=0x0E)[:-4] + b"\0\0\0\1", "ESME_RINVPASWD", "password")):
            with self.subTest(answer), Server(answer) as server:
                code, steps = check(f"smpp://user:s3cr3t@{server.address}")
                self.assertEqual(1, code)
                self.assertIn(said, steps["bind"]["text"])
                self.assertIn(hint, steps["bind"]["hint"])

    def test_a_server_that_never_answers(self):
        with Server(None) as server:
            code, steps = check(f"smpp://user:s3cr3t@{server.address}", "--timeout", "0.3")
            self.assertEqual(1, code)
            self.assertIn("no answer within 0.3 s", steps["bind"]["text"])

    def test_an_old_certificate(self):
        with Certificates() as authority:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*authority.issue("localhost", days=-1))
            with Server(b"", context) as server:
                code, steps = check(f"smpps://u:s3cr3t@localhost:{server.address.split(':')[1]}", "--ca", authority.ca)
                self.assertEqual(1, code)
                self.assertIn("certificate has expired", steps["tls"]["text"])

    def test_wrong_usage(self):
        for arguments, said in ((["http://x"], "neither smpp nor smpps"), (["smpp://user:s3cr3t@"], "no host"),
                                (["smpp://h?bind=both"], "none of tx, rx, trx"), (["smpp://h:99999"], "no port number"),
                                (["smpp://h", "--timeout", "-1"], "--timeout"), (["smpp://h", "-i", "lo"], "give one of"),
                                (["smpp://" + "x" * 80 + "@h"], None)):
            code, out, err = run("--check", *arguments)
            self.assertIn(code, (2, 3), arguments)
            self.assertEqual("", out)
            self.assertIn(said or "system_id", err)
            self.assertNotIn("s3cr3t", err)


def may_capture():
    try:
        socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0).close()
        return True
    except OSError:
        return False


class Interface(unittest.TestCase):
    @unittest.skipUnless(may_capture(), "takes CAP_NET_RAW")
    def test_pdus_are_shown_while_the_connection_is_open_and_losses_at_the_end(self):
        with Mock("--user", "user:s3cr3t") as mock:
            port = mock.smpp.split(":")[1]
            with LiveDump("-i", "lo", "-f", f"tcp port {port}", "-T", "json") as dump:
                dump.wait("err", "capturing on lo")
                with Peer(int(port)) as peer:
                    self.assertEqual(0, peer.bind("user", "s3cr3t"))
                    self.assertEqual(0, peer.request(SUBMIT_SM, submit_sm(text=b"hello"))[0])
                    dump.wait("out", "submit_sm_resp")
            self.assertEqual(0, dump.code, dump.err)
            self.assertEqual(["submit_sm", "submit_sm_resp"], [r["name"] for r in dump.records][2:4])
            self.assertRegex(dump.err, r"\d+ packets on lo, none lost")

    @unittest.skipUnless(may_capture(), "takes CAP_NET_RAW")
    def test_tls_with_a_key_log_that_grows_meanwhile(self):
        with tempfile.NamedTemporaryFile() as keys, \
                Mock("--user", "user:s3cr3t", "--tls-self-signed", "--tls-keylog", keys.name) as mock:
            port = int(mock.smpps.split(":")[1])
            with LiveDump("-i", "lo", "-f", f"tcp port {port}", "-T", "json", "--keylog", keys.name) as dump:
                dump.wait("err", "capturing on lo")
                with Peer(port, tls=ssl.create_default_context(cafile=mock.ca)) as peer:
                    self.assertEqual(0, peer.bind("user", "s3cr3t"))
                    self.assertTrue(self.seen_with_what_follows(dump, peer, "bind_transceiver_resp"), dump.err)
            self.assertNotIn("not decrypted", dump.err)

    @staticmethod
    def seen_with_what_follows(dump, peer, pattern):
        """A PDU whose keys reached the log after it had passed is shown with the next packet."""
        for _ in range(30):
            peer.request(ENQUIRE_LINK)
            try:
                return dump.wait("out", pattern, seconds=0.5)
            except AssertionError:
                pass
        return None

    @unittest.skipUnless(may_capture(), "takes CAP_NET_RAW")
    def test_what_cannot_be_captured(self):
        code, _, err = run("-i", "no-such-interface")
        self.assertEqual(3, code)
        self.assertRegex(err, "no-such-interface: there is no such interface; there are: .*lo")
        code, _, err = run("-i", "lo", "-f", "port port")
        self.assertEqual(2, code)
        self.assertIn("-f 'port port': ", err)

    def test_without_permission_it_says_which_is_missing(self):
        if os.geteuid() == 0:
            done = subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", "--bounding-set=-all", DUMP, "-i", "lo"],
                                  capture_output=True, timeout=60, check=False)
            if b"ermission denied" in done.stderr and b"capture" not in done.stderr:
                self.skipTest("nobody may not run the program")
            code, err = done.returncode, done.stderr.decode()
        elif may_capture():
            self.skipTest("this user may capture")
        else:
            code, _, err = run("-i", "lo")
        self.assertEqual(3, code)
        self.assertIn("CAP_NET_RAW", err)

    def test_a_capture_filter_needs_an_interface(self):
        code, _, err = run("-f", "port 1", "x.pcap")
        self.assertEqual(2, code)
        self.assertIn("-f goes with -i", err)


if __name__ == "__main__":
    unittest.main()
