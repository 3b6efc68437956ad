#include "smpp/session/unanswered.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "support/lone_core.hpp"

namespace {

using namespace smpp_test;

TEST(unanswered, is_a_set_that_may_hold_a_number_twice) {
    std::mt19937 random(7);
    smpp::unanswered numbers;
    std::multiset<std::uint32_t> model;
    for (int i = 0; i < 50'000; ++i) {
        // Few of them, in steps that meet, the ends of the range included.
        const std::uint32_t number = (static_cast<std::uint32_t>(random() % 200) - 100) << 24U;
        if (random() % 2 == 0) {
            numbers.add(number);
            model.insert(number);
        } else {
            const auto found = model.find(number);
            EXPECT_EQ(numbers.remove(number), found != model.end());
            if (found != model.end()) {
                model.erase(found);
            }
        }
        ASSERT_EQ(numbers.size(), model.size());
    }
    for (const std::uint32_t number : model) {
        EXPECT_TRUE(numbers.remove(number));
    }
    EXPECT_EQ(numbers.size(), 0U);
    EXPECT_FALSE(numbers.remove(0));
}

TEST(unanswered, a_second_answer_to_one_request_leaves_the_others_waited_for) {
    lone_core centre(smpp::role::mc, smpp::session_state::bound_trx);
    centre.feed(smpp::submit_sm(), 7);
    centre.feed(smpp::submit_sm(), 8);
    EXPECT_EQ(centre.events().size(), 2U);
    centre.core.shutdown(centre.now, 10s);
    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(centre.core.respond(7, smpp::command_status::ok, smpp::submit_sm_resp()));
        EXPECT_FALSE(centre.core.respond(99, smpp::command_status::ok, smpp::submit_sm_resp()));
    }
    EXPECT_EQ(centre.core.unanswered(), 1U);
    EXPECT_EQ(centre.sent().size(), 4U) << "unbound before all was answered";
    EXPECT_FALSE(centre.core.respond(8, smpp::command_status::ok, smpp::submit_sm_resp()));
    const auto last = centre.sent();
    ASSERT_EQ(last.size(), 2U);
    EXPECT_EQ(last[1].id, smpp::command_id::unbind);
}

}  // namespace
