"""The keys of smpp-dump tui, pressed on a terminal of its own."""
import os
import re
import subprocess
import tempfile
import unittest

from mock import program
from terminal import Terminal

CAPTURES = os.path.join(os.path.dirname(__file__), "..", "data", "captures")
INTERLEAVE = os.path.join(CAPTURES, "interleave.pcap")
F1, F2, F3, F4 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"
F5, F6, F7, F8, F10 = "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[21~"


class Keys(unittest.TestCase):
    def tui(self, *arguments, columns=80, rows=24, **environment):
        """Of the size that a terminal has at the least."""
        terminal = Terminal([program("smpp-dump"), "tui", *(arguments or [INTERLEAVE])], columns=columns, rows=rows,
                            **environment)
        self.addCleanup(terminal.__exit__)
        terminal.wait(r"END +\d+ sessions?")
        return terminal

    def test_marked_sessions_are_opened_and_saved_together(self):
        terminal = self.tui()
        terminal.press(" jj ")
        terminal.wait(r"2 marked")
        terminal.wait(r"\* +1 .*esme51\D(.|\n)*\n +2 .*(.|\n)*\n\* +3 ")
        terminal.press("\r")
        terminal.wait(r"#1 +#3(.|\n)*#1 bind_transceiver seq=1(.|\n)*#3 bind_transmitter seq=1")
        self.assertNotIn("#2", terminal.text())
        terminal.press("q")
        terminal.wait("2 marked")
        with tempfile.TemporaryDirectory() as folder:
            saved = os.path.join(folder, "marked.pcapng")
            terminal.press(F2)
            terminal.wait(r"Save 16 PDUs as: smpp-dump\.pcapng")
            terminal.press(saved + "\r")  # takes the place of what was proposed
            terminal.wait("16 PDUs saved in")
            lines = subprocess.run([program("smpp-dump"), saved], capture_output=True, text=True, check=True).stdout
            self.assertEqual({"esme51", "esme39"}, set(re.findall(r'system_id="(esme\d+)"', lines)))

    def test_a_prompt_is_cleared_and_edited(self):
        terminal = self.tui()
        terminal.press("s")
        terminal.wait(r"Save 60 PDUs as: smpp-dump\.pcapng")
        terminal.press("\x01a-")
        terminal.wait(r"as: a-smpp-dump\.pcapng")
        terminal.press("\x15")
        terminal.wait(r"as:\n")
        terminal.press("other name\x17")
        terminal.wait(r"as: other\n")
        terminal.press("\x1b")
        terminal.press(F7 + "status != 0")
        terminal.wait("Filter: status != 0")
        terminal.press("\x15status == 0\r")
        terminal.wait("filter: status == 0")

    def test_sorting(self):
        terminal = self.tui()
        terminal.press("z")
        terminal.wait(r"#v(.|\n)*esme02(.|\n)*esme51")
        terminal.press("z>>>>")
        terminal.wait(r"ACCOUNT\^(.|\n)*esme02(.|\n)*esme39(.|\n)*esme99")
        terminal.press("<")
        terminal.wait(r"^(?!(.|\n)*ACCOUNT\^)")

    def test_columns(self):
        terminal = self.tui()
        terminal.press(F10)
        terminal.wait(r"ACCOUNT +\[x\]")
        terminal.press("jjjjj ")
        terminal.wait(r"ACCOUNT +\[ \]")
        terminal.press("q")
        terminal.wait(r"CLIENT( +SERVER)? +PDUS")  # has room now
        terminal.press("t")
        terminal.wait(r"ACCOUNT +\[ \]")

    def test_statistics_of_a_selection(self):
        terminal = self.tui()
        terminal.press("i")
        terminal.wait("Statistics of 8 sessions")
        terminal.press("qj i")
        terminal.wait(r"Statistics of 1 session,(.|\n)*session #2(.|\n)*2 submit_sm_resp(.|\n)*latency of 4 responses")

    def test_settings(self):
        terminal = self.tui()
        terminal.press(F8)
        terminal.wait(r"Colours +yes(.|\n)*Times in ladders +since the session began")
        terminal.press(" jj ")
        terminal.wait(r"Colours +no(.|\n)*Times in ladders +since the PDU before")
        terminal.press("q\ro")
        terminal.wait(r"Colours +no")
        terminal.press("q")
        terminal.wait(r"\+0\.001 s")

    def test_colours_take_turns(self):
        terminal = self.tui()
        for mode in ("requests, responses, receipts", "sessions", "what went wrong"):
            terminal.press("c")
            terminal.wait(f"colours tell apart: {mode}")

    def test_related_sessions(self):
        terminal = self.tui()
        terminal.press(F4)
        terminal.wait(r"#1 10\.1\.0\.2:20000 esme51(.|\n)*no other session of the same account(.|\n)*F4 Alone")
        terminal.press("x")
        terminal.wait("F4 Related")
        twice = self.tui(*(os.path.join(CAPTURES, each) for each in ("plain.pcap", "split.pcap")))
        twice.press("x")
        twice.wait(r"#1 +#3(.|\n)*#1 bind_transmitter(.|\n)*with 1 other session of the same account")

    def test_octets(self):
        terminal = self.tui()
        terminal.press("r")
        terminal.wait(r"Octets of 8 PDUs(.|\n)*0010  65 73 6d 65 35 31 00 2a")
        terminal.press("q\rjjj" + F6)
        terminal.wait(r"Octets of 8 PDUs\n.*submit_sm seq=3(.|\n)*Balance: 12\.40 E")

    def test_fields_beside_the_ladder(self):
        terminal = self.tui(columns=120, rows=40)
        terminal.press("\r")
        terminal.wait(r"\|command_length = 36")
        begin = terminal.text().split("\n")[1].index("|command_length")
        terminal.press("9")
        terminal.wait(rf"\n.{{,{begin - 1}}}\|command_length")
        terminal.press("00")
        terminal.wait(rf"\n.{{{begin + 1},}}\|command_length")
        terminal.press("T")
        terminal.wait(rf"\n.{{{begin}}}\|command_length")
        terminal.press("t")
        terminal.wait(r"10\.200\.0\.1:2775\n")
        self.assertNotIn("command_length", terminal.text())

    def test_times_and_texts_of_a_ladder(self):
        terminal = self.tui()
        terminal.press("\r")
        terminal.wait(r" 0\.004 s \|- submit_sm seq=3 INFO -> \+49151272688 gsm7")
        terminal.press("w")
        terminal.wait(r"\+0\.001 s \|- submit_sm seq=3")
        terminal.press("w")
        terminal.wait(r"\d\d:\d\d:00\.008338 \|- submit_sm seq=3")
        terminal.press("d")
        terminal.wait(r"submit_sm seq=3 ------")

    def test_octets_of_a_pdu_wider_and_narrower(self):
        terminal = self.tui(columns=120, rows=40)
        terminal.press("\r\r")
        terminal.wait(r"0010  65 73")
        terminal.press("0")
        terminal.wait(r"0008  00 00")
        terminal.press("9")
        terminal.wait(r"0010  65 73")

    def test_help_names_every_key_of_the_docs_and_explains_the_states(self):
        terminal = self.tui(columns=80, rows=90)
        terminal.press(F1)
        shown = terminal.wait(r"Everywhere(.|\n)*no answer to")[0]
        for key in ("Space", "< >", " z ", "F10 t", " i ", "F8 o", " c ", "F4 x", "F6 r", "9 0", " w ", " d ", " t ",
                    "Ctrl-U", "F2 s", "F3 /", "F5 ", "F7 f", " p ", " m ", "Tab", "*", "Ctrl-L"):
            self.assertIn(key, shown)
        for state in ("LIVE", "READING", "END", "PAUSED", "bound TX, RX, TRX", "end not seen"):
            self.assertIn(state, shown)

    def test_what_a_session_came_to_and_how_it_ended(self):
        terminal = self.tui()
        terminal.wait(r"STATE\n(.|\n)* unbound, closed by the client\n")
        terminal.wait(r"#1 10\.1\.0\.2:20000 > 10\.200\.0\.1:2775: unbound; closed by the client after unbind")
        terminal.press("\r")
        terminal.wait("unbind_resp(.|\n)*\n +closed by the client after unbind")

    def test_what_is_cut_says_so(self):
        terminal = self.tui()
        terminal.press("j\r")
        terminal.wait(r'seq=1002 .*gsm7 "Your[^"]*…')
        terminal.resize(60, 24)
        terminal.wait(r"submit_sm_resp seq=1002 .*…-\|")

    def test_the_keys_at_the_bottom_are_whole(self):
        terminal = self.tui()
        terminal.wait(r"Esc Quit Enter Open Space Mark F1 Help F2 Save F3 Search .*F7 Filter F8 Settings$")
        terminal.resize(160, 24)
        terminal.wait(r"F4 Related F5 Clear F6 Raw F7 Filter F8 Settings F10 Columns i Statistics")

    def test_nothing_is_forgotten_but_by_f5(self):
        terminal = self.tui()
        terminal.press("\r" + F3 + "Balance\r")
        terminal.press(F5)
        terminal.wait("END +0 sessions")
        terminal.press("s")
        terminal.wait("no PDU to be saved")


if __name__ == "__main__":
    unittest.main()
