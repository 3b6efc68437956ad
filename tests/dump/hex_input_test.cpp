#include "smpp-dump/hex_input.hpp"

#include <gtest/gtest.h>

#include "smpp/octets.hpp"

namespace smpp_dump_test {
namespace {

using smpp_dump::octets_in_text;

constexpr std::string_view enquire = "00000010000000150000000000000001";

std::vector<std::string> hex_of(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& run : octets_in_text(text)) {
        out.push_back(smpp::to_hex(smpp::as_octets(run.octets)));
    }
    return out;
}

const std::vector<std::string> one{std::string(enquire)};

TEST(hex_input, digits_alone) { EXPECT_EQ(hex_of(enquire), one); }

TEST(hex_input, digits_with_separators) {
    EXPECT_EQ(hex_of("00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01"), one);
    EXPECT_EQ(hex_of("00:00:00:10:00:00:00:15:00:00:00:00:00:00:00:01"), one);
    EXPECT_EQ(hex_of("{0x00,0x00,0x00,0x10, 0x00,0x00,0x00,0x15, 0,0"), std::vector<std::string>{});
    EXPECT_EQ(hex_of("0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x15, 0x00, 0x00, 0x00, 0x00, "
                     "0x00, 0x00, 0x00, 0x01"),
              one);
    EXPECT_EQ(hex_of("00000010 00000015\n00000000 00000001"), one) << "a run may go on over lines";
}

TEST(hex_input, dates_and_words_around_do_not_belong_to_it) {
    EXPECT_EQ(hex_of("2026-11-23 12:00:00 00000010000000150000000000000001"), one);
    EXPECT_EQ(hex_of("[23/11] added face: 00000010000000150000000000000001 sent"), one);
}

TEST(hex_input, dumps_with_offsets) {
    EXPECT_EQ(hex_of("00000000: 0000 0010 0000 0015 0000 0000 0000 0001  ................\n"), one);
    EXPECT_EQ(
        hex_of("00000000  00 00 00 10 00 00 00 15  00 00 00 00 00 00 00 01  |................|\n"
               "00000010\n"),
        one);
    EXPECT_EQ(hex_of("0000  00 00 00 14 00 00 00 03 00 00 00 00 00 00 00 01   ................\n"
                     "0010  61 62 00 00                                       ab..\n"),
              std::vector<std::string>{"0000001400000003000000000000000161620000"});
}

TEST(hex_input, two_dumps_are_two_runs) {
    const std::string dump =
        "0000  00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01  ................\n";
    EXPECT_EQ(hex_of(dump + dump), (std::vector<std::string>{one[0], one[0]}));
}

TEST(hex_input, dumps_of_kannel_are_joined) {
    const std::string before = "2026-11-26 12:00:00 [1] [6] DEBUG:   ";
    EXPECT_EQ(hex_of(before + "len:  20\n" + before +
                     "data: 00 00 00 14 00 00 00 03 00 00 00 00 00 00 00 01   ................\n" +
                     before + "data: 61 62 00 00                                  ab..\n" + before +
                     "Octet string dump ends.\n"),
              std::vector<std::string>{"0000001400000003000000000000000161620000"});
}

TEST(hex_input, escapes_of_python_and_c) {
    EXPECT_EQ(
        hex_of(R"(sent b'\x00\x00\x00\x10\x00\x00\x00\x15\x00\x00\x00\x00\x00\x00\x00\x01' ok)"),
        one);
    EXPECT_EQ(
        hex_of(R"("\x00\x00\x00\x14\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x01a'\n\x00")"),
        std::vector<std::string>{"0000001400000003000000000000000161270a00"});
}

TEST(hex_input, the_date_of_the_next_line_does_not_belong_to_it) {
    const std::string line =
        "2026-11-26 12:00:00 tx 00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01\n";
    EXPECT_EQ(hex_of(line + line), (std::vector<std::string>{one[0], one[0]}));
}

TEST(hex_input, base64_that_begins_with_a_pdu) {
    EXPECT_EQ(hex_of("pdu=AAAAEAAAABUAAAAAAAAAAQ== ok"), one);
    EXPECT_TRUE(hex_of("aGVsbG8gd29ybGQsIHRoaXMgaXMgbm8gUERV").empty());
}

std::vector<smpp_dump::heading> headings_of(std::string_view text) {
    std::vector<smpp_dump::heading> out;
    for (const auto& run : octets_in_text(text)) {
        out.push_back(run.went);
    }
    return out;
}

TEST(hex_input, words_tell_which_way_octets_went) {
    using enum smpp_dump::heading;
    using headings = std::vector<smpp_dump::heading>;
    const std::string pdu(enquire);
    EXPECT_EQ(headings_of("tx " + pdu + "\nTX " + pdu + "\nrx " + pdu + "\n" + pdu),
              (headings{sent, sent, received}))
        << "the last line goes on with the one before";
    EXPECT_EQ(headings_of("2026-11-26 12:00:00 Sending " + pdu + "\n2026-11-26 12:00:01 << " + pdu +
                          "\n2026-11-26 12:00:02 " + pdu),
              (headings{sent, received, unknown}));
    EXPECT_EQ(headings_of("got pdu:\n0000  00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01  ....\n"
                          "0000  00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01  ....\n"),
              (headings{received, unknown}));
    EXPECT_EQ(
        headings_of(R"(sent b'\x00\x00\x00\x10\x00\x00\x00\x15\x00\x00\x00\x00\x00\x00\x00\x01')"),
        headings{sent});
    EXPECT_EQ(headings_of("received AAAAEAAAABUAAAAAAAAAAQ=="), headings{received});
    EXPECT_EQ(headings_of("absentee " + pdu), headings{unknown});
}

TEST(hex_input, commands_tell_who_wrote_the_text) {
    const std::string submit = "00000010000000040000000000000001";
    const auto client = [](std::string_view text) {
        return smpp_dump::written_by_client(octets_in_text(text));
    };
    EXPECT_TRUE(client(enquire));
    EXPECT_TRUE(client("recv " + std::string(enquire) + "\nsent " + submit));
    EXPECT_FALSE(client("sent " + std::string(enquire) + "\nrecv " + submit));
}

TEST(hex_input, nothing_where_nothing_is) {
    EXPECT_TRUE(hex_of("").empty());
    EXPECT_TRUE(hex_of("hello world\n\n").empty());
    EXPECT_TRUE(hex_of("0000001000000015").empty()) << "fewer than 16 octets";
}

}  // namespace
}  // namespace smpp_dump_test
