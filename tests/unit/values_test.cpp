#include "smpp/values.hpp"

#include <gtest/gtest.h>

namespace {

TEST(values, esm_class_parts_are_masked) {
    const smpp::esm_class value(0x43);
    EXPECT_TRUE(value.udhi());
    EXPECT_EQ(value.messaging_mode(), smpp::esm_class::mode::store_and_forward);
    EXPECT_EQ(value.message_type(), smpp::esm_class::type::normal);
    EXPECT_TRUE(smpp::esm_class(0x44).is_receipt());
    EXPECT_TRUE(smpp::esm_class(0x20).is_receipt());
    EXPECT_FALSE(smpp::esm_class(0x08).is_receipt());
}

TEST(values, esm_class_setters_keep_the_other_bits) {
    smpp::esm_class value(0x83);
    value.set_udhi(true);
    value.set_message_type(smpp::esm_class::type::receipt);
    EXPECT_EQ(value.bits, 0xC7);
    value.set_udhi(false);
    value.set_messaging_mode(smpp::esm_class::mode::datagram);
    EXPECT_EQ(value.bits, 0x85);
}

TEST(values, registered_delivery_intermediate_is_bit_4) {
    smpp::registered_delivery value(0xE0);
    value.set_intermediate(true);
    value.set_smsc_receipt(smpp::registered_delivery::receipt::failure);
    EXPECT_EQ(value.bits, 0xF2);
    EXPECT_TRUE(value.intermediate());
}

TEST(values, unnamed_values_have_no_name) {
    EXPECT_EQ(smpp::name(smpp::ton(0x42)), "");
    EXPECT_EQ(smpp::name(smpp::message_state::undeliverable), "UNDELIVERABLE");
    EXPECT_EQ(smpp::name(smpp::interface_version::v5_0), "5.0");
}

}  // namespace
