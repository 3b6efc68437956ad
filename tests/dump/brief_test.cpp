#include "smpp-dump/brief.hpp"

#include <gtest/gtest.h>

#include <clocale>

namespace {

std::string quoted(std::string_view text, int most = INT_MAX) {
    std::string out;
    smpp_dump::append_quoted(out, text, most);
    return out;
}

TEST(brief, what_moves_the_cursor_or_other_characters_is_escaped) {
    EXPECT_EQ(quoted("a\r\nb\x1b[2J\x7f\"\\"), R"("a\r\nb\x1b[2J\x7f\"\\")");
    EXPECT_EQ(quoted("\xc2\x9b"
                     "2J \xe2\x80\xae"
                     "abc"),
              R"("\u009b2J \u202eabc")");            // CSI of eight bits; right to left
    EXPECT_EQ(quoted("\xff\xc3"), R"("\xff\xc3")");  // no UTF-8
    EXPECT_EQ(quoted("h\xc3\xa9llo \xe2\x82\xac"), "\"h\xc3\xa9llo \xe2\x82\xac\"");
}

TEST(brief, text_is_cut_to_columns) {
    const std::string before = std::setlocale(LC_CTYPE, nullptr);
    ASSERT_NE(std::setlocale(LC_CTYPE, "C.UTF-8"), nullptr);
    const std::string mark = "\xe2\x80\xa6";
    EXPECT_EQ(quoted("hello", 5), "\"hello\"");
    EXPECT_EQ(quoted("hello!", 5), "\"hell" + mark + '"');
    EXPECT_EQ(quoted("hello", 1), '"' + mark + '"');
    EXPECT_EQ(quoted("", 0), "\"\"");
    EXPECT_EQ(quoted("ab\x01\x02", 7), "\"ab\\x01" + mark + '"');  // no half of an escape
    EXPECT_EQ(quoted("ab\x01\x02", 6), "\"ab" + mark + '"');
    const std::string wide = "\xe7\x9f\xad";
    EXPECT_EQ(quoted(wide + wide + wide, 6), '"' + wide + wide + wide + '"');
    EXPECT_EQ(quoted(wide + wide + wide + wide, 6), '"' + wide + wide + mark + '"');
    const std::string accent = "e\xcc\x81";
    EXPECT_EQ(quoted(accent + accent, 2), '"' + accent + accent + '"');
    std::setlocale(LC_CTYPE, before.c_str());
}

}  // namespace
