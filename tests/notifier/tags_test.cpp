#include "notifier/tags.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::parse_tag;
using notifier::parse_tags;
using notifier::tag_filter;

tag_filter filter(std::initializer_list<const char*> options) {
    std::vector<std::vector<notifier::tag>> out;
    for (const char* each : options) {
        out.push_back(*parse_tags(each));
    }
    return tag_filter(std::move(out));
}

TEST(tags, carry_priority_and_retry) {
    const auto full = parse_tag("2:OnCall:3");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->name, "oncall");
    EXPECT_EQ(full->priority, 2U);
    EXPECT_EQ(full->retry, 3U);
    EXPECT_FALSE(parse_tag("plain")->priority);
    EXPECT_EQ(parse_tag("plain:1")->retry, 1U);
    EXPECT_EQ(parse_tag("7")->name, "7");
    for (const char* text : {"", "a b", "-x", "a:b", ":a", "a:", "ä"}) {
        EXPECT_FALSE(parse_tag(text)) << text;
    }
}

TEST(tags, may_have_any_name_where_no_url_can_be_meant) {
    using notifier::tag_names;
    EXPECT_EQ(parse_tag("1:on.call:2", tag_names::any)->name, "on.call");
    EXPECT_EQ(parse_tag("ä", tag_names::any)->name, "ä");
    EXPECT_EQ(parse_tags("a!, -b", tag_names::any)->size(), 2U);
    for (const char* text : {"", "a:b", ":a", "smpp://u:p@h", "a\x01"}) {
        EXPECT_FALSE(parse_tag(text, tag_names::any)) << text;
    }
}

TEST(tags, lists_are_separated_by_commas_and_blanks) {
    EXPECT_EQ(parse_tags("a, b\tc,,d")->size(), 4U);
    EXPECT_TRUE(parse_tags("")->empty());
    EXPECT_FALSE(parse_tags("a,b!"));
}

TEST(tags, all_of_one_option_or_any_option) {
    const auto f = filter({"a,b", "c"});
    EXPECT_TRUE(f.matches(*parse_tags("a b x")));
    EXPECT_FALSE(f.matches(*parse_tags("a")));
    EXPECT_EQ(f.matches(*parse_tags("C"))->option, 1U);
    EXPECT_FALSE(f.matches({}));
}

TEST(tags, without_an_option_only_untagged_urls_are_chosen) {
    const tag_filter none({});
    EXPECT_TRUE(none.matches({}));
    EXPECT_FALSE(none.matches(*parse_tags("a")));
}

TEST(tags, all_and_always_are_special) {
    EXPECT_TRUE(filter({"all"}).matches({}));
    EXPECT_TRUE(filter({"all"}).matches(*parse_tags("x")));
    EXPECT_TRUE(filter({"a"}).matches(*parse_tags("always")));
    EXPECT_TRUE(tag_filter({}).matches(*parse_tags("always, x")));
}

TEST(tags, a_priority_in_the_option_is_exclusive) {
    EXPECT_TRUE(filter({"2:a"}).matches(*parse_tags("2:a"))->exclusive);
    EXPECT_FALSE(filter({"2:a"}).matches(*parse_tags("1:a")));
    EXPECT_FALSE(filter({"2:a"}).matches(*parse_tags("a")));
    EXPECT_TRUE(filter({"0:a"}).matches(*parse_tags("a")));
    const auto open = filter({"a:5"}).matches(*parse_tags("3:a"));
    EXPECT_EQ(open->priority, 3U);
    EXPECT_FALSE(open->exclusive);
    EXPECT_EQ(open->retry, 5U);
}

}  // namespace
