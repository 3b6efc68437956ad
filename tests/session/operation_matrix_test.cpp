// Every command in every state from either side, against the specifications' tables
// (tests/data/spec).
#include <gtest/gtest.h>

#include <algorithm>

#include "support/arbitrary.hpp"
#include "support/lone_core.hpp"
#include "support/tsv.hpp"

namespace {

using namespace smpp_test;
using smpp::command_id;
using smpp::command_status;
using smpp::event_type;
using smpp::role;
using smpp::session_state;

constexpr session_state states[] = {session_state::open,      session_state::outbound,
                                    session_state::bound_tx,  session_state::bound_rx,
                                    session_state::bound_trx, session_state::unbound,
                                    session_state::closed};
constexpr role roles[] = {role::esme, role::mc};
constexpr smpp::interface_version versions[] = {smpp::interface_version::v3_4,
                                                smpp::interface_version::v5_0};

/// Whether `cell` of the table ("OPEN,OUTBOUND" or "ESME: OPEN; SMSC: BOUND_TX") lets `sender` send
/// in `state`. `direction` is the row's, for cells that name no side.
bool allows(const std::string& cell, const std::string& direction, role sender,
            session_state state) {
    const std::string side = sender == role::esme ? "ESME" : "SMSC";
    for (std::string part : split(cell, ';')) {
        part.erase(0, part.find_first_not_of(' '));
        const auto colon = part.find(": ");
        const std::string who =
            colon == std::string::npos
                ? direction == "both" ? "both" : direction.substr(0, direction.find('-'))
                : part.substr(0, colon);
        const auto listed = split(colon == std::string::npos ? part : part.substr(colon + 2), ',');
        if ((who == side || who == "both") &&
            std::find(listed.begin(), listed.end(), name(state)) != listed.end()) {
            return true;
        }
    }
    return false;
}

struct row {
    command_id id{};
    std::string v3_4;
    std::string v5_0;
    std::string direction;

    [[nodiscard]] bool allows(role sender, session_state state) const {
        return ::allows(v3_4, direction, sender, state) || ::allows(v5_0, direction, sender, state);
    }
};

const std::vector<row>& table() {
    static const std::vector<row> rows = [] {
        std::vector<row> out;
        for (const auto& each : read_tsv("spec/commands.tsv")) {
            if (each.at("command").find_first_of(" (") == std::string::npos) {
                out.push_back({command_id(std::stoul(each.at("id"), nullptr, 0)),
                               each.at("states_3_4"), each.at("states_5_0"), each.at("direction")});
            }
        }
        return out;
    }();
    return rows;
}

const row& row_of(command_id id) {
    return *std::find_if(table().begin(), table().end(),
                         [&](const row& each) { return each.id == id; });
}

/// Calls `visit` with a random instance of each PDU type.
template <class Visit>
void for_each_pdu(Visit visit) {
#define X(name, number, esme_states, mc_states) \
    visit(arbitrary(number, style::plausible).make<smpp::name>());
#include "smpp/tables/command_id.def"
#undef X
}

std::string describe(role who, command_id id, session_state state) {
    return std::string(who == role::esme ? "ESME " : "MC ") + std::string(name(id)) + " in " +
           std::string(name(state));
}

bool is_bind(command_id id) {
    return id == command_id::bind_transmitter || id == command_id::bind_receiver ||
           id == command_id::bind_transceiver;
}

TEST(operation_matrix, is_what_3_4_and_5_0_allow_together) {
    ASSERT_EQ(table().size(), 39U);
    std::size_t allowed = 0;
    for (const row& each : table()) {
        for (const role sender : roles) {
            for (const session_state state : states) {
                EXPECT_EQ(may_send(sender, each.id, state), each.allows(sender, state))
                    << describe(sender, each.id, state);
                allowed += each.allows(sender, state) ? 1U : 0U;
            }
        }
    }
    EXPECT_GT(allowed, 100U);
}

template <class P>
smpp::error_code try_to_send(lone_core& one, const P& body) {
    if constexpr (smpp::request<P>) {
        const auto number = one.core.request(body, 9, one.now);
        return number ? smpp::error_code() : number.error();
    } else {
        return one.core.notify(body, one.now);
    }
}

TEST(operation_matrix, a_session_sends_what_it_may_and_refuses_the_rest_unsent) {
    smpp::session_options any_body;  // random ones are not always what may be sent
    any_body.strict_sending = false;
    for_each_pdu([&](const auto& body) {
        using pdu = std::decay_t<decltype(body)>;
        if (is_response(pdu::id)) {
            return;
        }
        for (const role sender : roles) {
            for (const session_state state : states) {
                SCOPED_TRACE(describe(sender, pdu::id, state));
                lone_core one(sender, state, any_body);
                const auto failed = try_to_send(one, body);
                const auto sent = one.sent();
                if (state == session_state::unbound || state == session_state::closed) {
                    EXPECT_EQ(failed, smpp::session_errc::closed);
                    EXPECT_TRUE(sent.empty());
                } else if (row_of(pdu::id).allows(sender, state)) {
                    EXPECT_FALSE(failed) << failed.message();
                    ASSERT_EQ(sent.size(), 1U);
                    EXPECT_EQ(sent[0].id, pdu::id);
                } else {
                    EXPECT_EQ(failed, smpp::session_errc::not_bound);
                    EXPECT_TRUE(sent.empty());
                }
            }
        }
    });
}

/// What the receiver made of a PDU that its peer may not send in this state.
void expect_refusal(command_id id, session_state state, const std::vector<seen_event>& events,
                    const std::vector<smpp::header>& sent) {
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].type, event_type::bad_pdu);
    if (id == command_id::alert_notification || id == command_id::outbind) {
        EXPECT_TRUE(sent.empty());
        return;
    }
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].id, smpp::response_of(id));
    EXPECT_EQ(sent[0].sequence_number, 77U);
    EXPECT_EQ(sent[0].status, is_bind(id) && is_bound(state) ? command_status::already_bound
                                                             : command_status::invalid_bind_status);
}

template <class P>
void receive_in(const P& body, role receiver, session_state state,
                smpp::interface_version version) {
    const role sender = receiver == role::esme ? role::mc : role::esme;
    SCOPED_TRACE("from " + describe(sender, P::id, state));
    lone_core one(receiver, state, {}, version);
    one.feed(body, 77);
    const auto events = one.events();
    const auto sent = one.sent();
    if (state == session_state::closed) {
        ASSERT_TRUE(events.empty());  // it was told while the state was reached
        EXPECT_TRUE(sent.empty());
    } else if (state == session_state::unbound) {
        EXPECT_TRUE(events.empty());  // what comes after unbind is not read any more
        EXPECT_TRUE(sent.empty());
    } else if (P::id == command_id::enquire_link || P::id == command_id::unbind) {
        // Answered always: one proves life, and who wants to go is let go.
        ASSERT_EQ(sent.size(), 1U);
        EXPECT_EQ(sent[0].id, smpp::response_of(P::id));
        EXPECT_EQ(sent[0].status, command_status::ok);
        EXPECT_EQ(events.size(), P::id == command_id::unbind ? 1U : 0U);
    } else if (row_of(P::id).allows(sender, state)) {
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(events[0].type, event_type::request);
        EXPECT_EQ(events[0].header.sequence_number, 77U);
        EXPECT_TRUE(sent.empty()) << "the owner answers";
    } else {
        expect_refusal(P::id, state, events, sent);
        EXPECT_EQ(one.core.counters().violations, 1U);
        EXPECT_EQ(one.core.state(), state);
    }
}

TEST(operation_matrix, a_session_takes_what_its_peer_may_send_and_answers_the_rest) {
    for_each_pdu([](const auto& body) {
        if (is_response(std::decay_t<decltype(body)>::id)) {
            return;
        }
        for (const role receiver : roles) {
            for (const session_state state : states) {
                for (const auto version : versions) {
                    receive_in(body, receiver, state, version);
                }
            }
        }
    });
}

TEST(operation_matrix, a_response_to_nothing_is_counted_and_changes_nothing_in_any_state) {
    for_each_pdu([](const auto& body) {
        using pdu = std::decay_t<decltype(body)>;
        if (!is_response(pdu::id)) {
            return;
        }
        for (const role receiver : roles) {
            for (const session_state state : states) {
                SCOPED_TRACE("to " + describe(receiver, pdu::id, state));
                lone_core one(receiver, state);
                one.feed(body, 77);
                const auto events = one.events();
                EXPECT_EQ(events.size(), pdu::id == command_id::generic_nack &&
                                                 state != session_state::unbound &&
                                                 state != session_state::closed
                                             ? 1U
                                             : 0U);
                EXPECT_TRUE(one.sent().empty());
                EXPECT_EQ(one.core.state(), state);
            }
        }
    });
}

}  // namespace
