// Commands that no specification has, given to a session at run time.
#include <gtest/gtest.h>

#include "support/vendor_status.hpp"
#include "support/virtual_pair.hpp"

namespace {

using namespace smpp_test;
using smpp::event_type;

smpp::session_options with_vendor_status() {
    smpp::session_options options;
    options.vendor_commands = {vendor_status::id};
    return options;
}

template <class P>
P read(const seen_event& e) {
    const auto& body = std::get<smpp::unknown_pdu>(e.pdu.body);
    P out;
    EXPECT_FALSE(smpp::decode_body(smpp::as_octets(body.octets), e.header.status,
                                   smpp::decode_mode::strict, out));
    return out;
}

TEST(vendor_command, that_was_registered_is_asked_and_answered) {
    virtual_pair pair(with_vendor_status());
    pair.bind();
    pair.mc.on_event = [&](const seen_event& e) {
        if (e.type == event_type::request) {
            EXPECT_EQ(read<vendor_status>(e).subscriber, "15551234567");
            vendor_status_resp resp;
            resp.credit = 500;
            EXPECT_FALSE(
                pair.mc.core.respond(e.header.sequence_number, smpp::command_status::ok, resp));
        }
    };
    vendor_status ask;
    ask.subscriber = "15551234567";
    ASSERT_TRUE(pair.esme.core.request(ask, 9, pair.now));
    pair.run(100ms);
    const auto answers = pair.esme.of(event_type::response);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].token, 9U);
    EXPECT_EQ(read<vendor_status_resp>(answers[0]).credit, 500);
}

TEST(vendor_command, without_registration_is_nacked_and_the_session_stays) {
    virtual_pair pair;
    pair.bind();
    ASSERT_TRUE(pair.esme.core.request(vendor_status(), 9, pair.now));
    pair.run(100ms);
    const auto answers = pair.esme.of(event_type::response);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].header.id, smpp::command_id::generic_nack);
    EXPECT_EQ(answers[0].header.status, smpp::command_status::invalid_command_id);
    EXPECT_EQ(pair.mc.core.state(), smpp::session_state::bound_trx);
}

TEST(vendor_command, before_the_bind_is_refused_with_its_own_response) {
    virtual_pair pair(with_vendor_status());
    std::string octets;
    ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, 7, vendor_status()));
    pair.inject(pair.mc, octets);
    pair.run(100ms);
    EXPECT_EQ(pair.mc.of(event_type::request).size(), 0U);
    EXPECT_EQ(pair.mc.core.counters().violations, 1U);
}

TEST(vendor_command, fields_are_checked_as_those_of_the_specification) {
    vendor_status ask;
    ask.subscriber = std::string(21, '1');
    std::string octets;
    const smpp::codec_failure failure = smpp::append(octets, smpp::command_status::ok, 7, ask);
    EXPECT_EQ(failure.code, smpp::codec_errc::too_long);
    EXPECT_STREQ(failure.field, "subscriber");
}

}  // namespace
