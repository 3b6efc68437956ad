#include "notifier/recipients.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace notifier {
void PrintTo(const address& a, std::ostream* out) {
    *out << a.addr << " ton " << static_cast<unsigned>(a.ton) << " npi "
         << static_cast<unsigned>(a.npi);
}
}  // namespace notifier

namespace {

using notifier::address;
using notifier::parse_number;
using notifier::parse_sender;
using smpp::npi;
using smpp::ton;

std::string digits(std::string_view text) {
    const auto number = parse_number(text);
    return number ? number->addr : "invalid";
}

TEST(recipients, decoration_of_a_number_is_taken_off) {
    for (const char* text :
         {"15557654321", "+15557654321", " +1 555 765 4321 ", "+1-(555)-765-4321", "1.555.765.4321",
          "(+1) 555 765-4321", "tel:+15557654321", "SMS:15557654321", "+1 (555) 765-4321"}) {
        EXPECT_EQ(digits(text), "15557654321") << text;
    }
}

TEST(recipients, what_is_no_number_is_refused_with_a_reason) {
    for (const char* text : {"", "+", "12", "1234567890123456", "++1555", "1+555", "-1555", "1555-",
                             "()1555", "(1555", "1)555", "((1)555", "15 55x", "000", "1555\t765",
                             "１５５５", "1555_123", "MyFriend", "a@b"}) {
        const auto number = parse_number(text);
        ASSERT_FALSE(number) << text;
        EXPECT_FALSE(number.error().reason.empty()) << text;
        EXPECT_EQ(number.error().reason.find('\t'), std::string::npos);
    }
}

TEST(recipients, type_and_plan_follow_from_the_form) {
    EXPECT_EQ(*parse_number("+15557654321"),
              (address{"15557654321", ton::international, npi::isdn}));
    EXPECT_EQ(*parse_number("5557654"), (address{"5557654", ton::international, npi::isdn}));
    EXPECT_EQ(*parse_number("999"), (address{"999", ton::network_specific, npi::unknown}));
    EXPECT_EQ(*parse_number("123456"), (address{"123456", ton::network_specific, npi::unknown}));
    EXPECT_EQ(*parse_number("+123456"), (address{"123456", ton::international, npi::isdn}));
    EXPECT_EQ(*parse_number("123", {ton::national, npi::isdn}),
              (address{"123", ton::national, npi::isdn}));
}

TEST(recipients, a_sender_may_be_a_name) {
    EXPECT_EQ(*parse_sender("MyCompany"), (address{"MyCompany", ton::alphanumeric, npi::unknown}));
    EXPECT_EQ(*parse_sender("Elf Zeichen"),
              (address{"Elf Zeichen", ton::alphanumeric, npi::unknown}));
    EXPECT_EQ(*parse_sender("+15557654321"),
              (address{"15557654321", ton::international, npi::isdn}));
    EXPECT_EQ(*parse_sender("12345", {ton::alphanumeric, {}}),
              (address{"12345", ton::alphanumeric, npi::unknown}));
    for (const char* text : {"TwelveLetter", "Brackets[[]", "Ελλάδα", "名前", "a\nb", "a\xff"}) {
        EXPECT_FALSE(parse_sender(text)) << text;
    }
}

TEST(recipients, a_name_travels_as_latin1) {
    EXPECT_EQ(notifier::wire_address(*parse_sender("Müller")), "M\xfcller");
    EXPECT_EQ(notifier::wire_address(*parse_sender("ACME 24")), "ACME 24");
}

std::string listed(std::string_view text) {
    notifier::recipient_list list;
    notifier::add_recipients(list, text);
    std::string out;
    for (const auto& number : list.valid) {
        out += number.addr + ' ';
    }
    for (const auto& bad : list.invalid) {
        out += '!' + bad.text + ' ';
    }
    for (const auto& twice : list.duplicates) {
        out += '=' + twice + ' ';
    }
    return out;
}

TEST(recipients, a_list_loses_nothing) {
    EXPECT_EQ(listed("+1555,+1666;+1777\n1888999"), "1555 1666 1777 1888999 ");
    EXPECT_EQ(listed("+1555 +1666/+1777"), "1555 1666 1777 ");
    EXPECT_EQ(listed("+1555, ,,+1666,"), "1555 1666 ");
    EXPECT_EQ(listed("1555 1666"), "15551666 ");
    EXPECT_EQ(listed("+1555/1666"), "!+1555/1666 ");
    EXPECT_EQ(listed("+1555,Joe,+1666"), "1555 1666 !Joe ");
    EXPECT_EQ(listed("+15557654321,1-555-765-4321"), "15557654321 =1-555-765-4321 ");
    EXPECT_EQ(listed("+999,999"), "999 999 ");  // not the same: one is international
    EXPECT_EQ(listed(""), "");
}

}  // namespace
