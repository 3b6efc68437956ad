#include "smpp-dump/filter.hpp"

#include "dump/matching.hpp"
#include "smpp-dump/octet_session.hpp"

namespace smpp_dump_test {
namespace {

/// Sequence numbers of the PDUs that pass: 1 bind, 2 submit_sm, its refusal with 2 as well,
/// 3 deliver_sm with a receipt, 4 enquire_link.
std::string pass(std::string_view filter) {
    std::string octets;
    smpp::bind_transceiver bind;
    bind.system_id = "user";
    add(octets, 1, bind);
    smpp::submit_sm submit;
    submit.source = smpp::address("ACME", smpp::ton::alphanumeric, smpp::npi::unknown);
    submit.destination = smpp::address("4915112345678", smpp::ton::international, smpp::npi::isdn);
    submit.short_message = "hello";
    submit.registered_delivery.bits = 1;
    submit.validity_period = "000000020000000R";
    submit.schedule_delivery_time = "260801120000000+";
    submit.tlvs.set(smpp::tlv::user_message_reference, 258);
    submit.tlvs.add(smpp::tlv_tag(0x1401), "\x0A\x0B");
    add(octets, 2, submit);
    add(octets, 2, smpp::submit_sm_resp{}, smpp::command_status::throttled);
    smpp::deliver_sm receipt;
    receipt.esm_class.bits = 4;
    receipt.short_message =
        "id:17 sub:001 dlvrd:000 submit date:2601010000 done date:2601010001 "
        "stat:UNDELIV err:011 text:hello";
    add(octets, 3, receipt);
    add(octets, 4, smpp::enquire_link{});
    matching sink(filter);
    smpp_dump::octet_session session(sink, 7);
    session.add(smpp::as_octets(octets));
    session.finish();
    return sink.numbers;
}

TEST(filter, commands_by_name_and_number) {
    EXPECT_EQ(pass("command == submit_sm"), "2");
    EXPECT_EQ(pass("smpp.command_id == 4"), "2");
    EXPECT_EQ(pass("smpp.command_id == 0x80000004"), "2");
    EXPECT_EQ(pass("enquire_link"), "4");
    EXPECT_EQ(pass("command in {submit_sm, deliver_sm, 9..10}"), "123");
    EXPECT_EQ(pass("command != submit_sm"), "1234");
}

TEST(filter, statuses_are_those_of_responses) {
    for (const char* same :
         {"status == ESME_RTHROTTLED", "status == RTHROTTLED", "smpp.command_status == 88",
          "status == 0x58", "status != ESME_ROK", "status", "status >= 80"}) {
        EXPECT_EQ(pass(same), "2") << same;
    }
    EXPECT_EQ(pass("status == ESME_ROK"), "");
}

TEST(filter, fields_of_the_body) {
    EXPECT_EQ(pass("smpp.destination_addr contains \"49\""), "2");
    EXPECT_EQ(pass("source_addr == ACME"), "2");
    EXPECT_EQ(pass("source_addr_ton == 5 && dest_addr_ton == 1"), "2");
    EXPECT_EQ(pass("system_id matches \"^U.er$\""), "1");
    EXPECT_EQ(pass("sm_length == 5"), "2");
    EXPECT_EQ(pass("smpp.message == \"hello\""), "2");
    EXPECT_EQ(pass("short_message contains 6c:6c"), "23");
    EXPECT_EQ(pass("smpp.regdel.receipt == 1"), "2");
    EXPECT_EQ(pass("smpp.esm.submit.msg_type == 1"), "3");
}

TEST(filter, tlvs_by_name_and_number) {
    EXPECT_EQ(pass("user_message_reference == 258"), "2");
    EXPECT_EQ(pass("tlv.0x1401 == 0a0b"), "2");
    EXPECT_EQ(pass("tlv.0x1401"), "2");
    EXPECT_EQ(pass("!user_message_reference"), "1234") << "the response has none";
}

TEST(filter, texts_and_receipts) {
    EXPECT_EQ(pass("text == hello"), "2");
    EXPECT_EQ(pass("text ~ \"HELLO$\""), "23");
    EXPECT_EQ(pass("dlr.state == UNDELIV"), "3");
    EXPECT_EQ(pass("dlr && dlr.id == 17 && dlr.err == 011"), "3");
}

TEST(filter, receipts_under_data_coding_0_are_ascii) {
    smpp::deliver_sm receipt;
    receipt.esm_class.bits = 4;
    receipt.short_message = std::string("id:A_7 stat:DND_REJECTED\0", 25);
    std::string octets;
    add(octets, 3, receipt);
    matching sink("dlr.id == A_7 && dlr.stat == DND_REJECTED");
    smpp_dump::octet_session session(sink, 7);
    session.add(smpp::as_octets(octets));
    session.finish();
    EXPECT_EQ(sink.numbers, "3");
}

TEST(filter, sessions_and_places) {
    EXPECT_EQ(pass("session == 7 and from == mc"), "23");
    EXPECT_EQ(pass("session == 8"), "");
    EXPECT_EQ(pass("session.system_id == user && command == enquire_link"), "4");
    EXPECT_EQ(pass("seq >= 3"), "34");
    EXPECT_EQ(pass("command_length == 16"), "24") << "a refusal has no body";
    EXPECT_EQ(pass("state != ok"), "");
}

TEST(filter, and_binds_closer_than_or) {
    EXPECT_EQ(pass("seq == 1 or seq == 2 and submit_sm"), "12");
    EXPECT_EQ(pass("(seq == 1 or seq == 2) and submit_sm"), "2");
    EXPECT_EQ(pass("not (seq == 1 || seq == 2)"), "34");
    EXPECT_EQ(pass("!!enquire_link"), "4");
}

TEST(filter, latencies_have_units) {
    const std::string octets = read_capture_file("plain.pcap");
    const auto count = [&](const char* text) {
        matching sink(text);
        read_capture(sink, octets);
        return sink.numbers;
    };
    EXPECT_NE(count("latency"), "");
    EXPECT_EQ(count("latency >= 0s"), count("latency"));
    EXPECT_EQ(count("latency > 3000s"), "");
}

TEST(filter, parts_of_texts) {
    EXPECT_EQ(pass("smpp.message[0:2] == 68:65"), "2");
    EXPECT_EQ(pass("smpp.message[0] == 68"), "2");
    EXPECT_EQ(pass("smpp.message[1-2] == \"el\""), "2");
    EXPECT_EQ(pass("smpp.message[-2:] == 6c:6f"), "23");
    EXPECT_EQ(pass("smpp.message[-2:1] == 6c"), "23");
    EXPECT_EQ(pass("smpp.message[:4] == \"hell\""), "2");
    EXPECT_EQ(pass("smpp.message[4:]==6f"), "2");
    EXPECT_EQ(pass("text[0:3] == \"id:\""), "3");
    EXPECT_EQ(pass("smpp.message[0:6] == \"hello\""), "") << "it has no six octets";
}

TEST(filter, functions_masks_and_quantifiers) {
    EXPECT_EQ(pass("len(text) == 5"), "2");
    EXPECT_EQ(pass("len(smpp.message[1:]) > 4"), "3");
    EXPECT_EQ(pass("upper(text) == HELLO"), "2");
    EXPECT_EQ(pass("lower(source_addr) contains acme"), "2");
    EXPECT_EQ(pass("len == 16 && enquire_link"), "4") << "the length of the PDU is still a field";
    EXPECT_EQ(pass("esm_class & 0x3c"), "3");
    EXPECT_EQ(pass("esm_class & 0x3c == 4"), "3");
    EXPECT_EQ(pass("esm_class & 0x3c != 4"), "2");
    EXPECT_EQ(pass("any opt_param_tag == 0x204"), "2");
    EXPECT_EQ(pass("all opt_param_tag == 0x204"), "");
    EXPECT_EQ(pass("opt_param_tag === 0x204"), "");
    EXPECT_EQ(pass("any opt_param_tag != 0x204"), "2");
    EXPECT_EQ(pass("opt_param_tag !== 0x204"), "2");
    EXPECT_EQ(pass("opt_param_tag != 0x204"), "");
}

TEST(filter, times_are_moments_or_durations) {
    EXPECT_EQ(pass("validity_period > 1h && validity_period <= 2h"), "2");
    EXPECT_EQ(pass("validity_period > 121min"), "");
    EXPECT_EQ(pass("validity_period"), "") << "a moment: it is a duration";
    EXPECT_EQ(pass("smpp.validity_period_r == 7200"), "2");
    EXPECT_EQ(pass("smpp.validity_period_r == 0"), "3") << "as in Wireshark";
    EXPECT_EQ(pass("validity_period contains R"), "2");
    EXPECT_EQ(pass("validity_period == \"\""), "3");
    for (const char* same :
         {"schedule_delivery_time == \"2026-08-01 12:00:00\"", "schedule_delivery_time",
          "schedule_delivery_time == 2026-08-01T12:00:00Z", "schedule_delivery_time > 2026-07-31",
          "schedule_delivery_time < \"Aug  1, 2026 12:00:01\"",
          "schedule_delivery_time == 260801120000000+",
          "schedule_delivery_time < \"2026-08-01 12:00:00.5\"",
          "schedule_delivery_time in {\"2026-08-01 12:00:00\"}"}) {
        EXPECT_EQ(pass(same), "2") << same;
    }
}

TEST(filter, addresses_of_hosts_and_networks) {
    const std::string octets = read_capture_file("plain.pcap");
    const auto count = [&](const char* text) {
        matching sink(text);
        read_capture(sink, octets);
        return sink.numbers;
    };
    const std::string all = count("smpp");
    EXPECT_NE(all, "");
    for (const char* same :
         {"ip", "tcp && tcp.stream < 5", "ip.addr == 10.0.0.0/8",
          "ip.addr in {192.168.0.0/16, 10.0.0.0/8}", "ip.src != 11.0.0.0/8", "frame.len > 40",
          "frame.time > 2020-01-01", "frame.time_epoch > 1500000000.5"}) {
        EXPECT_EQ(count(same), all) << same;
    }
    for (const char* none : {"ip.addr == 11.0.0.0/8", "ipv6.addr", "ip.addr == ::/0"}) {
        EXPECT_EQ(count(none), "") << none;
    }
    EXPECT_EQ(pass("ip || tcp"), "") << "of no network";
}

TEST(filter, errors_say_what_and_where) {
    const std::pair<const char*, const char*> wrong[] = {
        {"", "a field expected at its end"},
        {"nonsense == 1", "no field 'nonsense'"},
        {"seq == abc", "a number expected at character 8, not 'abc'"},
        {"command == submit", "a command or number"},
        {"status == NONSENSE", "a status or number"},
        {"latency > 2w", "a time such as 2s"},
        {"seq contains 1", "is a number"},
        {"(seq == 1", "')' expected at its end"},
        {"seq == 1 seq == 2", "'and' or 'or' expected at character 10"},
        {"text == \"abc", "has no end"},
        {"text matches \"(\"", "pattern '('"},
        {"tlv.0x1401 == xyz", "hexadecimal"},
        {"seq in {1", "a number expected at its end"},
        {"seq[0:2] == 1", "'seq' is no text"},
        {"text[2:0] == \"a\"", "octets such as [0:2]"},
        {"len(seq) == 1", "'seq' is no text"},
        {"len(nonsense) == 1", "no field 'nonsense'"},
        {"len(text == 1", "')' expected"},
        {"text & 1", "a number with a mask"},
        {"ip.addr == 10.0.0.0/33", "an address such as"},
        {"ip.addr == nonsense", "an address such as"},
        {"ip.addr > 10.0.0.0", "is an address"},
        {"validity_period > soon", "a time such as"},
    };
    for (const auto& [text, expected] : wrong) {
        try {
            const smpp_dump::filter made{text};
            ADD_FAILURE() << text;
        } catch (const smpp_dump::filter_error& error) {
            EXPECT_NE(std::string(error.what()).find(expected), std::string::npos)
                << text << ": " << error.what();
        }
    }
    EXPECT_THROW(smpp_dump::filter(std::string(100'000, '(')), smpp_dump::filter_error);
}

TEST(filter, a_pattern_that_explodes_does_not_match) {
    smpp::submit_sm submit;
    submit.short_message = std::string(200, 'a') + "b";
    std::string octets;
    add(octets, 1, submit);
    matching sink("text matches \"^(a+)+c$\"");
    smpp_dump::octet_session session(sink, 1);
    session.add(smpp::as_octets(octets));
    session.finish();
    EXPECT_EQ(sink.numbers, "");
}

}  // namespace
}  // namespace smpp_dump_test
