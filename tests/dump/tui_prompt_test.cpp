// Lines that are typed, and text that is put where there is no room for it.
#include <gtest/gtest.h>

#include <clocale>

#include "smpp-dump/tui/cells.hpp"
#include "smpp-dump/tui/line_edit.hpp"

namespace smpp_dump_test {
namespace {

namespace tui = smpp_dump::tui;
using tui::key_name;

TEST(tui_prompt, ctrl_u_clears_the_line_and_ctrl_w_a_word) {
    tui::line_edit line("some words");
    line.press({key_name::delete_word});
    EXPECT_EQ(line.text(), "some ");
    line.press({key_name::delete_word});
    EXPECT_EQ(line.text(), "");
    tui::line_edit other("some words");
    other.press({key_name::left});
    other.press({key_name::clear_line});
    EXPECT_EQ(other.text(), "");
    EXPECT_EQ(other.before(), "");
}

TEST(tui_prompt, a_proposal_gives_way_to_what_is_typed_but_can_be_edited) {
    tui::line_edit replaced("proposed.pcapng", /*offered=*/true);
    replaced.press({key_name::character, U'a'});
    replaced.press({key_name::character, U'b'});
    EXPECT_EQ(replaced.text(), "ab");
    tui::line_edit edited("proposed.pcapng", /*offered=*/true);
    edited.press({key_name::home});
    edited.press({key_name::character, U'a'});
    EXPECT_EQ(edited.text(), "aproposed.pcapng");
}

TEST(tui_cells, what_is_cut_ends_in_an_ellipsis) {
    const std::string before = std::setlocale(LC_CTYPE, nullptr);
    ASSERT_NE(std::setlocale(LC_CTYPE, "C.UTF-8"), nullptr);
    tui::screen to(10, 1);
    to.put_cut(0, 0, 6, "abcdefgh");
    EXPECT_EQ(to.row(0), "abcde\xe2\x80\xa6");
    tui::screen whole(10, 1);
    whole.put_cut(0, 0, 6, "abcdef");
    EXPECT_EQ(whole.row(0), "abcdef");
    tui::screen plain(10, 1, /*utf8=*/false);
    plain.put_cut(0, 0, 6, "abcdefgh");
    EXPECT_EQ(plain.row(0), "abc...");
    tui::screen none(10, 1);
    none.put_cut(0, 0, 0, "abcdefgh");
    EXPECT_EQ(none.row(0), "");
    std::setlocale(LC_CTYPE, before.c_str());
}

TEST(tui_cells, lines_are_wrapped_at_blanks_where_there_are_such) {
    using lines = std::vector<std::string>;
    EXPECT_EQ(tui::wrapped("command_id = bind_transmitter", 20),
              (lines{"command_id =", "bind_transmitter"}));
    EXPECT_EQ(tui::wrapped("one two", 3), (lines{"one", "two"}));
    EXPECT_EQ(tui::wrapped("x 0123456789", 6), (lines{"x 0123", "456789"}));
    EXPECT_EQ(tui::wrapped("", 6), (lines{""}));
}

}  // namespace
}  // namespace smpp_dump_test
