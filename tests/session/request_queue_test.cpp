// Requests that wait for room in the window, in virtual time: a small client made of the queue and
// a core, as smpp::client is.
#include "smpp/session/request_queue.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;
using smpp::session_errc;
using smpp::detail::request_operation;
using smpp::detail::request_queue;

/// A submit_sm, and where its outcome goes.
class submit final : public request_operation {
public:
    using outcomes = std::map<std::string, std::vector<smpp::error_code>>;

    submit(std::string text, outcomes& to) : to_(to) { body_.short_message = std::move(text); }
    smpp::result<std::uint32_t> send(smpp::session_core& core, smpp::time_point now) override {
        return core.request(
            body_, reinterpret_cast<std::uint64_t>(static_cast<request_operation*>(this)), now);
    }
    void complete(smpp::error_code failed, const smpp::event*) override {
        to_[body_.short_message].push_back(failed);
    }

private:
    smpp::submit_sm body_;
    outcomes& to_;
};

struct waiting : testing::Test {
    static smpp::session_options options() {
        smpp::session_options out;
        out.window = 1;
        out.response_timer = 10s;
        out.enquire_link_timer = 0s;
        return out;
    }

    virtual_pair pair{options()};
    request_queue queue{25s};
    submit::outcomes outcomes;
    std::vector<std::string> heard;  // by the centre

    waiting() {
        pair.bind();
        pair.mc.on_event = [this](const seen_event& e) {
            if (e.type == event_type::request) {
                heard.push_back(std::get<smpp::submit_sm>(e.pdu.body).short_message);
            }
        };
        pair.esme.on_event = [this](const seen_event& e) {
            if (e.type == event_type::response || e.type == event_type::request_failed) {
                std::unique_ptr<request_operation>(reinterpret_cast<request_operation*>(e.token))
                    ->complete(e.error, nullptr);
                advance();
            }
        };
    }

    void ask(const std::string& text) {
        queue.push(std::make_unique<submit>(text, outcomes), pair.now);
        advance();
    }
    /// Who has waited too long goes, then who has room is sent.
    void advance() {
        while (const auto late = queue.pop_late(pair.now)) {
            late->complete(session_errc::queue_timeout, nullptr);
        }
        while (!queue.empty() && !pair.esme.core.window_full()) {
            auto next = queue.pop();
            ASSERT_TRUE(next->send(pair.esme.core, pair.now));
            static_cast<void>(next.release());
        }
    }
    /// Time passes, and what has to happen at some moment of it happens then.
    void pass(smpp::duration time) {
        const auto end = pair.now + time;
        while (queue.deadline() <= end) {
            const auto until = queue.deadline();
            pair.run(until - pair.now);
            pair.now = std::max(pair.now, until);
            advance();
        }
        pair.run(end - pair.now);
        pair.now = end;
        advance();
    }
    [[nodiscard]] smpp::error_code outcome(const std::string& text) {
        const auto& all = outcomes[text];
        EXPECT_LE(all.size(), 1U) << text << " has several";
        return all.empty() ? smpp::error_code(session_errc::none) : all.front();
    }
};

TEST_F(waiting, who_finds_no_room_in_time_is_never_sent) {
    ask("one");
    ask("two");
    ask("three");
    ask("four");
    pass(24s);  // the centre is silent: a place is free every 10 s
    EXPECT_EQ(outcome("one"), session_errc::response_timeout);
    EXPECT_EQ(outcome("two"), session_errc::response_timeout);
    EXPECT_EQ(outcomes.size(), 2U);
    ask("late");
    pass(2s);
    EXPECT_EQ(outcome("four"), session_errc::queue_timeout);
    EXPECT_EQ(outcomes.count("three") + outcomes.count("late"), 0U) << "sent, and still to wait";
    pass(1min);
    EXPECT_EQ(outcome("three"), session_errc::response_timeout);
    EXPECT_EQ(outcome("late"), session_errc::response_timeout);
    EXPECT_EQ(heard, (std::vector<std::string>{"one", "two", "three", "late"}));
    EXPECT_EQ(outcomes.size(), 5U);
}

TEST_F(waiting, all_are_sent_while_the_centre_answers) {
    pair.mc.on_event = [this](const seen_event& e) { pair.answer(e); };
    for (int i = 0; i < 100; ++i) {
        ask(std::to_string(i));
    }
    pass(1min);
    EXPECT_EQ(outcomes.size(), 100U);
    for (const auto& [text, all] : outcomes) {
        EXPECT_EQ(all, std::vector{smpp::error_code()}) << text;
    }
}

TEST_F(waiting, who_leaves_the_queue_takes_its_deadline_along) {
    EXPECT_EQ(queue.deadline(), smpp::timers::never);
    ask("one");
    EXPECT_EQ(queue.deadline(), smpp::timers::never) << "sent at once";
    auto first = std::make_unique<submit>("first", outcomes);
    auto* const leaves = first.get();
    queue.push(std::move(first), pair.now);
    queue.push(std::make_unique<submit>("second", outcomes), pair.now + 5s);
    EXPECT_EQ(queue.deadline(), pair.now + 25s);
    EXPECT_TRUE(queue.contains(leaves));
    queue.remove(leaves)->complete(session_errc::cancelled, nullptr);
    EXPECT_EQ(queue.deadline(), pair.now + 30s);
    EXPECT_EQ(queue.pop_late(pair.now + 29s), nullptr);
    EXPECT_NE(queue.pop_late(pair.now + 30s), nullptr);
    EXPECT_EQ(queue.size(), 0U);
    pass(1min);
    EXPECT_EQ(outcome("one"), session_errc::response_timeout);
}

TEST_F(waiting, without_a_limit_there_is_no_deadline) {
    request_queue patient;
    patient.push(std::make_unique<submit>("one", outcomes), pair.now);
    EXPECT_EQ(patient.deadline(), smpp::timers::never);
    EXPECT_EQ(patient.pop_late(pair.now + 10000h), nullptr);
}

}  // namespace
