#include "smpp/octets.hpp"

#include <gtest/gtest.h>

#include <array>

namespace {

TEST(octets, load_and_store_are_big_endian) {
    std::array<std::uint8_t, 8> octets{};
    smpp::store_be<std::uint32_t>(octets.data(), 0x01020304);
    EXPECT_EQ(octets[0], 1);
    EXPECT_EQ(octets[3], 4);
    EXPECT_EQ(smpp::load_be<std::uint32_t>(octets.data()), 0x01020304U);
    EXPECT_EQ(smpp::load_be<std::uint16_t>(octets.data() + 2), 0x0304U);
    smpp::store_be<std::uint64_t>(octets.data(), 0x0102030405060708U);
    EXPECT_EQ(octets[7], 8);
}

TEST(octets, hex_round_trip) {
    const std::string octets("\x00\x7f\x80\xff", 4);
    EXPECT_EQ(smpp::to_hex(octets), "007f80ff");
    EXPECT_EQ(smpp::from_hex("007F80ff"), octets);
    EXPECT_EQ(smpp::from_hex("00:7f 80-ff\n"), octets);
    EXPECT_EQ(smpp::from_hex(""), "");
}

TEST(octets, from_hex_refuses_what_is_not_hex) {
    EXPECT_EQ(smpp::from_hex("0"), std::nullopt);
    EXPECT_EQ(smpp::from_hex("0g"), std::nullopt);
    EXPECT_EQ(smpp::from_hex("0 0"), std::nullopt);
}

}  // namespace
