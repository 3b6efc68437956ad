"""smpp-dump --proxy from outside: nothing altered, everything shown, handshakes in words."""
import os
import random
import select
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import unittest

from certificates import Certificates
from live_dump import LiveDump
from mock import Mock
from smpp_peer import SUBMIT_SM, Closed, Peer, pdu, submit_sm

DUMP = os.path.join(os.environ["SMPP_BIN_DIR"], "smpp-dump")


def run(*arguments):
    done = subprocess.run([DUMP, *arguments], capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def receive_all(sock):
    got = bytearray()
    while True:
        part = sock.recv(65536)
        if not part:
            return bytes(got)
        got += part


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


class Listener:
    """A server that gives its next connection to the test."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(20)
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def accept(self):
        connection, _ = self.socket.accept()
        connection.settimeout(20)
        return connection


def proxied_pair(dump, listener):
    client = socket.create_connection(("127.0.0.1", dump.port()), timeout=20)
    return client, listener.accept()


def send_in_pieces(sock, octets, seed):
    pieces, at = random.Random(seed), 0
    while at < len(octets):
        size = pieces.choice([1, 3, 16, 700, 20000, 100000])
        sock.sendall(octets[at:at + size])
        at += size
    sock.shutdown(socket.SHUT_WR)


class Unaltered(unittest.TestCase):
    def test_octets_of_any_kind_pass_both_ways_and_the_halves_close_apart(self):
        noise = random.Random(1)
        for kind in ("pdus", "noise"):
            with self.subTest(kind), Listener() as listener, \
                    LiveDump("--proxy", f"127.0.0.1:0=127.0.0.1:{listener.port}", "-T", "json") as dump:
                if kind == "pdus":
                    up = b"".join(pdu(4, n, submit_sm(text=b"x" * (n % 160))) for n in range(1, 4001))
                    down = b"".join(pdu(0x80000004, n, b"m%d\0" % n) for n in range(1, 4001))
                else:
                    up, down = noise.randbytes(700_000), noise.randbytes(500_000)
                client, server = proxied_pair(dump, listener)
                with client, server:
                    sender = threading.Thread(target=send_in_pieces, args=(client, up, 2))
                    sender.start()
                    self.assertEqual(up, receive_all(server))  # the client has closed its half
                    sender.join()
                    answering = threading.Thread(target=send_in_pieces, args=(server, down, 3))
                    answering.start()
                    self.assertEqual(down, receive_all(client))
                    answering.join()
                dump.wait("err", f"ended; {len(up)} octets from the client, {len(down)} from the server")
            self.assertEqual(0, dump.code)
            if kind == "pdus":
                self.assertEqual(8000, len(dump.records))
                self.assertEqual({"ok"}, {r["state"] for r in dump.records})
                self.assertEqual(4000, len([r for r in dump.records if r.get("latency_us") is not None]))

    def test_a_reset_is_passed_on_as_one(self):
        for who in ("server", "client"):
            with self.subTest(who), Listener() as listener, \
                    LiveDump("--proxy", f"127.0.0.1:0=127.0.0.1:{listener.port}") as dump:
                client, server = proxied_pair(dump, listener)
                client.sendall(b"x")
                self.assertEqual(b"x", server.recv(1))
                breaks, stays = (server, client) if who == "server" else (client, server)
                reset(breaks)
                with stays, self.assertRaises(ConnectionResetError):
                    stays.recv(1)
                dump.wait("err", f"the {who} reset the connection")

    def test_a_server_that_does_not_read_holds_the_client_back(self):
        with Listener() as listener, LiveDump("--proxy", f"127.0.0.1:0=127.0.0.1:{listener.port}") as dump:
            client, server = proxied_pair(dump, listener)
            with client, server:
                client.setblocking(False)
                sent, block = 0, pdu(4, 1, submit_sm(text=b"x" * 200)) * 300
                while select.select([], [client], [], 0.5)[1] and sent < 200_000_000:
                    sent += client.send(block)
                self.assertLess(sent, 100_000_000)
                with open(f"/proc/{dump.process.pid}/status", encoding="ascii") as status:
                    size = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
                if "asan" not in DUMP:  # which keeps what was freed
                    self.assertLess(size, 64_000)

    def test_many_connections_at_once(self):
        with Mock("--user", "user:secret") as mock, \
                LiveDump("--proxy", f"127.0.0.1:0={mock.smpp}", "-T", "json") as dump:
            port = dump.port()
            peers = [Peer(port) for _ in range(50)]
            for peer in peers:
                self.assertEqual(0, peer.bind("user", "secret"))
            for peer in peers:
                self.assertEqual(0, peer.request(SUBMIT_SM, submit_sm())[0])
            for peer in peers:
                peer.__exit__(None, None, None)
        self.assertEqual(50, len({r["session"] for r in dump.records}))
        self.assertEqual(50, len([r for r in dump.records if r["name"] == "submit_sm_resp"]))


class Shown(unittest.TestCase):
    def test_tls_on_both_sides_with_a_file_at_the_same_time(self):
        with tempfile.TemporaryDirectory() as folder, Mock("--user", "user:secret", "--tls-self-signed") as mock:
            own, file = os.path.join(folder, "own.pem"), os.path.join(folder, "x.pcapng")
            with LiveDump("--proxy", f"tls:127.0.0.1:0=smpps://{mock.smpps}", "--ca", mock.ca, "--cert-out", own,
                          "-w", file, "-T", "json", "--lint") as dump:
                port = dump.port()
                with Peer(port, tls=ssl.create_default_context(cafile=own)) as peer:
                    self.assertEqual(0, peer.bind("user", "secret"))
                    self.assertEqual(0, peer.request(SUBMIT_SM, submit_sm(text=b"over TLS"))[0])
                dump.wait("err", "ended;")
            self.assertEqual(0, dump.code, dump.err)
            self.assertRegex(dump.err, r"certificate of localhost \(names: localhost, 127\.0\.0\.1.*SHA-256 [0-9A-F:]{95}")
            self.assertRegex(dump.err, r"tls with the client: TLSv1\.3, TLS_")
            self.assertRegex(dump.err, r"tcp: connected to " + mock.smpps)
            self.assertRegex(dump.err, r"tls: TLSv1\.3, TLS_\S+; certificate of localhost .*; trusted \(\d")
            self.assertRegex(dump.err, r'#1 bind_\w+ as "user" asks for SMPP 3\.4')
            self.assertRegex(dump.err, r"#1 bound; SMPP 3\.4 counts")
            self.assertNotIn("secret", dump.out + dump.err)
            pdus = [r for r in dump.records if "finding" not in r]
            found = [(r["finding"], r["by"]) for r in dump.records if "finding" in r]
            self.assertIn(("session.no-unbind", "esme"), found)
            self.assertIn("over TLS", [r.get("text") for r in pdus])
            self.assertEqual(mock.smpps, pdus[0]["dst"])
            code, again, _ = run("-T", "json", file)
            self.assertEqual(0, code)
            self.assertEqual(len(pdus), len(again.splitlines()))

    def test_a_filter_and_the_tree(self):
        with Mock("--user", "user:secret") as mock, \
                LiveDump("--proxy", f"127.0.0.1:0={mock.smpp}", "-T", "tree", "-Y", "submit_sm") as dump:
            with Peer(dump.port()) as peer:
                peer.bind("user", "secret")
                peer.request(SUBMIT_SM, submit_sm(text=b"hello"))
                dump.wait("out", "short_message")  # while the connection is open
        self.assertNotIn("bind_trans", dump.out)

    def test_a_refused_bind_is_told_with_what_may_help(self):
        with Mock("--user", "user:secret") as mock, LiveDump("--proxy", f"127.0.0.1:0={mock.smpp}") as dump:
            with Peer(dump.port()) as peer:
                self.assertNotEqual(0, peer.bind("user", "wrong"))
            dump.wait("err", r"bind FAILED: ESME_R\w+, .*hint: ")


class Failures(unittest.TestCase):
    def talk(self, dump, octets=b""):
        """What a client gets that sends `octets`: octets, or None for a reset."""
        port = dump.port()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
                client.sendall(octets)
                return receive_all(client)
        except (ConnectionResetError, BrokenPipeError):  # which may come before connect() returns
            return None

    def test_a_target_that_nobody_listens_on(self):
        with Listener() as listener:
            port = listener.port
        with LiveDump("--proxy", f"127.0.0.1:0=127.0.0.1:{port}") as dump:
            self.assertIsNone(self.talk(dump))
            dump.wait("err", r"tcp: FAILED: 127\.0\.0\.1:\d+: Connection refused .*hint: nothing listens on port")

    def test_tls_to_a_server_that_speaks_plain_smpp(self):
        with Mock() as mock, LiveDump("--proxy", f"127.0.0.1:0=smpps://{mock.smpp}") as dump:
            self.assertIsNone(self.talk(dump))
            dump.wait("err", r"tls: FAILED: .*does not speak TLS|tls: FAILED: .*hint: does the server speak TLS")

    def test_a_certificate_that_is_not_trusted_unless_told_to_go_on(self):
        with Mock("--user", "user:secret", "--tls-self-signed") as mock:
            target = f"127.0.0.1:0=smpps://{mock.smpps}"
            with LiveDump("--proxy", target) as dump:
                self.assertIsNone(self.talk(dump))
                dump.wait("err", r"tls: FAILED: the certificate is not trusted: .*self.signed.*hint: --ca")
            with LiveDump("--proxy", target, "--insecure") as dump, Peer(dump.port()) as peer:
                self.assertEqual(0, peer.bind("user", "secret"))
                dump.wait("err", r"; NOT trusted: .*self.signed")

    def test_a_certificate_for_another_name(self):
        with Certificates() as authority:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*authority.issue("other.example"))
            with Listener() as listener, LiveDump(
                    "--proxy", f"127.0.0.1:0=smpps://localhost:{listener.port}", "--ca", authority.ca) as dump:
                talking = threading.Thread(target=self.talk, args=(dump,))
                talking.start()
                with listener.accept() as server:
                    try:
                        with context.wrap_socket(server, server_side=True) as secure:
                            secure.recv(1)
                    except OSError:
                        pass
                    dump.wait("err", "certificate is not trusted: hostname mismatch .*certificate of other.example")
                talking.join()

    def test_a_plain_client_of_a_tls_proxy(self):
        with Mock() as mock, LiveDump("--proxy", f"tls:127.0.0.1:0={mock.smpp}") as dump:
            self.talk(dump, pdu(2, 1, b"user\0secret\0\0\x34\0\0\0"))
            dump.wait("err", "tls with the client: FAILED: .*does not speak TLS")

    def test_a_client_that_speaks_tls_to_a_plain_proxy(self):
        with Mock() as mock, LiveDump("--proxy", f"127.0.0.1:0={mock.smpp}") as dump:
            port = dump.port()
            with self.assertRaises((ssl.SSLError, OSError, Closed)):
                Peer(port, tls=ssl._create_unverified_context())
            dump.wait("err", "the client speaks TLS where plain SMPP was expected; hint: listen with tls:")

    def test_wrong_usage(self):
        for value, said in (("2776", "LISTEN=TARGET"), ("127.0.0.1:0=http://x", "neither smpp nor smpps"),
                            ("127.0.0.1:x=y", "no port number"), ("nowhere.example:0=y", "no address to listen on")):
            code, _, err = run("--proxy", value)
            self.assertEqual(2, code, value)
            self.assertIn(said, err)
        code, _, err = run("--proxy", "tls:127.0.0.1:0=y", "--cert", "/nonexistent.pem")
        self.assertEqual(3, code)
        self.assertIn("/nonexistent.pem", err)


if __name__ == "__main__":
    unittest.main()
