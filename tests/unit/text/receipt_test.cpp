#include "smpp/text/receipt.hpp"

#include <gtest/gtest.h>

#include "unit/text/random_text.hpp"

namespace {

using namespace std::string_literals;
using smpp::message_state;
using smpp::parse_receipt;
using smpp::receipt;

TEST(receipt, the_text_of_the_specification) {
    const auto dlr = parse_receipt(
        "id:0123456789 sub:001 dlvrd:001 submit date:2401021304 done date:2401021305 stat:DELIVRD "
        "err:000 "
        "text:Hello, it's me");
    EXPECT_EQ(dlr, (receipt{.id = "0123456789",
                            .sub = "001",
                            .dlvrd = "001",
                            .submit_date = "2401021304",
                            .done_date = "2401021305",
                            .stat = "DELIVRD",
                            .err = "000",
                            .text = "Hello, it's me"}));
    EXPECT_EQ(dlr->state(), message_state::delivered);
    EXPECT_EQ(*dlr->done() - *dlr->submitted(), std::chrono::minutes(1));
}

TEST(receipt, keys_may_be_missing_or_empty) {
    EXPECT_EQ(parse_receipt("id:7 stat:EXPIRED"), (receipt{.id = "7", .stat = "EXPIRED"}));
    EXPECT_EQ(parse_receipt("stat:EXPIRED"), (receipt{.stat = "EXPIRED"}));
    EXPECT_EQ(parse_receipt("id:7 sub: dlvrd: submit date: done date: stat:DELIVRD err: text:"),
              (receipt{.id = "7", .stat = "DELIVRD"}));
}

TEST(receipt, order_case_and_spacing_do_not_matter) {
    const receipt expected{
        .id = "abc-7", .submit_date = "240102 1304", .stat = "UNDELIV", .err = "21b"};
    EXPECT_EQ(parse_receipt("err:21b stat:UNDELIV submit date:240102 1304 id:abc-7"), expected);
    EXPECT_EQ(parse_receipt("ERR:21b STAT:UNDELIV Submit_Date:240102 1304 ID:abc-7"), expected);
    EXPECT_EQ(parse_receipt("id: abc-7, submitdate: 240102 1304 stat :UNDELIV; err:  21b\r\n"),
              expected);
}

TEST(receipt, words_before_the_id_are_skipped) {
    EXPECT_EQ(parse_receipt("Delivery receipt: id:9 stat:DELIVRD")->id, "9");
    EXPECT_EQ(parse_receipt("msgid:8 id:9 stat:DELIVRD")->id,
              "9");  // another key that ends in "id"
}

TEST(receipt, the_text_is_the_users_and_may_look_like_keys) {
    EXPECT_EQ(parse_receipt("id:1 stat:DELIVRD Text:id:2 stat:EXPIRED err:5"),
              (receipt{.id = "1", .stat = "DELIVRD", .text = "id:2 stat:EXPIRED err:5"}));
    EXPECT_EQ(parse_receipt("text:hello there id:1 stat:DELIVRD"),
              (receipt{.id = "1", .stat = "DELIVRD", .text = "hello there"}));
}

TEST(receipt, odd_stat_words_are_kept) {
    const auto dlr = parse_receipt("id:1 stat:SOMETHING_NEW err:x");
    EXPECT_EQ(dlr->stat, "SOMETHING_NEW");
    EXPECT_EQ(dlr->state(), std::nullopt);
    EXPECT_EQ(parse_receipt("id:1 stat:DND_REJECTED")->state(), message_state::rejected);
    EXPECT_EQ(parse_receipt("id:1 stat:delivrd")->state(), message_state::delivered);
}

TEST(receipt, other_keys_and_signs_of_carriers_are_read) {
    const receipt expected{.id = "123", .stat = "DELIVRD", .err = "000"};
    for (const std::string text :
         {"id=123 stat=DELIVRD err=000", "id:123|stat:DELIVRD|err:000|",
          "msgid:123 status:DELIVRD error:000", "message_id: 123; state: DELIVRD; error: 000",
          R"({"id":"123","stat":"DELIVRD","err":"000"})",
          R"({ "msgid" : "123", "status" : "DELIVRD", "error" : "000" })",
          R"({"err":000,"id":123,"stat":"DELIVRD"})"}) {
        EXPECT_EQ(parse_receipt(text), expected) << text;
    }
    EXPECT_EQ(
        parse_receipt(R"({"id":"1","done date":"2401020304","stat":"EXPIRED","text":"a, "b""})"),
        (receipt{.id = "1", .done_date = "2401020304", .stat = "EXPIRED", .text = "a, \"b\""}));
    EXPECT_EQ(
        parse_receipt("id:1, submit date:2401020304, done date:2401020305; stat:DELIVRD"),
        (receipt{
            .id = "1", .submit_date = "2401020304", .done_date = "2401020305", .stat = "DELIVRD"}));
    EXPECT_EQ(parse_receipt("id:1|sub:001|dlvrd:001|done date:2401020304|stat:DELIVRD|")->done_date,
              "2401020304");
}

TEST(receipt, the_usual_keys_win_and_others_need_a_state_that_is_known) {
    EXPECT_EQ(parse_receipt("status:EXPIRED id:9 msgid:8 stat:NEW"),
              (receipt{.id = "9", .stat = "NEW"}));
    EXPECT_EQ(parse_receipt("id:9 state:sleepy"), (receipt{.id = "9"}));
    for (const char* text : {"state: sleepy", "status: ok", "see http://example.com/?id=7&stat=1",
                             "msgid:7", "error: none"}) {
        EXPECT_EQ(parse_receipt(text), std::nullopt) << text;
    }
}

TEST(receipt, counted_nuls_at_the_end_are_dropped) {
    EXPECT_EQ(parse_receipt("id:1 stat:DELIVRD err:000\0"s)->err, "000");
    EXPECT_EQ(parse_receipt("id:1 stat:DELIVRD text:a\0\0"s)->text, "a");
}

TEST(receipt, other_texts_are_no_receipts) {
    for (const char* text :
         {"", "Hello", "identity: 5", "bid:5", "id:", "stat: ", "sub:001 dlvrd:001"}) {
        EXPECT_EQ(parse_receipt(text), std::nullopt) << text;
    }
}

TEST(receipt, a_pattern_gives_any_form) {
    const receipt values{.id = "0A",
                         .sub = "001",
                         .dlvrd = "000",
                         .submit_date = "2401020304",
                         .done_date = "2401020305",
                         .stat = "UNDELIV",
                         .err = "045",
                         .text = "Hi {id}"};
    EXPECT_EQ(smpp::format_receipt(values),
              "id:0A sub:001 dlvrd:000 submit date:2401020304 done date:2401020305 stat:UNDELIV "
              "err:045 text:Hi {id}");
    EXPECT_EQ(smpp::format_receipt(values, "Id:{id} Stat:{stat}"), "Id:0A Stat:UNDELIV");
    EXPECT_EQ(smpp::format_receipt(values, "{} {nothing} {{id}} {id"), "{} {nothing} {0A} {id");
    EXPECT_EQ(parse_receipt(smpp::format_receipt(values)), values);
}

TEST(receipt, the_excerpt_is_twenty_characters) {
    EXPECT_EQ(smpp::receipt_excerpt("short"), "short");
    EXPECT_EQ(smpp::receipt_excerpt("0123456789012345678901"), "01234567890123456789");
    EXPECT_EQ(smpp::receipt_excerpt("ééééééééééééééééééééé"), "éééééééééééééééééééé");
}

TEST(receipt, every_state_has_a_word_that_means_it) {
    for (int value = 0; value <= 9; ++value) {
        const auto state = message_state(value);
        EXPECT_EQ(smpp::state_of_stat(smpp::stat_of_state(state)), state);
        EXPECT_LE(smpp::stat_of_state(state).size(), 7U);
    }
    EXPECT_EQ(smpp::stat_of_state(message_state{77}), "");
    EXPECT_EQ(smpp::stat_of_state(message_state::delivered), "DELIVRD");
    EXPECT_FALSE(smpp::is_final(message_state::enroute));
    EXPECT_FALSE(smpp::is_final(message_state::accepted));
    EXPECT_TRUE(smpp::is_final(message_state::delivered));
    EXPECT_TRUE(smpp::is_final(message_state::unknown));
}

TEST(receipt, dates_of_10_12_and_14_digits) {
    using namespace std::chrono;
    const local_seconds minute = local_days(2024y / 1 / 2) + 13h + 4min;
    const struct {
        std::string_view text;
        std::optional<local_seconds> when;
    } cases[] = {
        {"2401021304", minute},
        {"240102130405", minute + 5s},
        {"202401021304", minute},
        {"20240102130405", minute + 5s},
        {"2024-01-02 13:04:05", minute + 5s},
        {"201112131415",
         local_days(2020y / 11 / 12) + 13h + 14min + 15s},  // both readings: with seconds
        // An offset from UTC and a fraction are no digits of the date.
        {"2401021304+01", minute},
        {"2401021304-0300", minute},
        {"240102130405+0100", minute + 5s},
        {"2024-01-02 13:04:05-03:00", minute + 5s},
        {"2024-01-02T13:04:05.123Z", minute + 5s},
        {"2024-01-02-13-04-05", minute + 5s},
        {"2024.01.02.13.04", minute},
        {"0000000000", std::nullopt},
        {"000000000000", std::nullopt},
        {"00000000000000", std::nullopt},
        {"", std::nullopt},
        {"24010213", std::nullopt},
        {"2401321304", std::nullopt},
        {"2401022404", std::nullopt},
        {"202401021304050", std::nullopt},
    };
    for (const auto& [text, when] : cases) {
        EXPECT_EQ(smpp::parse_receipt_date(text), when) << text;
    }
    using form = smpp::receipt_date_form;
    EXPECT_EQ(smpp::format_receipt_date(minute + 5s), "2401021304");
    EXPECT_EQ(smpp::format_receipt_date(minute + 5s, form::yymmddhhmmss), "240102130405");
    EXPECT_EQ(smpp::format_receipt_date(minute + 5s, form::yyyymmddhhmm), "202401021304");
    EXPECT_EQ(smpp::format_receipt_date(minute + 5s, form::yyyymmddhhmmss), "20240102130405");
}

TEST(receipt, ids_match_without_the_white_space_around_them) {
    EXPECT_TRUE(smpp::same_message_id("7\r\n", "7"));
    EXPECT_TRUE(smpp::same_message_id("7", "\t7 \n"));
}

TEST(receipt, ids_match_across_case_padding_and_base) {
    EXPECT_TRUE(smpp::same_message_id("17", "17"));
    EXPECT_TRUE(smpp::same_message_id("17", "0000000017"));
    EXPECT_TRUE(smpp::same_message_id("00AB", "ab"));
    EXPECT_TRUE(smpp::same_message_id("AB", "171"));        // hexadecimal in the response
    EXPECT_TRUE(smpp::same_message_id("171", "000000AB"));  // hexadecimal in the receipt
    EXPECT_TRUE(smpp::same_message_id("0xAB", "171"));
    EXPECT_TRUE(smpp::same_message_id("17\0"s, " 17"));
    EXPECT_TRUE(smpp::same_message_id("0", "000"));
    EXPECT_TRUE(smpp::same_message_id("9F0C6D1E-x", "9f0c6d1e-X"));
    EXPECT_FALSE(smpp::same_message_id("17", "18"));
    EXPECT_FALSE(smpp::same_message_id("17", "171"));
    EXPECT_FALSE(smpp::same_message_id("", ""));
    EXPECT_FALSE(smpp::same_message_id("99999999999999999999999", "99999999999999999999998"));
}

TEST(receipt, an_index_finds_the_exact_id_first) {
    EXPECT_EQ(smpp::message_id_key("000AB "), "ab");
    EXPECT_EQ(smpp::message_id_candidates("10"), (std::vector<std::string>{"10", "a", "16"}));
    EXPECT_EQ(smpp::message_id_candidates("x-1"), std::vector<std::string>{"x-1"});
}

TEST(receipt, random_values_round_trip) {
    text_tests::generator random(15);
    for (int i = 0; i < 2000; ++i) {
        receipt values;
        values.id = "1" + text_tests::random_text(random, U"0aF-", 10);
        values.stat = "S" + text_tests::random_text(random, U"A_b", 8);
        values.err = text_tests::random_text(random, U"0123", 3);
        values.text = text_tests::random_text(random, U"aé:id stat", 20);
        while (!values.text.empty() && values.text.back() == ' ') {
            values.text.pop_back();
        }
        values.text.erase(0, std::min(values.text.find_first_not_of(' '), values.text.size()));
        ASSERT_EQ(parse_receipt(smpp::format_receipt(values)), values)
            << smpp::format_receipt(values);
    }
}

TEST(receipt, any_octets_are_read_without_harm) {
    text_tests::generator random(16);
    for (int i = 0; i < 20000; ++i) {
        const std::string text = text_tests::random_text(random, U"idstaerx :0\x01", 60);
        if (const auto dlr = parse_receipt(text)) {
            ASSERT_FALSE(dlr->id.empty() && dlr->stat.empty());
            ASSERT_EQ(dlr->id.find(' '), std::string::npos);
        }
    }
}

}  // namespace
