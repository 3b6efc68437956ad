#include "smpp/query/message_query.hpp"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace {

using smpp::message_query;
using smpp::query_about;
using smpp::query_field;

struct value {
    std::string word;
    std::uint64_t number = 0;
    bool is_number = false;
};

/// Has what it is told to have, and counts what it was asked for.
struct message final : smpp::query_subject {
    void give(query_field field, smpp::query_values& to) override {
        ++asked;
        for (const value& each : values[field]) {
            ++given;
            if (each.is_number ? to.number(each.number, each.word) : to.word(each.word)) {
                return;
            }
        }
    }
    std::map<query_field, std::vector<value>> values;
    int asked = 0;
    int given = 0;
};

message usual() {
    message out;
    out.values[query_field::text] = {{"Hello world"}};
    out.values[query_field::to] = {{"15551111"}, {"15552222"}};
    out.values[query_field::status] = {{"ESME_RTHROTTLED", 0x58, true}};
    out.values[query_field::tlv] = {{"message_payload", 0x424, true}, {"", 0x1401, true}};
    out.values[query_field::scope] = {{"Shop"}};
    return out;
}

bool matches(std::string_view text, query_about what = query_about::messages) {
    const auto parsed = message_query::parse(text, what);
    EXPECT_EQ(parsed.error, "") << text;
    message subject = usual();
    return parsed.query.matches(subject);
}

TEST(message_query, one_of_several_values_is_enough) {
    EXPECT_TRUE(matches("to:2222"));
    EXPECT_TRUE(matches("to:1111 to:2222"));
    EXPECT_FALSE(matches("to:3333"));
    EXPECT_FALSE(matches("-to:1111"));
    EXPECT_FALSE(matches("from:1"));  // it has no value there
}

TEST(message_query, no_value_is_asked_for_behind_one_that_fits) {
    message subject = usual();
    EXPECT_TRUE(message_query::parse("to:15551111 OR text:hello").query.matches(subject));
    EXPECT_EQ(subject.asked, 1);
    EXPECT_EQ(subject.given, 1);
}

TEST(message_query, numbers_have_names) {
    EXPECT_TRUE(matches("status:throttled"));
    EXPECT_TRUE(matches("status:88"));
    EXPECT_TRUE(matches("status:>0x57"));
    EXPECT_TRUE(matches("status:/^ESME_RTH/"));
    EXPECT_FALSE(matches("status:ok"));
    EXPECT_TRUE(matches("tlv:payload"));
    EXPECT_TRUE(matches("tlv:0x1401"));
    EXPECT_TRUE(matches("tlv:0x1400..0x3fff"));
    EXPECT_FALSE(matches("tlv:0x1400"));
}

TEST(message_query, scopes_are_whole_and_not_blind_to_case) {
    const auto any = message_query::parse("hello").query;
    message subject = usual();
    EXPECT_TRUE(any.in_scope("Shop").matches(subject));
    EXPECT_FALSE(any.in_scope("shop").matches(subject));
    EXPECT_FALSE(any.in_scope("Sho").matches(subject));
}

TEST(message_query, pdus_have_every_command_and_neither_tags_nor_scopes) {
    EXPECT_NE(message_query::parse("command:bind_receiver").error, "");
    EXPECT_EQ(message_query::parse("command:bind_receiver", query_about::pdus).error, "");
    EXPECT_NE(message_query::parse("command:bind", query_about::pdus).error, "");
    EXPECT_EQ(message_query::parse("tag:x").error, "");
    EXPECT_NE(message_query::parse("tag:x", query_about::pdus).error, "");
    EXPECT_NE(message_query::parse("scope:x", query_about::pdus).error, "");
    // Records are numbered; the id of a PDU is what a message centre made up.
    EXPECT_NE(message_query::parse("id:abc").error, "");
    EXPECT_EQ(message_query::parse("id:abc", query_about::pdus).error, "");
}

TEST(message_query, an_account_is_all_that_a_bind_has) {
    EXPECT_TRUE(message_query::parse("account:shop").query.matches_account("shop"));
    EXPECT_FALSE(message_query::parse("account:shop to:1").query.matches_account("shop"));
}

}  // namespace
