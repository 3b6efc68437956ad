#include "smpp-dump/query_filter.hpp"

#include "dump/matching.hpp"
#include "smpp-dump/octet_session.hpp"

namespace smpp_dump_test {
namespace {

/// Sequence numbers of the PDUs that pass: 1 bind, 2 submit_sm, 3 a refusal, 4 a message_id,
/// 5 deliver_sm with a receipt.
std::string pass(std::string_view query, std::string_view filter = {}) {
    std::string octets;
    smpp::bind_transceiver bind;
    bind.system_id = "acme";
    add(octets, 1, bind);
    smpp::submit_sm submit;
    submit.source.digits = "ACME";
    submit.destination.digits = "4915112345678";
    submit.short_message = "Hello me@home";  // octet 0x40 is another letter of the GSM alphabet
    submit.tlvs.add(smpp::tlv_tag(0x1401), "\x0A\x0B");
    add(octets, 2, submit);
    add(octets, 3, smpp::submit_sm_resp{}, smpp::command_status::throttled);
    smpp::submit_sm_resp taken;
    taken.message_id = "00ab";
    add(octets, 4, taken);
    smpp::deliver_sm receipt;
    receipt.esm_class.bits = 4;
    receipt.short_message =
        "id:00ab sub:001 dlvrd:000 submit date:2601010000 done date:2601010001 "
        "stat:UNDELIV err:011 text:hello";
    add(octets, 5, receipt);
    matching sink(smpp_dump::filter(filter, query, smpp::alphabet::gsm7));
    smpp_dump::octet_session session(sink, 7);
    session.add(smpp::as_octets(octets));
    session.finish();
    return sink.numbers;
}

TEST(query_filter, the_fields_of_pdus) {
    EXPECT_EQ(pass("hello"), "25");
    EXPECT_EQ(pass("from:acme"), "2");
    EXPECT_EQ(pass("to:+49151"), "2");
    EXPECT_EQ(pass("status:throttled"), "3");
    EXPECT_EQ(pass("status:0"), "4");  // of responses
    EXPECT_EQ(pass("state:undeliverable"), "5");
    EXPECT_EQ(pass("account:acme"), "12345");
    EXPECT_EQ(pass("session:2"), "");
    EXPECT_EQ(pass("coding:gsm7 -hello"), "");
    EXPECT_EQ(pass("command:bind_transceiver"), "1");
    EXPECT_EQ(pass("tlv:0x1401"), "2");
    EXPECT_EQ(pass("parts:1"), "25");
    EXPECT_EQ(pass("id:00ab"), "45");
    EXPECT_EQ(pass("lint:text.latin1-as-gsm OR lint:text.ascii-as-gsm"), "2");
}

TEST(query_filter, holds_together_with_a_filter) {
    EXPECT_EQ(pass("hello", "submit_sm"), "2");
    EXPECT_EQ(pass("hello", "enquire_link"), "");
}

TEST(query_filter, says_what_it_does_not_know) {
    EXPECT_THROW(std::ignore = pass("tag:x"), smpp_dump::filter_error);
    EXPECT_THROW(std::ignore = pass("status:nonsense"), smpp_dump::filter_error);
    EXPECT_THROW(std::ignore = pass("(hello"), smpp_dump::filter_error);
}

}  // namespace
}  // namespace smpp_dump_test
