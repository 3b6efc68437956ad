#include "notifier/receipt_watch.hpp"

#include <gtest/gtest.h>

#include "smpp/text/receipt.hpp"

namespace {

using namespace std::chrono_literals;
using notifier::outcome;
using notifier::outcome_state;
using notifier::receipt_watch;
using smpp::message_state;

struct receipt_watching : testing::Test {
    std::vector<outcome> told;
    receipt_watch watch{
        [this](std::uint64_t, outcome&& result) { told.push_back(std::move(result)); }};
    receipt_watch::time_point now{1h};

    void expect(std::uint64_t work, std::vector<std::string> ids) {
        outcome accepted;
        accepted.to = std::to_string(work);
        accepted.state = outcome_state::accepted;
        accepted.message_ids = std::move(ids);
        watch.expect(work, std::move(accepted), now);
    }
    bool receipt(const std::string& text, std::uint8_t esm_class = 0x04) {
        smpp::deliver_sm sm;
        sm.esm_class.bits = esm_class;
        sm.short_message = text;
        return watch.on_deliver(sm, now);
    }
    bool tlv_receipt(std::string_view id, message_state state) {
        smpp::deliver_sm sm;
        sm.esm_class.bits = 0x04;
        sm.tlvs.set(smpp::tlv::receipted_message_id, id);
        sm.tlvs.set(smpp::tlv::message_state, static_cast<std::uint8_t>(state));
        return watch.on_deliver(sm, now);
    }
};

TEST_F(receipt_watching, delivered_when_every_part_is) {
    expect(1, {"a1", "a2"});
    EXPECT_TRUE(receipt("id:a2 stat:DELIVRD err:000"));
    EXPECT_TRUE(told.empty());
    now += 250ms;
    EXPECT_TRUE(receipt("id:a1 stat:DELIVRD err:000"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(told[0].good());
    EXPECT_EQ(told[0].final_state, message_state::delivered);
    ASSERT_EQ(told[0].receipts.size(), 2U);
    EXPECT_EQ(told[0].receipts[1].after, 250ms);
    EXPECT_TRUE(watch.empty());
}

TEST_F(receipt_watching, one_bad_part_is_the_verdict_and_its_reason) {
    expect(1, {"1", "2"});
    receipt("id:1 stat:DELIVRD err:000");
    receipt("id:2 stat:UNDELIV err:034");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_FALSE(told[0].good());
    EXPECT_EQ(told[0].final_state, message_state::undeliverable);
    EXPECT_EQ(told[0].error, "receipt UNDELIV, error 034");
}

TEST_F(receipt_watching, intermediate_ones_are_listed_and_decide_nothing) {
    expect(1, {"7"});
    receipt("id:7 stat:ENROUTE");
    receipt("id:7 stat:DELIVRD", 0x20);  // an intermediate notification, whatever it says
    EXPECT_TRUE(told.empty());
    receipt("id:7 stat:DELIVRD");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].receipts.size(), 3U);
}

TEST_F(receipt_watching, ids_match_in_any_form_and_by_tlv_alone) {
    expect(1, {"1F"});
    expect(2, {"0000000042"});
    EXPECT_TRUE(receipt("id:0000000031 stat:DELIVRD"));
    EXPECT_TRUE(tlv_receipt("42", message_state::expired));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].to, "1");
    EXPECT_EQ(told[1].final_state, message_state::expired);
    EXPECT_EQ(told[1].error, "receipt EXPIRED");
}

TEST_F(receipt_watching, receipts_under_data_coding_0_are_ascii) {
    expect(1, {"AB_C"});
    EXPECT_TRUE(receipt(std::string("id:AB_C done_date:2601011200 stat:DND_REJECTED\0", 47)));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].final_state, message_state::rejected);
    EXPECT_EQ(told[0].receipts[0].stat, "DND_REJECTED");
    EXPECT_EQ(told[0].receipts[0].done_date, "2601011200");
}

TEST_F(receipt_watching, those_that_overtake_the_response_count) {
    EXPECT_TRUE(receipt("id:9 stat:DELIVRD"));
    EXPECT_TRUE(receipt("id:9 stat:DELIVRD"));
    expect(1, {"9"});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].final_state, message_state::delivered);
    EXPECT_TRUE(watch.empty());
}

TEST_F(receipt_watching, duplicates_and_foreign_ones_change_nothing) {
    expect(1, {"1", "2"});
    receipt("id:1 stat:DELIVRD");
    receipt("id:1 stat:UNDELIV");
    receipt("id:77 stat:UNDELIV");
    EXPECT_TRUE(told.empty());
    receipt("id:2 stat:DELIVRD");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].final_state, message_state::delivered);
}

TEST_F(receipt_watching, parts_may_share_an_id) {
    expect(1, {"5", "5"});
    receipt("id:5 stat:DELIVRD");
    EXPECT_TRUE(told.empty());
    receipt("id:5 stat:DELIVRD");
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(receipt_watching, messages_are_no_receipts) {
    EXPECT_FALSE(receipt("id:5 is my favourite", 0));
    EXPECT_FALSE(receipt("hello", 0));
    EXPECT_FALSE(receipt("hello"));
    EXPECT_TRUE(receipt("id:5 stat:DELIVRD", 0)) << "some forget the mark";
}

TEST_F(receipt_watching, giving_up_names_what_is_missing) {
    expect(1, {"1", "2", "3"});
    expect(2, {"4"});
    receipt("id:2 stat:DELIVRD");
    watch.give_up("no final receipt in 5 s");
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].error, "no final receipt in 5 s; missing for 1, 3");
    EXPECT_EQ(told[0].state, outcome_state::accepted);
    EXPECT_FALSE(told[0].good());
    EXPECT_EQ(told[1].error, "no final receipt in 5 s; missing for 4");
    EXPECT_TRUE(watch.empty());
}

TEST_F(receipt_watching, foreign_receipts_are_bounded) {
    for (std::size_t i = 0; i < 3 * receipt_watch::most_early; ++i) {
        receipt("id:f" + std::to_string(i) + "x stat:DELIVRD");
    }
    expect(1, {"1"});
    receipt("id:1 stat:DELIVRD");
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(receipt_watching, those_that_wait_too_long_are_told_and_the_others_go_on) {
    expect(1, {"a"});
    now += 10s;
    expect(2, {"b"});
    expect(3, {"c"});
    EXPECT_EQ(watch.oldest(), now - 10s);
    watch.expire(now - 10s, "no receipt in 10 s");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].error, "no receipt in 10 s; missing for a");
    EXPECT_FALSE(told[0].receipts_may_come);
    EXPECT_EQ(watch.oldest(), now);
    EXPECT_TRUE(receipt("id:b stat:DELIVRD"));
    EXPECT_EQ(watch.size(), 1U);
    watch.give_up("interrupted");
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[1].final_state, message_state::delivered);
    EXPECT_TRUE(told[2].receipts_may_come);
    EXPECT_EQ(watch.oldest(), std::nullopt);
}

TEST_F(receipt_watching, many_settle_behind_a_first_one_that_does_not) {
    expect(0, {"first"});
    for (std::uint64_t work = 1; work < 5000; ++work) {
        expect(work, {"m" + std::to_string(work)});
        receipt("id:m" + std::to_string(work) + " stat:DELIVRD");
    }
    EXPECT_EQ(told.size(), 4999U);
    EXPECT_EQ(watch.oldest(), now);
    watch.expire(now, "late");
    EXPECT_EQ(told.back().to, "0");
    EXPECT_TRUE(watch.empty());
}

}  // namespace
