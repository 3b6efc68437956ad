"""smpp-load at its largest: ten thousand sessions, and a window of a thousand. Slow."""
import resource
import unittest

from load_test import result
from mock import Mock

SESSIONS = 10_000


class Scale(unittest.TestCase):
    def test_ten_thousand_sessions(self):
        if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < SESSIONS + 100:
            self.skipTest("too few open files are allowed (ulimit -Hn)")
        with Mock("--store", "none", http=False) as mock:
            code, got, _ = result("-s", SESSIONS, "-w", 1, "-n", 3 * SESSIONS, "--response-timer", 60, mock.smpp,
                                  seconds=280)
        self.assertEqual((0, SESSIONS, 3 * SESSIONS, {}), (code, got["sessions"], got["accepted"], got["failed"]))

    def test_a_window_of_a_thousand(self):
        with Mock("--store", "none", http=False) as mock:
            code, got, _ = result("-w", 1000, "-n", 1_000_000, "--response-timer", 60, mock.smpp, seconds=280)
        self.assertEqual((0, 1_000_000, {}), (code, got["accepted"], got["failed"]))


if __name__ == "__main__":
    unittest.main()
