#include "smpp/capture/pcapng_writer.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

using namespace smpp::capture;
using smpp::load_be;

constexpr auto now = time_point(std::chrono::microseconds(1'700'000'000'123'456));

/// The file as a list of blocks; checks that both lengths of each agree.
std::vector<std::string> blocks(std::string_view file) {
    std::vector<std::string> found;
    while (file.size() >= 12) {
        std::uint32_t size = 0;
        std::uint32_t again = 0;
        std::memcpy(&size, file.data() + 4, 4);
        if (size % 4 != 0 || size > file.size()) {
            break;
        }
        std::memcpy(&again, file.data() + size - 4, 4);
        EXPECT_EQ(size, again);
        found.emplace_back(file.substr(0, size));
        file.remove_prefix(size);
    }
    EXPECT_TRUE(file.empty());
    return found;
}

struct tcp_packet {
    std::string addresses;  // source, then destination
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    unsigned flags = 0;
    std::string payload;
};

std::uint32_t sum(std::string_view octets) {
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        total += static_cast<std::uint32_t>(static_cast<std::uint8_t>(octets[i]))
                 << (i % 2 == 0 ? 8 : 0);
    }
    while (total > 0xFFFF) {
        total = (total & 0xFFFF) + (total >> 16);
    }
    return total;
}

tcp_packet parse(const std::string& block) {
    std::uint32_t length = 0;
    std::memcpy(&length, block.data() + 20, 4);
    const std::string frame = block.substr(28, length);
    const auto* at = reinterpret_cast<const std::uint8_t*>(frame.data());
    const bool v6 = load_be<std::uint16_t>(at + 12) == 0x86DD;
    const std::size_t ip = v6 ? 40 : 20;
    tcp_packet packet;
    packet.addresses = frame.substr(14 + (v6 ? 8 : 12), v6 ? 32 : 8);
    const std::string tcp = frame.substr(14 + ip);
    if (v6) {
        EXPECT_EQ(load_be<std::uint16_t>(at + 18), tcp.size());
    } else {
        EXPECT_EQ(load_be<std::uint16_t>(at + 16), 20 + tcp.size());
        EXPECT_EQ(sum(frame.substr(14, 20)), 0xFFFFU) << "IP checksum";
    }
    const auto tcp_length = static_cast<std::uint16_t>(tcp.size());
    const std::string pseudo =
        packet.addresses + std::string("\0\6", 2) +
        std::string{static_cast<char>(tcp_length >> 8), static_cast<char>(tcp_length & 0xFF)};
    EXPECT_EQ(sum(pseudo + tcp), 0xFFFFU) << "TCP checksum";
    const auto* t = reinterpret_cast<const std::uint8_t*>(tcp.data());
    packet.seq = load_be<std::uint32_t>(t + 4);
    packet.ack = load_be<std::uint32_t>(t + 8);
    packet.flags = t[13];
    packet.payload = tcp.substr(20);
    return packet;
}

struct written {
    std::string file{};
    pcapng_writer writer;

    explicit written(secrets mode = secrets::masked)
        : writer([this](smpp::octet_span octets) { file += smpp::as_text(octets); }, mode) {}
    std::vector<tcp_packet> packets() const {
        std::vector<tcp_packet> found;
        const auto all = blocks(file);
        for (std::size_t i = 2; i < all.size(); ++i) {
            found.push_back(parse(all[i]));
        }
        return found;
    }
};

const auto client = endpoint::v4({10, 0, 0, 1}, 20000);
const auto server = endpoint::v4({10, 0, 0, 2}, 2775);

TEST(pcapng_writer, begins_with_section_and_interface) {
    const written w;
    const auto all = blocks(w.file);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].substr(0, 4), "\x0A\x0D\x0D\x0A");
    EXPECT_NE(all[0].find("libsmpp"), std::string::npos);
    EXPECT_EQ(all[1][0], 1);
    EXPECT_EQ(all[1][8], 1) << "Ethernet";
}

TEST(pcapng_writer, writes_a_connection_from_syn_to_fin) {
    written w;
    auto c = w.writer.open(client, server, now);
    c.write(direction::to_server, smpp::as_octets("request"), now);
    c.write(direction::to_client, smpp::as_octets("ok"), now);
    c.close(now);
    c.close(now);
    c.write(direction::to_client, smpp::as_octets("late"), now);
    const auto p = w.packets();
    ASSERT_EQ(p.size(), 8U);
    EXPECT_EQ(p[0].flags, 0x02U);
    EXPECT_EQ(p[1].flags, 0x12U);
    EXPECT_EQ(p[1].ack, p[0].seq + 1);
    EXPECT_EQ(p[2].ack, p[1].seq + 1);
    EXPECT_EQ(p[3].payload, "request");
    EXPECT_EQ(p[3].seq, p[0].seq + 1);
    EXPECT_EQ(p[4].payload, "ok");
    EXPECT_EQ(p[4].ack, p[3].seq + 7);
    EXPECT_EQ(p[5].flags, 0x11U);
    EXPECT_EQ(p[5].ack, p[4].seq + 2);
    EXPECT_EQ(p[6].ack, p[5].seq + 1);
    EXPECT_EQ(p[7].ack, p[6].seq + 1);
    EXPECT_EQ(p[3].addresses, std::string("\x0A\0\0\1\x0A\0\0\2", 8));
    EXPECT_EQ(p[4].addresses, std::string("\x0A\0\0\2\x0A\0\0\1", 8));
}

TEST(pcapng_writer, splits_long_writes_and_pads_blocks) {
    written w;
    auto c = w.writer.open(client, server, now);
    const std::string octets(150'001, 'x');
    c.write(direction::to_server, smpp::as_octets(octets), now);
    const auto p = w.packets();
    ASSERT_EQ(p.size(), 6U);
    EXPECT_EQ(p[3].payload + p[4].payload + p[5].payload, octets);
    EXPECT_EQ(p[4].seq, p[3].seq + p[3].payload.size());
}

TEST(pcapng_writer, writes_ipv6) {
    written w;
    auto c = w.writer.open(endpoint::v6({1}, 20000), endpoint::v6({2}, 2775), now);
    c.write(direction::to_server, smpp::as_octets("v6"), now);
    EXPECT_EQ(w.packets().at(3).payload, "v6");
}

TEST(pcapng_writer, keeps_the_time_to_the_nanosecond) {
    written w;
    static_cast<void>(w.writer.open(client, server, now));
    const auto all = blocks(w.file);
    std::uint32_t high = 0;
    std::uint32_t low = 0;
    std::memcpy(&high, all[2].data() + 12, 4);
    std::memcpy(&low, all[2].data() + 16, 4);
    EXPECT_EQ(std::uint64_t{high} << 32 | low, 1'700'000'000'123'456'000U);
}

TEST(pcapng_writer, masks_passwords_unless_told_to_show_them) {
    const std::string bind("\0\0\0\x18\0\0\0\x09\0\0\0\0\0\0\0\1me\0pass\0", 24);
    for (const secrets mode : {secrets::masked, secrets::shown}) {
        written w(mode);
        auto c = w.writer.open(client, server, now);
        c.write(direction::to_server, smpp::as_octets(bind).first(20), now);
        c.write(direction::to_server, smpp::as_octets(bind).subspan(20), now);
        const auto p = w.packets();
        const std::string payload = p.at(3).payload + p.at(4).payload;
        EXPECT_EQ(payload.find("pass") != std::string::npos, mode == secrets::shown);
        EXPECT_EQ(payload.size(), bind.size());
    }
}

TEST(pcapng_file, writes_what_the_writer_writes) {
    const auto path = std::filesystem::path(testing::TempDir()) / "pcapng_file_test.pcapng";
    written w;
    auto c = w.writer.open(client, server, now);
    c.close(now);
    {
        auto file = pcapng_file::create(path.string());
        ASSERT_NE(file, nullptr);
        auto d = file->writer().open(client, server, now);
        d.close(now);
        EXPECT_TRUE(file->flush());
    }
    std::ifstream in(path, std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), w.file);
    std::filesystem::remove(path);
}

TEST(pcapng_file, is_null_for_a_path_that_cannot_be_created) {
    EXPECT_EQ(pcapng_file::create("/nonexistent/x.pcapng"), nullptr);
}

}  // namespace
