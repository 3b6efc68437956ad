#include "notifier/body.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::compose;
using notifier::interpret_escapes;
using notifier::text_format;

TEST(body, escapes_are_interpreted) {
    EXPECT_EQ(interpret_escapes(R"(a\nb\tc\\d\r\"\')"), "a\nb\tc\\d\r\"'");
    EXPECT_EQ(interpret_escapes(R"(\x41\u20ac\U0001F600\101)"), "A€😀A");
    EXPECT_EQ(interpret_escapes(R"(\x4 \u20 \q \)"), R"(\x4 \u20 \q \)");
    EXPECT_EQ(interpret_escapes(R"(\UFFFFFFFF)"), R"(\UFFFFFFFF)");
}

TEST(body, escaped_surrogates_are_joined_and_lone_ones_stay_as_typed) {
    EXPECT_EQ(interpret_escapes(R"(a\ud83d\ude00b)"), "a😀b");
    EXPECT_EQ(interpret_escapes(R"(\uD83D\uDE00\uD83D\uDE00)"), "😀😀");
    for (const char* lone : {R"(\ud83d)", R"(\ude00)", R"(\ud83d x)", R"(\ud83d\u0041)",
                             R"(\ude00\ud83d)", R"(\U0000d83d)", R"(\ud83d\ude)"}) {
        const std::string_view text = lone;
        const auto made = interpret_escapes(text);
        EXPECT_EQ(made.find("\xEF\xBF\xBD"), std::string::npos) << text;
        EXPECT_TRUE(made.starts_with(text.substr(0, 6))) << made;
    }
}

TEST(body, the_title_stands_on_its_own_line) {
    EXPECT_EQ(compose("text", "Title", text_format::text), "Title\r\ntext");
    EXPECT_EQ(compose("text\n", "", text_format::text), "text");
    EXPECT_EQ(compose("", " Title ", text_format::text), "Title");
    EXPECT_EQ(compose("  indented\n \n", "", text_format::text), "  indented");
    EXPECT_EQ(compose(" \n", "", text_format::text), "");
}

TEST(body, html_becomes_text) {
    const auto plain = [](std::string_view html) { return notifier::html_to_text(html); };
    EXPECT_EQ(plain("<b>Disk</b> full:<br/>  <i>99 &lt; 100&nbsp;%</i>"), "Disk full:\n99 < 100 %");
    EXPECT_EQ(plain("<p>one</p>\n<p>two</p>"), "one\ntwo");
    EXPECT_EQ(plain("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
    EXPECT_EQ(plain("<head><title>x</title></head><script>if (a<b) {}</script>text<!-- no -->"),
              "text");
    EXPECT_EQ(plain("&#65;&#x42;&euro;&unknown;&"), "AB€&unknown;&");
    EXPECT_EQ(plain("a < b and b > c"), "a < b and b > c");
    EXPECT_EQ(plain("&rarr; 3&times;4 &laquo;x&raquo;&shy;&check;&rar;"), "→ 3×4 «x»✓&rar;");
    EXPECT_EQ(plain("<ul><li>1<li>2</ul><p>a<p>b<div>c</div>d"), "- 1\n- 2\na\nb\nc\nd");
    EXPECT_EQ(
        plain("<a href=\"https://x/?a=1&amp;b=2\">see</a>, <a href='https://x'>https://x</a>"),
        "see (https://x/?a=1&b=2), https://x");
    EXPECT_EQ(plain("<a class=b href = mailto:a@b >a@b</a> <a href=#top>up</a> <a name=x>y</a>"),
              "a@b up y");
    EXPECT_EQ(plain("<img src=x.png alt=\"chart &amp; key\"><a href=z><img alt=w></a></a>"),
              "chart & keyw (z)");
    EXPECT_EQ(plain("<a data-href=x>y</a><a href=\"x"), "y<a href=\"x");
    EXPECT_EQ(plain("<"), "<");
    EXPECT_EQ(plain("<script>"), "");
}

TEST(body, markdown_becomes_text) {
    const auto plain = [](std::string_view markdown) {
        return notifier::markdown_to_text(markdown);
    };
    EXPECT_EQ(plain("# Title #\n\n**bold** and *soft* and _soft_ and `code`"),
              "Title\n\nbold and soft and soft and code");
    EXPECT_EQ(plain("* one\n+ two\n- three"), "- one\n- two\n- three");
    EXPECT_EQ(plain("see [docs](https://e.example/a_b) ![](i.png)"),
              "see docs (https://e.example/a_b) i.png");
    EXPECT_EQ(plain("snake_case_name 2 * 3 \\*kept\\*"), "snake_case_name 2 * 3 *kept*");
    EXPECT_EQ(plain("> quoted\r\n---\n```\nx = *p;\n```"), "quoted\nx = *p;");
    EXPECT_EQ(plain("[not a link] (x)"), "[not a link] (x)");
}

TEST(body, markup_is_removed_only_when_it_is_markup) {
    EXPECT_EQ(compose("<b>x</b>", "", text_format::text), "<b>x</b>");
    EXPECT_EQ(compose("<b>x</b>", "T", text_format::html), "T\r\nx");
    EXPECT_EQ(compose("**x**", "", text_format::markdown), "x");
}

TEST(body, markdown_has_tables_entities_tags_and_references) {
    const auto plain = [](std::string_view markdown) {
        return notifier::markdown_to_text(markdown);
    };
    EXPECT_EQ(plain("| Host | State |\n|------|:-----:|\n| web1 | **down** |"),
              "Host, State\nweb1, down");
    EXPECT_EQ(plain("a | b\n--- | ---\n1 | 2"), "a | b\n1 | 2");
    EXPECT_EQ(plain("x &amp; y&nbsp;z &unknown;"), "x & y z &unknown;");
    EXPECT_EQ(plain("<b>bold</b> 1 < 2 > 0<br>next <!-- x"), "bold 1 < 2 > 0\nnext <!-- x");
    EXPECT_EQ(plain("<https://x/y> <a@b> <mailto:c@d> <tel:+15>"), "https://x/y a@b c@d +15");
    EXPECT_EQ(
        plain(
            "[docs][1], [Home][], [home] and [none][2]\n\n[1]: https://x \"t\"\n[home]: https://h"),
        "docs (https://x), Home (https://h), home (https://h) and [none][2]");
    EXPECT_EQ(plain("[a](https://x \"title\") [ ] open"), "a (https://x) [ ] open");
    EXPECT_EQ(plain("```\n[1]: x\n| a |\n```"), "[1]: x\n| a |");
}

}  // namespace
