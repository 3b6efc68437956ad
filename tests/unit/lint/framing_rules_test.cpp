#include <gmock/gmock.h>

#include "support.hpp"

namespace lint_test {
namespace {

std::string with_length(std::string frame) {
    store_be(reinterpret_cast<std::uint8_t*>(frame.data()),
             static_cast<std::uint32_t>(frame.size()));
    return frame;
}

std::string changed(std::size_t at, std::string_view octets) {
    std::string out = frame_of(good_submit());
    return out.replace(at, octets.size(), octets);
}

std::string cut_to(std::size_t size) {
    return with_length(frame_of(good_submit()).substr(0, size));
}

rule_case of_frames(rule which, const std::string& offence, const std::string& good) {
    return {which, [=] { return rules_in(offence); }, [=] { return rules_in(good); }};
}

bind_transmitter bind_with(const std::string& password) {
    bind_transmitter out;
    out.system_id = "user";
    out.password = password;
    return out;
}

/// The three strings at their full width, as a fixed layout would have them.
std::string fixed_width_bind() {
    std::string body = "user" + std::string(12, '\0') + "secret" + std::string(3, '\0');
    body += std::string(13, '\0') + "\x34" + std::string(2 + 41, '\0');
    return with_length(frame_of(bind_with("secret")).substr(0, header_size) + body);
}

std::string padded_service_type() {
    std::string out = frame_of(good_submit());
    return with_length(out.insert(header_size, 3, '\0'));
}

}  // namespace

rule_cases framing_cases() {
    using namespace std::string_literals;
    const std::string good = frame_of(good_submit());
    const std::string link = frame_of(enquire_link());
    submit_multi wrong_flag;
    wrong_flag.source = good_submit().source;
    wrong_flag.dest_address.emplace_back(good_submit().destination);
    wrong_flag.short_message = "hello";
    const std::string multi = frame_of(wrong_flag);
    std::string flag_3 = multi;
    flag_3[multi.find("\1\1\1\1") + 1] = 3;  // behind number_of_dests
    return {
        of_frames(rule::framing_length, good + "x", good),
        of_frames(rule::framing_length, good.substr(0, 8), link),
        of_frames(rule::framing_truncated, cut_to(18), good),
        of_frames(rule::framing_missing_nul, cut_to(30), good),
        of_frames(rule::framing_padding, padded_service_type(), good),
        of_frames(rule::framing_padding, fixed_width_bind(), frame_of(bind_with("secret"))),
        of_frames(rule::framing_trailing, with_length(link + "x"), link),
        of_frames(rule::framing_unknown_command, changed(4, "\0\0\x55\x55"s), good),
        of_frames(rule::framing_vendor_command, with_length("\0\0\0\x10\0\1\2\3\0\0\0\0\0\0\0\1"s),
                  link),
        of_frames(rule::framing_status_in_request, changed(8, "\0\0\0\1"s),
                  frame_of(submit_sm_resp(), 1, command_status::system_error)),
        of_frames(rule::header_sequence_zero, frame_of(good_submit(), 0),
                  frame_of(generic_nack(), 0, command_status::invalid_command_length)),
        of_frames(rule::header_sequence_range, changed(12, "\x80\0\0\0"s),
                  changed(12, "\x7F\xFF\xFF\xFF"s)),
        of_frames(rule::field_too_long, frame_of(bind_with("123456789")),
                  frame_of(bind_with("12345678"))),
        of_frames(rule::field_value, flag_3, multi),
        of_submit(
            rule::field_time, [](auto& sm) { sm.validity_period = "269923153045008+"; },
            [](auto& sm) { sm.validity_period = "260923153045008+"; }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.source.ton = ton(7); },
            [](auto& sm) { sm.source.ton = ton::abbreviated; }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.source.npi = npi(2); },
            [](auto& sm) { sm.source.npi = npi::land_mobile; }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.esm_class.bits = 0x0C; },
            [](auto& sm) { sm.esm_class.bits = 0x08; }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.registered_delivery.bits = 0x21; },
            [](auto& sm) { sm.registered_delivery.bits = 0x1D; }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.data_coding = data_coding(0x0F); },
            [](auto& sm) { sm.data_coding = data_coding(0xF5); }),
        of_submit(
            rule::field_reserved, [](auto& sm) { sm.replace_if_present_flag = 2; },
            [](auto& sm) {
                sm.replace_if_present_flag = 1;
                sm.service_type = "CMT";
            }),
    };
}

namespace {

using testing::ElementsAre;

TEST(pdu_lint, padding_hides_what_was_read_behind_it) {
    const auto found = lint::check(as_octets(padded_service_type()));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field, "service_type");
    EXPECT_EQ(found[0].offset, header_size);
    EXPECT_EQ(found[0].detail, "3 octets");
}

TEST(pdu_lint, a_stray_nul_behind_the_message_is_no_padding) {
    EXPECT_THAT(rules_in(with_length(frame_of(good_submit()) + std::string(1, '\0'))),
                ElementsAre(rule::tlv_stream));
    bind_transceiver_resp response;
    EXPECT_THAT(rules_in(with_length(frame_of(response) + std::string(2, '\0'))),
                ElementsAre(rule::tlv_stream));
}

TEST(pdu_lint, a_vendor_s_command_is_a_note) {
    EXPECT_EQ(lint::info(rule::framing_vendor_command).severity, lint::severity::note);
}

}  // namespace
}  // namespace lint_test
