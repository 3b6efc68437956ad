#include "mock-smsc/query/query.hpp"

#include <gmock/gmock.h>

#include "mock/support.hpp"

namespace {

using mock_smsc::query;
using testing::HasSubstr;

class query_language : public testing::Test {
protected:
    bool matches(std::string_view text, mock_smsc::message_number id) {
        const auto parsed = query::parse(text);
        EXPECT_EQ(parsed.error, "") << text;
        auto message = world.read(id);
        return parsed.query.matches(message);
    }
    mock_test::world world;
};

TEST_F(query_language, words_and_fields) {
    const auto id = world.add_text("Hello World (test)", "ACME", "15551234567");
    for (const char* yes : {"",
                            "hello",
                            "HELLO world",
                            "\"lo wo\"",
                            "text:world",
                            "from:acme",
                            "from:=ACME",
                            "to:5512",
                            "to:+1555",
                            "to:=15551234567",
                            "account:acc",
                            "status:ok",
                            "status:ESME_ROK",
                            "status:rok",
                            "state:enroute",
                            "session:1",
                            "session:1..3",
                            "session:>0",
                            "session:<=1",
                            "coding:0",
                            "coding:gsm7",
                            "command:submit_sm",
                            "parts:1",
                            "id:1",
                            "id:>=1",
                            "text:/^Hello\\s/",
                            "to:/^\\d{11}$/",
                            "-bye",
                            "-from:bob hello",
                            "bye OR hello",
                            "(bye OR hello) world",
                            "\"(test)\"",
                            "bye OR (hello -nobody)",
                            "status:0",
                            "status:0x0",
                            "status:<8",
                            "status:..8",
                            "status:/^ESME_RO/",
                            "state:1",
                            "id:1..",
                            "id:..1",
                            "id:..5",
                            "text:/^hello/i",
                            "(/WORLD/i)",
                            "NOT bye",
                            "hello NOT from:bob",
                            "NOT(bye)",
                            "hello AND world",
                            "\"or\" OR hello",
                            "text:or OR hello",
                            "orchid OR hello"}) {
        EXPECT_TRUE(matches(yes, id)) << yes;
    }
    for (const char* no : {"bye",
                           "hello bye",
                           "from:=ACM",
                           "to:=1555",
                           "to:/^2/",
                           "status:throttled",
                           "state:delivered",
                           "session:2",
                           "session:>1",
                           "session:<1",
                           "coding:ucs2",
                           "coding:8",
                           "command:data_sm",
                           "parts:>1",
                           "id:2..9",
                           "-hello",
                           "-(hello OR bye)",
                           "(bye)",
                           "tlv:message_payload",
                           "status:88",
                           "status:0x58",
                           "status:1..",
                           "state:DELIVRD",
                           "state:2",
                           "id:2..",
                           "id:..0",
                           "text:/^hello/",
                           "NOT hello",
                           "parts:complete",
                           "parts:incomplete"}) {
        EXPECT_FALSE(matches(no, id)) << no;
    }
}

TEST_F(query_language, tlvs_recipients_and_parts) {
    smpp::submit_sm with_tlv;
    with_tlv.tlvs.set(smpp::tlv::user_message_reference, 7);
    const auto tlv = world.add(with_tlv);
    EXPECT_TRUE(matches("tlv:user_message", tlv));
    EXPECT_TRUE(matches("tlv:0x0204", tlv));
    EXPECT_FALSE(matches("tlv:0x0205", tlv));
    smpp::submit_multi many;
    many.dest_address.emplace_back(smpp::address("111"));
    many.dest_address.emplace_back(smpp::address("222"));
    const auto multi = world.add(many);
    EXPECT_TRUE(matches("to:222 command:submit_multi", multi));
    EXPECT_FALSE(matches("to:333", multi));
    smpp::submit_sm part;
    part.esm_class.set_udhi(true);
    part.short_message = std::string("\5\0\3\7\3\1", 6) + "text";
    const auto third = world.add(part);
    EXPECT_TRUE(matches("parts:3 text:=text", third));
}

TEST_F(query_language, a_text_across_the_parts_of_a_message) {
    const auto add_part = [&](int number, std::string text) {
        smpp::submit_sm part;
        part.esm_class.set_udhi(true);
        part.short_message = std::string("\5\0\3\7\2", 5) + static_cast<char>(number) + text;
        const auto id = world.add(part);
        world.store.find_any(id)->part = true;
        world.parts.add(id, {"Account", "1", "2", 7, 2}, static_cast<std::uint8_t>(number));
        return id;
    };
    const auto second = add_part(2, "dle in hay");
    EXPECT_TRUE(matches("parts:incomplete dle", second));
    const auto first = add_part(1, "a nee");
    for (const auto id : {first, second}) {
        EXPECT_TRUE(matches("needle", id));
        EXPECT_TRUE(matches("text:/^a needle in hay$/", id));
        EXPECT_TRUE(matches("parts:complete parts:2", id));
        EXPECT_FALSE(matches("parts:incomplete", id));
    }
    EXPECT_TRUE(matches("text:=\"a nee\" OR /^dle/", second));
    auto last = world.read(first);
    EXPECT_TRUE(last.is_last_part());
    last.stand_for_all();
    EXPECT_EQ(last.text(), "a needle in hay");
    EXPECT_FALSE(world.read(second).is_last_part());
    world.parts.remove(second);
    EXPECT_FALSE(matches("needle", first));
}

TEST_F(query_language, errors_say_what_is_wrong) {
    const std::pair<const char*, const char*> cases[] = {{"(", ") is missing"},
                                                         {")", "unexpected )"},
                                                         {"a)", "unexpected )"},
                                                         {"\"a", "\" is missing"},
                                                         {"nope:1", "unknown field \"nope\""},
                                                         {"id:x", "number"},
                                                         {"id:>", "after >"},
                                                         {"id:..", ".."},
                                                         {"id:1..x", ".."},
                                                         {"status:bogus", "unknown status"},
                                                         {"status:", "number"},
                                                         {"state:bogus", "unknown state"},
                                                         {"state:delivrdd", "unknown state"},
                                                         {"coding:xyz", "unknown coding"},
                                                         {"command:bogus", "unknown command"},
                                                         {"parts:some", "complete"},
                                                         {"a or b", "\"or\" is a word"},
                                                         {"not a", "\"not\" is a word"},
                                                         {"NOT", "after NOT"},
                                                         {"(NOT)", "after NOT"},
                                                         {"id:<0", "after <"},
                                                         {"text:/(/", "regular"},
                                                         {"text:/a{99999}{99999}/", "regular"}};
    for (const auto& [text, error] : cases) {
        EXPECT_THAT(query::parse(text).error, HasSubstr(error)) << text;
    }
    EXPECT_THAT(query::parse(std::string(5000, 'a')).error, HasSubstr("longer"));
    EXPECT_THAT(query::parse(std::string(200, '(')).error, HasSubstr("parentheses"));
    EXPECT_THAT(query::parse(std::string(200, '-') + "a").error, HasSubstr("parentheses"));
}

TEST_F(query_language, an_expression_that_takes_for_ever_matches_nothing) {
    const auto id = world.add_text(std::string(60, 'a') + "b");
    EXPECT_FALSE(matches("text:/^(a|aa|a*)*c$/", id));
}

TEST_F(query_language, everything) {
    EXPECT_TRUE(query::parse("  ").query.matches_everything());
    EXPECT_FALSE(query::parse("a").query.matches_everything());
    const auto id = world.add_text("OR");
    EXPECT_TRUE(matches("OR", id));      // nothing or nothing
    EXPECT_TRUE(matches("\"or\"", id));  // the word
}

TEST_F(query_language, accounts_without_a_message) {
    EXPECT_TRUE(query::regular("account", "^us").query.matches_account("user"));
    EXPECT_FALSE(query::regular("account", "^x").query.matches_account("user"));
    EXPECT_FALSE(query::regular("to", ".").query.matches_account("user"));
    EXPECT_TRUE(query().matches_account("user"));
    EXPECT_THAT(query::regular("to", "[").error, HasSubstr("regular"));
}

}  // namespace
