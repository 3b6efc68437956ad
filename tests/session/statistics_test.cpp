#include "smpp/session/statistics.hpp"

#include <gtest/gtest.h>

#include "support/dialogue.hpp"

namespace {

using namespace smpp_test;
using smpp::command_id;

struct statistics : testing::Test {
    static smpp::session_options keeping(std::shared_ptr<smpp::session_statistics> kept) {
        smpp::session_options options;
        options.statistics = std::move(kept);
        return options;
    }

    std::shared_ptr<smpp::session_statistics> kept = std::make_shared<smpp::session_statistics>();
    virtual_pair pair{keeping(kept), {}};
};

TEST_F(statistics, tell_what_became_of_each_command_and_how_long_it_took) {
    pair.latency = 5ms;
    pair.bind();
    for (std::uint64_t token = 1; token <= 4; ++token) {
        pair.submit(token);
    }
    pair.run(100ms);
    pair.mc_answers = false;
    const auto cancelled = pair.submit(5);
    EXPECT_TRUE(pair.esme.core.cancel(cancelled));
    pair.submit(6);
    pair.run(12s);
    const auto* submits = kept->of(command_id::submit_sm);
    ASSERT_NE(submits, nullptr);
    EXPECT_EQ(submits->sent, 6U);
    EXPECT_EQ(submits->accepted, 4U);
    EXPECT_EQ(submits->refused, 0U);
    EXPECT_EQ(submits->failed, 2U);
    EXPECT_EQ(submits->latency.count(), 4U);
    EXPECT_NEAR(static_cast<double>(submits->latency.percentile(0.5)), 10e6, 0.5e6);
    EXPECT_EQ(kept->window_most(), 4U);
    EXPECT_GT(kept->window_average(), 1);
    EXPECT_EQ(kept->of(command_id::query_sm), nullptr);
    EXPECT_EQ(kept->of(command_id::bind_transceiver)->accepted, 1U);
}

TEST_F(statistics, count_what_the_peer_asks) {
    pair.bind();
    ASSERT_TRUE(pair.mc.core.request(smpp::deliver_sm(), 1, pair.now).has_value());
    pair.run(1s);
    ASSERT_NE(kept->of(command_id::deliver_sm), nullptr);
    EXPECT_EQ(kept->of(command_id::deliver_sm)->received, 1U);
    EXPECT_EQ(kept->of(command_id::deliver_sm)->sent, 0U);
}

TEST_F(statistics, add_up_whatever_the_line_loses) {
    for (std::size_t lost = 0; lost < 30; ++lost) {
        auto all = std::make_shared<smpp::session_statistics>();
        dialogue talk(plot::transceiver, keeping(all));  // both sides share it
        std::size_t sent = 0;
        talk.pair.line = [&](const virtual_pair::side&, const std::string& octets) {
            virtual_pair::parcels out;
            for (auto& frame : frames_in(octets)) {
                if (sent++ != lost) {
                    out.emplace_back(0s, std::move(frame));
                }
            }
            return out;
        };
        talk.run();
        std::uint64_t commands = 0;
        all->for_each([&](command_id id, const smpp::command_statistics& each) {
            ++commands;
            EXPECT_EQ(each.sent, each.accepted + each.refused + each.failed)
                << name(id) << ", PDU " << lost << " lost";
            EXPECT_EQ(each.latency.count(), each.accepted + each.refused);
        });
        EXPECT_GE(commands, lost < 2 ? 1U : 2U);
    }
}

}  // namespace
