#include "smpp-dump/capture_reader.hpp"

#include <algorithm>

#include "dump/collect.hpp"

namespace smpp_dump_test {
namespace {

/// Cut anywhere, a capture gives a beginning of what it gives whole, and nothing else.
void cut_everywhere(const std::string& name, std::size_t step) {
    const std::string octets = read_capture_file(name);
    const collect whole = analyse(octets);
    ASSERT_FALSE(whole.pdus.empty());
    for (std::size_t length = 0; length < octets.size(); length += step) {
        try {
            std::string damage;
            const collect cut = analyse(octets.substr(0, length), &damage);
            ASSERT_LE(cut.pdus.size(), whole.pdus.size() + 2) << length;
            std::size_t found = 0;
            for (const seen_pdu& pdu : cut.pdus) {
                found += pdu.kind == smpp_dump::frame_kind::whole;
            }
            ASSERT_LE(found, whole.pdus.size()) << length;
        } catch (const smpp_dump::input_error&) {
            ASSERT_LT(length, 28U) << "only the file header decides whether it is a capture";
        }
    }
}

TEST(capture_reader, a_pcap_may_end_anywhere) { cut_everywhere("plain.pcap", 1); }
TEST(capture_reader, a_pcapng_may_end_anywhere) { cut_everywhere("pcapng.pcapng", 1); }
TEST(capture_reader, reassembly_survives_a_capture_that_ends_anywhere) {
    for (const char* name :
         {"ooo.pcap", "overlap.pcap", "loss.pcap", "ipfrag.pcap", "mss100.pcap"}) {
        cut_everywhere(name, 17);
    }
}

TEST(capture_reader, a_changed_octet_anywhere_harms_nothing_else) {
    for (const char* name : {"plain.pcap", "pcapng.pcapng", "bigendian.pcap", "ipv6.pcap"}) {
        const std::string octets = read_capture_file(name);
        for (std::size_t at = 28; at < octets.size(); at += 7) {
            std::string changed = octets;
            changed[at] = static_cast<char>(~changed[at]);
            try {
                const collect found = analyse(changed);
                ASSERT_LE(found.pdus.size(), 400U) << name << " octet " << at;
            } catch (const smpp_dump::input_error&) {
                ASSERT_LT(at, 64U) << name;
            }
        }
    }
}

TEST(capture_reader, a_time_that_cannot_be_is_none) {
    std::string octets = read_capture_file("pcapng.pcapng");
    const std::size_t packet_block = octets.find(std::string("\x06\0\0\0", 4));
    ASSERT_NE(packet_block, std::string::npos);
    octets.replace(packet_block + 12, 4, "\xFF\xFF\xFF\x7F");  // the upper half of its time
    const auto reader =
        smpp_dump::open_capture(smpp_dump::memory_source(smpp::as_octets(octets)), "changed");
    smpp_dump::packet first;
    ASSERT_TRUE(reader->next(first));
    EXPECT_EQ(first.time, 0);
    smpp_dump::packet second;
    ASSERT_TRUE(reader->next(second));
    EXPECT_GT(second.time, 0);
}

TEST(capture_reader, damage_says_where) {
    std::string octets = read_capture_file("plain.pcap");
    std::string damage;
    std::ignore = analyse(octets, &damage);
    EXPECT_EQ(damage, "");
    octets.resize(octets.size() - 1);
    std::ignore = analyse(octets, &damage);
    EXPECT_NE(damage.find_first_of("0123456789"), std::string::npos) << damage;
}

}  // namespace
}  // namespace smpp_dump_test
