// Packets of a capture file: pcap in either byte order with micro- or nanoseconds, and pcapng.
//
//     auto reader = smpp_dump::open_capture(smpp_dump::open_source("x.pcap"), "x.pcap");
//     smpp_dump::packet p;
//     while (reader->next(p)) { use(p.octets); }
//     if (!reader->damage().empty()) { say(reader->damage()); }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "smpp-dump/octet_source.hpp"

namespace smpp_dump {

/// `octets` are valid until the next packet is read.
struct packet {
    std::int64_t time = 0;    ///< nanoseconds since 1970
    std::uint64_t frame = 0;  ///< from 1, as Wireshark counts
    std::uint32_t link_type = 0;
    std::uint32_t wire_length = 0;  ///< before the snap length cut it
    smpp::octet_span octets{};
};

class capture_reader {
public:
    virtual ~capture_reader() = default;
    [[nodiscard]] virtual bool next(packet& out) = 0;
    /// What is wrong with the file, and where; empty while it is fine.
    [[nodiscard]] const std::string& damage() const noexcept { return damage_; }
    /// TLS keys found in the file (key log lines).
    std::function<void(std::string_view)> on_secrets{};

protected:
    /// Longer packets are taken for damage: no link has them, and they would be held in memory.
    static constexpr std::uint32_t max_packet = 1U << 22;

    std::string damage_{};
    std::uint64_t frames_ = 0;
};

/// Throws input_error when it is neither pcap nor pcapng.
[[nodiscard]] std::unique_ptr<capture_reader> open_capture(std::unique_ptr<octet_source> source,
                                                           const std::string& name);

namespace detail {
[[nodiscard]] std::unique_ptr<capture_reader> open_pcap(buffered_reader reader);
[[nodiscard]] std::unique_ptr<capture_reader> open_pcapng(buffered_reader reader);

/// Reads integers in the byte order of the file.
struct byte_order {
    bool swapped = false;
    [[nodiscard]] std::uint32_t u32(const std::uint8_t* at) const noexcept {
        std::uint32_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped ? __builtin_bswap32(value) : value;
    }
    [[nodiscard]] std::uint16_t u16(const std::uint8_t* at) const noexcept {
        std::uint16_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped ? __builtin_bswap16(value) : value;
    }
    [[nodiscard]] std::uint64_t u64(const std::uint8_t* at) const noexcept {
        std::uint64_t value;
        std::memcpy(&value, at, sizeof value);
        return swapped ? __builtin_bswap64(value) : value;
    }
};
}  // namespace detail

}  // namespace smpp_dump
