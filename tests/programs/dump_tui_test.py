"""smpp-dump tui from outside, on a terminal of its own."""
import os
import signal
import subprocess
import tempfile
import termios
import unittest

from mock import Mock, program
from smpp_peer import Peer
from terminal import Terminal

CAPTURES = os.path.join(os.path.dirname(__file__), "..", "data", "captures")
INTERLEAVE = os.path.join(CAPTURES, "interleave.pcap")


def tui(*arguments, **options):
    return Terminal([program("smpp-dump"), "tui", *arguments], **options)


class Tui(unittest.TestCase):
    def test_through_a_capture_and_out_again(self):
        with tui(INTERLEAVE) as terminal:
            terminal.wait("8 sessions")
            terminal.press("\r")
            terminal.wait(r"- submit_sm seq=3 INFO .*Balance: 12\.40")
            terminal.press("jj\r")
            terminal.wait(r"0000  00 00 00 7b(.|\n)*command_id = 0x00000004  submit_sm")
            self.assertNotIn("\x1b", terminal.text())
            terminal.press("qqq")
            self.assertEqual(0, terminal.ends())
            self.assertTrue(terminal.screen.was_alternate)
            self.assertFalse(terminal.screen.alternate)

    def test_the_terminal_is_left_as_it_was(self):
        with tui(INTERLEAVE) as terminal:
            terminal.wait("8 sessions")
            self.assertNotEqual(terminal.modes, termios.tcgetattr(terminal.file))
            terminal.press("\x03")
            self.assertEqual(0, terminal.ends())
            self.assertEqual(terminal.modes, termios.tcgetattr(terminal.file))

    def test_a_filter_and_what_is_saved(self):
        with tempfile.TemporaryDirectory() as folder, tui(INTERLEAVE) as terminal:
            terminal.wait("8 sessions")
            terminal.press("fcommand == submit_sm\r\r")
            terminal.wait("filter: command == submit_sm(.|\n)*seq=2(.|\n)*seq=3")
            saved = os.path.join(folder, "saved.pcapng")
            terminal.press("s" + "\x7f" * 40 + saved + "\r")
            terminal.wait("2 PDUs saved")
            lines = subprocess.run([program("smpp-dump"), saved], capture_output=True, text=True, check=True).stdout
            self.assertEqual(2, lines.count(" submit_sm "))
            self.assertEqual(2, lines.count(" seq="))

    def test_it_fits_itself_to_the_terminal(self):
        with tui(INTERLEAVE) as terminal:
            terminal.wait("8 sessions")
            terminal.resize(60, 8)
            terminal.wait(r"8 sessions(.|\n)*esme51")
            terminal.resize(3, 2)
            terminal.press("\r\x1b")
            terminal.resize(100, 30)
            terminal.wait(r"8 sessions(.|\n)*F7 Filter")
            terminal.press("q")
            self.assertEqual(0, terminal.ends())

    def test_a_file_that_grows_is_followed(self):
        with open(INTERLEAVE, "rb") as file:
            octets = file.read()
        with tempfile.NamedTemporaryFile() as growing:
            growing.write(octets[:len(octets) // 2])
            growing.flush()
            with tui("--follow", growing.name) as terminal:
                terminal.wait(r"LIVE +4 sessions")
                growing.write(octets[len(octets) // 2:])
                growing.flush()
                terminal.wait(r"LIVE +8 sessions")
                os.kill(terminal.pid, signal.SIGTERM)
                self.assertEqual(0, terminal.ends())

    def test_a_proxy_is_seen_live(self):
        with Mock() as mock, tui("--proxy", f"127.0.0.1:0={mock.smpp}") as terminal:
            port = int(terminal.wait(r"listening on smpp://127\.0\.0\.1:(\d+)")[1])
            with Peer(port) as peer:
                self.assertEqual(0, peer.bind("somebody"))
                terminal.wait(r"LIVE +1 session (.|\n)*somebody")
                terminal.press("\r")
                peer.submit(text=b"seen as it passes")
                terminal.wait("seen as it passes")
                peer.request(6)  # unbind
                terminal.wait("unbind_resp")
            terminal.press("qq")
            terminal.wait(r"Quit, and end what runs\?")
            terminal.press("y")
            self.assertEqual(0, terminal.ends())

    def test_a_file_that_cannot_be_read_is_named_on_the_plain_terminal(self):
        with tui("/no/such.pcap") as terminal:
            self.assertNotEqual(0, terminal.ends())
            self.assertIn("/no/such.pcap", terminal.text())
            self.assertFalse(terminal.screen.was_alternate)


class Refused(unittest.TestCase):
    def test_without_a_terminal(self):
        done = subprocess.run([program("smpp-dump"), "tui", INTERLEAVE], capture_output=True, text=True, check=False)
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("no terminal", done.stderr)

    def test_options_that_mean_nothing_there(self):
        for option in ("--stats", "--ladder", "--lint", "-x"):
            with self.subTest(option):
                done = subprocess.run([program("smpp-dump"), "tui", option, INTERLEAVE], capture_output=True, text=True,
                                      check=False)
                self.assertEqual(2, done.returncode)

    def test_a_terminal_that_cannot_move_its_cursor(self):
        with Terminal(["sh", "-c", f"TERM=dumb {program('smpp-dump')} tui {INTERLEAVE}"]) as terminal:
            self.assertEqual(2, terminal.ends())
            self.assertIn("TERM", terminal.text())


if __name__ == "__main__":
    unittest.main()
