// A whole life of a session between two cores: both sides bind, ask each other, and part. The line
// between them may do what it wants; who asked what, and what came of it, is kept.
//
//     dialogue talk;
//     talk.pair.line = ...;
//     talk.run();
//     talk.expect_every_request_completed_once();
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "support/virtual_pair.hpp"

namespace smpp_test {

class dialogue {
public:
    explicit dialogue(const smpp::session_options& options = {}) : pair(options) {
        pair.esme.on_event = [this](const seen_event& e) { esme_hears(e); };
        pair.mc.on_event = [this](const seen_event& e) { mc_hears(e); };
    }

    virtual_pair pair;
    int submits = 5;
    int delivers = 3;

    /// Until both sides are closed: hours of virtual time are enough for every timer.
    void run() {
        ask(pair.esme, smpp::bind_transceiver());
        for (int i = 0; i < 10 && !(ended(pair.esme) && ended(pair.mc)); ++i) {
            pair.run(10min);
            pair.esme.core.shutdown(pair.now, 30s);
            pair.mc.core.shutdown(pair.now, 30s);
        }
    }

    template <class P>
    void ask(virtual_pair::side& from, const P& body) {
        const std::uint64_t token = ++last_token_;
        if (from.core.request(body, token, pair.now)) {
            asked_[&from].emplace(token, 0);
        }
    }

    /// How many requests of this side got through with ESME_ROK.
    [[nodiscard]] std::size_t accepted(const virtual_pair::side& of) const {
        std::size_t count = 0;
        for (const auto& e : of.of(smpp::event_type::response)) {
            count += e.header.status == smpp::command_status::ok ? 1U : 0U;
        }
        return count;
    }

    void expect_every_request_completed_once() {
        for (auto* side : {&pair.esme, &pair.mc}) {
            auto outcomes = asked_[side];
            for (const auto& e : side->events) {
                if (e.type == smpp::event_type::response ||
                    e.type == smpp::event_type::request_failed) {
                    ASSERT_EQ(outcomes.count(e.token), 1U) << "an outcome for nothing";
                    ++outcomes[e.token];
                    EXPECT_EQ(e.type == smpp::event_type::request_failed, bool(e.error));
                }
            }
            for (const auto& [token, times] : outcomes) {
                EXPECT_EQ(times, 1) << "request " << token;
            }
            ASSERT_FALSE(side->events.empty());
            EXPECT_EQ(side->of(smpp::event_type::closed).size(), 1U);
            EXPECT_EQ(side->events.back().type, smpp::event_type::closed);
            EXPECT_EQ(side->core.state(), smpp::session_state::closed);
            EXPECT_EQ(side->core.in_flight(), 0U);
        }
    }

private:
    static bool ended(const virtual_pair::side& side) {
        return !side.events.empty() && side.events.back().type == smpp::event_type::closed;
    }

    void esme_hears(const seen_event& e) {
        if (e.type == smpp::event_type::request && e.header.id == smpp::command_id::deliver_sm) {
            std::ignore = pair.esme.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                                 smpp::deliver_sm_resp());
        } else if (e.type == smpp::event_type::response &&
                   e.header.id == smpp::command_id::bind_transceiver_resp) {
            ask(pair.esme, smpp::submit_sm());
            ask(pair.esme, smpp::query_sm());
        } else if (e.type == smpp::event_type::response ||
                   e.type == smpp::event_type::request_failed) {
            if (--submits > 0) {
                ask(pair.esme, smpp::submit_sm());
            } else {
                pair.esme.core.shutdown(pair.now, 30s);
            }
        }
    }

    void mc_hears(const seen_event& e) {
        pair.answer(e);
        if (e.type == smpp::event_type::request && e.header.id == smpp::command_id::query_sm) {
            std::ignore =
                pair.mc.core.respond(e.header.sequence_number, smpp::command_status::query_failed,
                                     smpp::query_sm_resp());
        } else if (e.type == smpp::event_type::request && delivers > 0 &&
                   e.header.id == smpp::command_id::submit_sm) {
            --delivers;
            ask(pair.mc, smpp::deliver_sm());
        }
    }

    std::map<const virtual_pair::side*, std::map<std::uint64_t, int>> asked_;
    std::uint64_t last_token_ = 0;
};

/// The PDUs in octets that a side sent.
inline std::vector<std::string> frames_in(std::string_view octets) {
    std::vector<std::string> out;
    while (octets.size() >= smpp::header_size) {
        const std::size_t length = smpp::load_be<std::uint32_t>(smpp::as_octets(octets).data());
        out.emplace_back(octets.substr(0, length));
        octets.remove_prefix(std::min(length, octets.size()));
    }
    return out;
}

}  // namespace smpp_test
