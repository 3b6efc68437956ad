#include <gmock/gmock.h>

#include "support.hpp"

namespace lint_test {
namespace {

submit_multi good_multi() {
    submit_multi out;
    out.source = good_submit().source;
    out.dest_address.emplace_back(good_submit().destination);
    out.dest_address.emplace_back(address("15557654321", ton::international, npi::isdn));
    out.short_message = "hello";
    return out;
}

rule_case of_multi(rule which, const std::function<void(submit_multi&)>& spoil) {
    const auto offence = [=] {
        submit_multi pdu = good_multi();
        spoil(pdu);
        return rules_of(pdu);
    };
    return {which, offence, [] { return rules_of(good_multi()); }};
}

alert_notification alert_for(const address& esme) {
    alert_notification out;
    out.source = good_submit().destination;
    out.esme = esme;
    return out;
}

}  // namespace

rule_cases address_cases() {
    return {
        of_submit(
            rule::address_empty_destination, [](auto& sm) { sm.destination.digits.clear(); },
            [](auto& sm) { sm.source.digits.clear(); }),
        of_multi(rule::address_empty_destination, [](auto& sm) { sm.dest_address.clear(); }),
        of_multi(rule::address_empty_destination,
                 [](auto& sm) { sm.dest_address[1].dest_flag = dest_flag::distribution_list; }),
        of_submit(
            rule::address_alpha_ton, [](auto& sm) { sm.source.digits = "ACME"; },
            [](auto& sm) { sm.source = address("ACME", ton::alphanumeric); }),
        of_submit(
            rule::address_alpha_length,
            [](auto& sm) { sm.source = address("ACME-AND-SON", ton::alphanumeric); },
            [](auto& sm) { sm.source = address("ACME-AND-CO", ton::alphanumeric); }),
        of_submit(
            rule::address_alpha_npi,
            [](auto& sm) { sm.source = address("ACME", ton::alphanumeric, npi::isdn); },
            [](auto& sm) { sm.source = address("12345", ton::alphanumeric); }),
        of_submit(
            rule::address_charset,
            [](auto& sm) { sm.source = address("M\xFCller", ton::alphanumeric); },
            [](auto& sm) { sm.source = address("M&ller", ton::alphanumeric); }),
        of_submit(
            rule::address_number_format, [](auto& sm) { sm.destination.digits = "+15551234567"; },
            [](auto& sm) { sm.destination = address("*100#", ton::unknown, npi::unknown); }),
        of_multi(rule::address_number_format,
                 [](auto& sm) { sm.dest_address[1].address.digits = "1555 123"; }),
        of_submit(
            rule::address_international_prefix,
            [](auto& sm) { sm.destination.digits = "0015551234"; },
            [](auto& sm) { sm.destination = address("07700900123", ton::national, npi::isdn); }),
        of_submit(
            rule::address_short_international, [](auto& sm) { sm.destination.digits = "123456"; },
            [](auto& sm) { sm.destination.digits = "6834002"; }),
        of_submit(
            rule::address_international_npi, [](auto& sm) { sm.destination.npi = npi::unknown; },
            [](auto& sm) { sm.destination = address("15551234567", ton::unknown, npi::unknown); }),
        of_submit(
            rule::address_npi, [](auto& sm) { sm.source.npi = npi::telex; },
            [](auto& sm) { sm.source.npi = npi::private_plan; }),
        of_submit(
            rule::address_npi,
            [](auto& sm) { sm.destination = address("07700900123", ton::national, npi::internet); },
            [](auto& sm) {
                sm.destination = address("sms.example.com", ton::unknown, npi::internet);
            }),
        {rule::address_alpha_ton,
         [] { return rules_of(alert_for(address("ACME", ton::international, npi::isdn))); },
         [] { return rules_of(alert_for(address("ACME", ton::alphanumeric))); }},
    };
}

namespace {

TEST(pdu_lint, findings_about_a_destination_say_which) {
    submit_multi pdu = good_multi();
    pdu.dest_address[1].address.digits = "+1555";
    const std::string frame = frame_of(pdu);
    const auto found = lint::check(as_octets(frame));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].field, "destination_addr");
    EXPECT_EQ(found[0].offset, frame.find("+1555"));
}

}  // namespace
}  // namespace lint_test
