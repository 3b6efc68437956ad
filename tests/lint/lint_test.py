"""The lints hold on this tree, and find what they are for."""
import os
import unittest

import co_await
import layers
import limits
import pitfalls

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


class Tree(unittest.TestCase):
    def test_layers(self):
        self.assertEqual([], layers.violations(ROOT))

    def test_co_await(self):
        self.assertEqual([], co_await.violations(ROOT))

    def test_limits(self):
        self.assertEqual([], limits.violations(ROOT))

    def test_pitfalls(self):
        self.assertEqual([], pitfalls.violations(ROOT))


class Layers(unittest.TestCase):
    def found(self, path, text):
        return list(layers.check(path, text))

    def test_an_include_that_points_up(self):
        self.assertTrue(self.found("libsmpp/include/smpp/pdu/bind.hpp", '#include "smpp/codec.hpp"\n'))
        self.assertTrue(self.found("libsmpp/src/text/udh.cpp", '#include "smpp/pdu.hpp"\n'))
        self.assertTrue(self.found("libsmpp/src/codec/json.cpp", '#include "session/thing.hpp"\n'))

    def test_an_include_that_points_down(self):
        self.assertFalse(self.found("libsmpp/src/codec/json.cpp", '#include "smpp/pdu.hpp"\n'))

    def test_sockets_and_clocks_below_asio(self):
        self.assertTrue(self.found("libsmpp/src/session/window.cpp", "#include <boost/asio/post.hpp>\n"))
        self.assertTrue(self.found("libsmpp/src/session/window.cpp", "auto t = std::chrono::steady_clock::now();"))
        self.assertFalse(self.found("libsmpp/src/asio/link.cpp", "auto t = session_clock::now();"))

    def test_a_file_of_no_layer(self):
        self.assertTrue(self.found("libsmpp/include/smpp/novelty.hpp", ""))

    def test_a_program_that_reaches_inside(self):
        self.assertTrue(self.found("notifier/x.cpp", '#include "smpp/asio/detail/client_operations.hpp"\n'))


class CoAwait(unittest.TestCase):
    def found(self, text):
        return list(co_await.check("x.cpp", text))

    def test_a_braced_temporary(self):
        self.assertTrue(self.found("co_await send(message{1, 2}, token);"))

    def test_a_capturing_lambda(self):
        self.assertTrue(self.found("co_await post([&x] { x(); }, token);"))
        self.assertTrue(self.found("auto r = co_await\n    post(\n[x](int) { x(); });"))

    def test_what_is_safe(self):
        self.assertFalse(self.found("const auto m = message{1};\nco_await send(m, use_awaitable);"))
        self.assertFalse(self.found('if (co_await ready()) { std::string s{"x"}; }'))
        self.assertFalse(self.found("// co_await send(message{1});\n"))


class Limits(unittest.TestCase):
    def found(self, path, text):
        return list(limits.check(path, text))

    def test_length(self):
        self.assertTrue(self.found("a.hpp", "\n" * 301))
        self.assertFalse(self.found("a.cpp", "\n" * 301))

    def test_what_is_left_for_later(self):
        self.assertTrue(self.found("a.cpp", "// TODO: the rest\n"))

    def test_a_path_of_a_machine(self):
        self.assertTrue(self.found("docs/a.md", "see /home/somebody/notes\n"))


class Pitfalls(unittest.TestCase):
    def test_a_row_without_a_test_and_a_test_that_is_none(self):
        row = "| 1 | a | b | `here.it_is` `here.it_is_not` |\n| 2 | a | b | none |"
        found = list(pitfalls.check(row, {"here.it_is"}))
        self.assertEqual(3, len(found), found)  # and the rows are too few


if __name__ == "__main__":
    unittest.main()
