// Two session cores joined by a line with latency, in virtual time: whole lifetimes pass in
// microseconds.
#pragma once

#include <gtest/gtest.h>
#include <deque>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "smpp/session/session_core.hpp"

namespace smpp_test {

using namespace std::chrono_literals;

/// An event that outlives the poll it came from.
struct seen_event {
    smpp::event_type type{};
    smpp::header header{};
    std::uint64_t token = 0;
    smpp::error_code error{};
    smpp::pdu pdu{};
    smpp::time_point at{};
};

class virtual_pair {
public:
    struct side {
        explicit side(smpp::role role, const smpp::session_options& options, smpp::time_point now)
            : core(role, options, now) {}

        smpp::session_core core;
        std::vector<seen_event> events;
        std::deque<std::pair<smpp::time_point, std::string>> incoming;  // arrival, octets
        std::function<void(const seen_event&)> on_event;                // answers, follows up
        bool deaf = false;                                              // reads nothing
        bool closed = false;

        [[nodiscard]] std::vector<seen_event> of(smpp::event_type type) const {
            std::vector<seen_event> out;
            for (const auto& e : events) {
                if (e.type == type) {
                    out.push_back(e);
                }
            }
            return out;
        }
    };

    explicit virtual_pair(const smpp::session_options& options = {})
        : virtual_pair(options, options) {}
    virtual_pair(const smpp::session_options& client, const smpp::session_options& server)
        : esme(smpp::role::esme, client, now), mc(smpp::role::mc, server, now) {
        mc.on_event = [this](const seen_event& e) { answer(e); };
    }

    smpp::time_point now{1h};
    side esme;
    side mc;
    smpp::duration latency = 1ms;
    std::size_t chunk = 1'000'000;  ///< octets that arrive together
    bool mc_answers = true;
    /// Sees what a side sends before the line takes it, and gives what arrives instead and how long
    /// after the latency. Empty octets: the line is cut there. Unset: all arrives as it was sent.
    using parcels = std::vector<std::pair<smpp::duration, std::string>>;
    std::function<parcels(const side& from, std::string octets)> line;

    /// Runs until nothing happens any more, or until `limit` from now.
    void run(smpp::duration limit = 1h) {
        const auto end = now + limit;
        for (;;) {
            exchange(esme, mc);
            exchange(mc, esme);
            const auto next = next_time();
            if (!next || *next > end) {
                now = next ? end : now;
                return;
            }
            now = std::max(now, *next);
            deliver(esme);
            deliver(mc);
            for (side* each : {&esme, &mc}) {
                if (const auto deadline = each->core.deadline(); deadline && *deadline <= now) {
                    each->core.on_deadline(now);
                }
            }
        }
    }

    void bind(std::uint64_t token = 1) {
        smpp::bind_transceiver pdu;
        pdu.system_id = "user";
        ASSERT_TRUE(esme.core.request(pdu, token, now).has_value());
        run(100ms);
        ASSERT_EQ(esme.core.state(), smpp::session_state::bound_trx);
        ASSERT_EQ(mc.core.state(), smpp::session_state::bound_trx);
        esme.events.clear();
        mc.events.clear();
    }

    std::uint32_t submit(std::uint64_t token, std::string text = "hello") {
        smpp::submit_sm sm;
        sm.short_message = std::move(text);
        return esme.core.request(sm, token, now).value();
    }

    /// Octets to a side as if its peer had sent them.
    void inject(side& to, std::string octets) { to.incoming.emplace_back(now, std::move(octets)); }

    /// The mc's manners: binds and submits are accepted.
    void answer(const seen_event& e) {
        if (e.type != smpp::event_type::request || !mc_answers) {
            return;
        }
        if (e.header.id == smpp::command_id::submit_sm) {
            smpp::submit_sm_resp resp;
            resp.message_id = std::to_string(e.header.sequence_number);
            EXPECT_FALSE(mc.core.respond(e.header.sequence_number, smpp::command_status::ok, resp));
        } else if (e.header.id == smpp::command_id::bind_transceiver) {
            smpp::bind_transceiver_resp resp;
            resp.system_id = "mc";
            resp.tlvs.set(smpp::tlv::sc_interface_version, 0x34);
            EXPECT_FALSE(mc.core.respond(e.header.sequence_number, smpp::command_status::ok, resp));
        }
    }

private:
    void exchange(side& from, side& to) {
        while (const smpp::event* e = from.core.poll()) {
            seen_event seen{e->type, e->header, e->token, e->error, {}, now};
            if (e->body != nullptr) {
                std::ignore = smpp::decode(e->frame, smpp::decode_mode::lenient, seen.pdu);
            }
            from.events.push_back(seen);
            if (from.on_event) {
                from.on_event(seen);
            }
        }
        auto& tx = from.core.tx();
        while (!tx.empty()) {
            const auto part = tx.octets().first(std::min(chunk, tx.size()));
            send(from, to, std::string(smpp::as_text(part)));
            tx.consume(part.size());
        }
        if (from.core.wants_close() && !from.closed) {
            from.closed = true;
            from.core.on_closed({});
            to.incoming.emplace_back(now + latency, std::string());  // end of stream
            exchange(from, to);
        }
    }

    void send(const side& from, side& to, std::string octets) {
        if (!line) {
            to.incoming.emplace_back(now + latency, std::move(octets));
            return;
        }
        for (auto& [later, part] : line(from, std::move(octets))) {
            const auto at = now + latency + later;
            const auto place =
                std::upper_bound(to.incoming.begin(), to.incoming.end(), at,
                                 [](auto when, const auto& each) { return when < each.first; });
            to.incoming.emplace(place, at, std::move(part));
        }
    }

    void deliver(side& to) {
        while (!to.incoming.empty() && to.incoming.front().first <= now) {
            const std::string octets = std::move(to.incoming.front().second);
            to.incoming.pop_front();
            if (to.closed || to.deaf) {
                continue;
            }
            if (octets.empty()) {
                to.closed = true;
                to.core.on_closed({});
                return;
            }
            const auto room = to.core.rx_prepare(octets.size());
            std::copy(octets.begin(), octets.end(), room.begin());
            to.core.rx_commit(octets.size(), now);
            exchange(to, &to == &mc ? esme : mc);
        }
    }

    [[nodiscard]] std::optional<smpp::time_point> next_time() const {
        std::optional<smpp::time_point> next;
        const auto consider = [&](std::optional<smpp::time_point> at) {
            if (at && (!next || *at < *next)) {
                next = at;
            }
        };
        for (const side* each : {&esme, &mc}) {
            consider(each->core.deadline());
            if (!each->incoming.empty()) {
                consider(each->incoming.front().first);
            }
        }
        return next;
    }
};

}  // namespace smpp_test
