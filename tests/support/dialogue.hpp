// Whole lives of a session between two cores: the sides bind, ask each other, and part. The line
// between them may do what it wants; who asked what, and what came of it, is kept.
//
//     dialogue talk(plot::transceiver);
//     talk.pair.line = ...;
//     talk.run();
//     talk.expect_every_request_completed_once();
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "support/vendor_status.hpp"
#include "support/virtual_pair.hpp"

namespace smpp_test {

/// What the two sides do.
enum class plot : std::uint8_t {
    transceiver,     ///< both ask, the ESME unbinds
    transmitter,     ///< only the ESME asks
    receiver,        ///< only the centre asks
    outbind,         ///< likewise, after the centre has called
    refused_bind,    ///< the ESME goes when it hears that
    centre_unbinds,  ///< as transceiver, but for the end
    both_unbind,     ///< at the same time
    inactivity,      ///< nobody unbinds: a timer does
    vendor,          ///< a command that no specification has is asked, too
};
inline constexpr struct {
    plot is;
    const char* name;
    std::size_t esme_accepted;  ///< requests answered with ok, where nothing befalls the line
    std::size_t mc_accepted;
} plots[] = {
    {plot::transceiver, "transceiver", 6, 3},
    {plot::transmitter, "transmitter", 6, 0},
    {plot::receiver, "receiver", 1, 3},
    {plot::outbind, "outbind", 1, 3},
    {plot::refused_bind, "refused bind", 0, 0},
    {plot::centre_unbinds, "centre unbinds", 6, 3},
    {plot::both_unbind, "both unbind", 6, 3},
    {plot::inactivity, "inactivity", 6, 3},
    {plot::vendor, "vendor", 7, 3},
};

class dialogue {
public:
    explicit dialogue(plot is = plot::transceiver, const smpp::session_options& options = {})
        : pair(options_for(is, options)), plot_(is) {
        pair.esme.on_event = [this](const seen_event& e) { esme_hears(e); };
        pair.mc.on_event = [this](const seen_event& e) { mc_hears(e); };
    }

    virtual_pair pair;
    int submits = 5;
    int delivers = 3;

    /// Until both sides are closed: hours of virtual time are enough for every timer.
    void run() {
        begin();
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

    static smpp::session_options options_for(plot is, smpp::session_options options) {
        if (is == plot::inactivity) {
            options.inactivity_timer = 1min;
        } else if (is == plot::vendor) {
            options.vendor_commands = {vendor_status::id};
        }
        return options;
    }

    void begin() {
        switch (plot_) {
            case plot::transmitter: ask(pair.esme, smpp::bind_transmitter()); break;
            case plot::receiver: ask(pair.esme, smpp::bind_receiver()); break;
            case plot::outbind: EXPECT_FALSE(pair.mc.core.notify(smpp::outbind(), pair.now)); break;
            default: ask(pair.esme, smpp::bind_transceiver());
        }
    }

    static bool is_bind_resp(smpp::command_id id) {
        return id == smpp::command_id::bind_transceiver_resp ||
               id == smpp::command_id::bind_transmitter_resp ||
               id == smpp::command_id::bind_receiver_resp;
    }

    void esme_hears(const seen_event& e) {
        if (e.type == smpp::event_type::request) {
            esme_is_asked(e);
        } else if (e.type == smpp::event_type::response && is_bind_resp(e.header.id)) {
            if (plot_ == plot::refused_bind) {
                pair.esme.core.shutdown(pair.now, 30s);
                return;
            }
            // What the bind does not allow is not sent.
            ask(pair.esme, smpp::submit_sm());
            ask(pair.esme, smpp::query_sm());
            if (plot_ == plot::vendor) {
                ask(pair.esme, vendor_status());
            }
        } else if (e.type == smpp::event_type::response ||
                   e.type == smpp::event_type::request_failed) {
            if (--submits > 0) {
                ask(pair.esme, smpp::submit_sm());
            } else {
                part();
            }
        }
    }

    void part() {
        if (plot_ == plot::inactivity) {
            return;
        }
        if (plot_ != plot::centre_unbinds) {
            pair.esme.core.shutdown(pair.now, 30s);
        }
        if (plot_ == plot::centre_unbinds || plot_ == plot::both_unbind) {
            pair.mc.core.shutdown(pair.now, 30s);
        }
    }

    void esme_is_asked(const seen_event& e) {
        if (e.header.id == smpp::command_id::outbind) {
            ask(pair.esme, smpp::bind_receiver());
        } else if (e.header.id == smpp::command_id::deliver_sm) {
            std::ignore = pair.esme.core.respond(e.header.sequence_number, smpp::command_status::ok,
                                                 smpp::deliver_sm_resp());
            const bool only_listens = plot_ == plot::receiver || plot_ == plot::outbind;
            if (only_listens && ++heard_ == 3) {
                part();
            }
        }
    }

    void mc_hears(const seen_event& e) {
        if (e.type != smpp::event_type::request) {
            return;
        }
        switch (e.header.id) {
            case smpp::command_id::submit_sm:
                pair.answer(e);
                if (delivers > 0) {
                    --delivers;
                    ask(pair.mc, smpp::deliver_sm());
                }
                break;
            case smpp::command_id::query_sm:
                answer(e, smpp::query_sm_resp(), smpp::command_status::query_failed);
                break;
            case smpp::command_id::bind_transceiver:
                answer(e, smpp::bind_transceiver_resp(),
                       plot_ == plot::refused_bind ? smpp::command_status::invalid_password
                                                   : smpp::command_status::ok);
                break;
            case smpp::command_id::bind_transmitter:
                answer(e, smpp::bind_transmitter_resp());
                break;
            case smpp::command_id::bind_receiver:
                answer(e, smpp::bind_receiver_resp());
                for (; delivers > 0; --delivers) {
                    ask(pair.mc, smpp::deliver_sm());
                }
                break;
            default:
                if (e.header.id == vendor_status::id) {
                    answer(e, vendor_status_resp());
                }
        }
    }

    template <class Response>
    void answer(const seen_event& e, const Response& with,
                smpp::command_status status = smpp::command_status::ok) {
        std::ignore = pair.mc.core.respond(e.header.sequence_number, status, with);
    }

    plot plot_;
    int heard_ = 0;
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
