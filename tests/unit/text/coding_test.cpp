#include "smpp/text/coding.hpp"

#include <gtest/gtest.h>

namespace {

using smpp::alphabet;
using smpp::coding_reading;
using smpp::data_coding;
using smpp::message_class;
using smpp::waiting_indication;

constexpr message_class classes[] = {message_class::flash, message_class::me, message_class::sim,
                                     message_class::te};

TEST(coding, a_class_is_read_back_in_both_readings) {
    for (const auto value : {alphabet::gsm7, alphabet::octets, alphabet::ucs2}) {
        for (const auto wanted : classes) {
            const auto coding = smpp::with_class(value, wanted).value();
            for (const auto reading : {coding_reading::smpp, coding_reading::gsm}) {
                const auto details = smpp::describe(coding, reading);
                EXPECT_EQ(details.alphabet, value);
                EXPECT_EQ(details.message_class, wanted);
                EXPECT_FALSE(details.waiting || details.compressed || details.reserved);
            }
        }
    }
    EXPECT_EQ(smpp::with_class(alphabet::gsm7, message_class::flash), data_coding(0x10));
    EXPECT_EQ(smpp::with_class(alphabet::latin1, message_class::flash), std::nullopt);
}

TEST(coding, the_last_group_has_a_class_always) {
    EXPECT_EQ(smpp::describe(data_coding(0xF0)).message_class, message_class::flash);
    EXPECT_EQ(smpp::describe(data_coding(0xF0)).alphabet, alphabet::gsm7);
    EXPECT_EQ(smpp::describe(data_coding(0xF6)).message_class, message_class::sim);
    EXPECT_EQ(smpp::describe(data_coding(0xF6)).alphabet, alphabet::octets);
    EXPECT_TRUE(smpp::describe(data_coding(0xF8)).reserved);
}

TEST(coding, a_waiting_indication_is_read_back) {
    for (const bool active : {false, true}) {
        for (const bool store : {false, true}) {
            for (const auto type :
                 {waiting_indication::kind::voicemail, waiting_indication::kind::fax,
                  waiting_indication::kind::email, waiting_indication::kind::other}) {
                const waiting_indication wanted{type, active, store};
                const auto coding = smpp::with_waiting(alphabet::gsm7, wanted).value();
                EXPECT_EQ(smpp::describe(coding).waiting, wanted);
                EXPECT_EQ(smpp::describe(coding).alphabet, alphabet::gsm7);
                const auto ucs2 = smpp::with_waiting(alphabet::ucs2, wanted);
                EXPECT_EQ(ucs2.has_value(), store);
                if (ucs2) {
                    EXPECT_EQ(smpp::describe(*ucs2).waiting, wanted);
                    EXPECT_EQ(smpp::describe(*ucs2).alphabet, alphabet::ucs2);
                }
            }
        }
    }
    EXPECT_EQ(smpp::with_waiting(alphabet::gsm7, waiting_indication()), data_coding(0xC8));
}

TEST(coding, low_values_mean_two_things) {
    const auto smpp_8bit = smpp::describe(data_coding(0x04));
    EXPECT_EQ(smpp_8bit.alphabet, alphabet::octets);
    EXPECT_EQ(smpp::describe(data_coding(0x03)).alphabet, alphabet::latin1);
    EXPECT_EQ(smpp::describe(data_coding(0x03), coding_reading::gsm).alphabet, alphabet::gsm7);
    EXPECT_EQ(smpp::describe(data_coding(0x04), coding_reading::gsm).alphabet, alphabet::octets);
    EXPECT_EQ(smpp::describe(data_coding(0x08), coding_reading::gsm).alphabet, alphabet::ucs2);
    EXPECT_EQ(smpp::describe(data_coding(0x01), coding_reading::gsm).message_class, std::nullopt);
    EXPECT_TRUE(smpp::describe(data_coding(0x0C), coding_reading::gsm).reserved);
    EXPECT_TRUE(smpp::describe(data_coding(0x0B)).reserved);
    EXPECT_EQ(smpp::describe(data_coding(0), coding_reading::gsm, alphabet::latin1).alphabet,
              alphabet::latin1);
}

TEST(coding, compression_deletion_and_reserved_groups_are_told) {
    EXPECT_TRUE(smpp::describe(data_coding(0x20)).compressed);
    EXPECT_EQ(smpp::describe(data_coding(0x20)).alphabet, alphabet::octets);
    EXPECT_TRUE(smpp::describe(data_coding(0x48)).automatic_deletion);
    EXPECT_EQ(smpp::describe(data_coding(0x48)).alphabet, alphabet::ucs2);
    for (unsigned bits = 0x80; bits < 0xC0; ++bits) {
        EXPECT_TRUE(smpp::describe(data_coding(bits)).reserved);
    }
}

}  // namespace
