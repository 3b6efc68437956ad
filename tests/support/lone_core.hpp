// One session core alone: its peer is the test, which feeds octets and reads what was sent.
//
//     lone_core centre(smpp::role::mc, smpp::session_state::bound_trx);
//     centre.feed(smpp::submit_sm(), 7);
//     centre.events()  centre.sent()
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "support/virtual_pair.hpp"

namespace smpp_test {

class lone_core {
public:
    explicit lone_core(smpp::role role, smpp::session_state state = smpp::session_state::open,
                       const smpp::session_options& options = {},
                       smpp::interface_version version = smpp::interface_version::v3_4)
        : core(role, options, now), version_(version) {
        reach(state);
        EXPECT_EQ(core.state(), state);
        std::ignore = events();
        std::ignore = sent();
    }

    template <class P>
    void feed(const P& body, std::uint32_t sequence_number,
              smpp::command_status status = smpp::command_status::ok) {
        std::string octets;
        ASSERT_FALSE(smpp::append(octets, status, sequence_number, body));
        feed_octets(octets);
    }

    void feed_octets(const std::string& octets) {
        const auto room = core.rx_prepare(octets.size());
        std::copy(octets.begin(), octets.end(), room.begin());
        core.rx_commit(octets.size(), now);
    }

    /// What happened since the last call.
    std::vector<seen_event> events() {
        std::vector<seen_event> out;
        while (const smpp::event* e = core.poll()) {
            out.push_back({e->type, e->header, e->token, e->error, {}, now});
        }
        return out;
    }

    /// The headers of what was sent since the last call.
    std::vector<smpp::header> sent() {
        std::vector<smpp::header> out;
        auto& tx = core.tx();
        while (!tx.empty()) {
            out.push_back(smpp::decode_header(tx.octets()));
            tx.consume(out.back().command_length);
        }
        return out;
    }

    /// The clock moves on, and the owner comes whether or not the core asked for it.
    void pass(smpp::duration time) {
        now += time;
        core.on_deadline(now);
    }

    smpp::time_point now{1h};
    smpp::session_core core;

private:
    void reach(smpp::session_state state) {
        using smpp::session_state;
        switch (state) {
            case session_state::open: return;
            case session_state::outbound: outbind(); return;
            case session_state::bound_tx:
                bind<smpp::bind_transmitter, smpp::bind_transmitter_resp>();
                return;
            case session_state::bound_rx:
                bind<smpp::bind_receiver, smpp::bind_receiver_resp>();
                return;
            case session_state::bound_trx:
                bind<smpp::bind_transceiver, smpp::bind_transceiver_resp>();
                return;
            case session_state::unbound:
                bind<smpp::bind_transceiver, smpp::bind_transceiver_resp>();
                feed(smpp::unbind(), 2);
                std::ignore = events();
                return;
            case session_state::closed: core.abort(smpp::session_errc::closed); return;
        }
    }

    void outbind() {
        if (core.role() == smpp::role::mc) {
            EXPECT_FALSE(core.notify(smpp::outbind(), now));
        } else {
            feed(smpp::outbind(), 1);
            std::ignore = events();
        }
    }

    template <class Bind, class Response>
    void bind() {
        Bind request;
        request.interface_version = version_;
        Response answer;
        answer.tlvs.set(smpp::tlv::sc_interface_version, static_cast<std::uint8_t>(version_));
        if (core.role() == smpp::role::esme) {
            const auto number = core.request(request, 1, now);
            ASSERT_TRUE(number.has_value());
            feed(answer, *number);
            std::ignore = events();
        } else {
            feed(request, 1);
            std::ignore = events();
            EXPECT_FALSE(core.respond(1, smpp::command_status::ok, answer));
        }
        EXPECT_EQ(core.peer_version(), version_);
    }

    smpp::interface_version version_;
};

}  // namespace smpp_test
