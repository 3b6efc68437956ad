#include <fmt/format.h>

#include <vector>

#include "smpp-dump/capture_reader.hpp"

namespace smpp_dump::detail {
namespace {

constexpr std::uint32_t section_header = 0x0A0D0D0A;
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t obsolete_packet = 2;
constexpr std::uint32_t simple_packet = 3;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 0x0A;
constexpr std::uint32_t tls_key_log = 0x544C534B;
constexpr std::size_t max_interfaces = 65536;

struct interface {
    std::uint32_t link_type = 0;
    std::uint32_t snap_length = 0;
    std::uint64_t units_per_second = 1'000'000;
    std::int64_t offset = 0;  // seconds

    /// Nanoseconds since 1970; 0 for nonsense beyond the year 2116, so that no difference of two
    /// times overflows.
    [[nodiscard]] std::int64_t time(std::uint64_t units) const noexcept {
        constexpr std::uint64_t latest = (std::uint64_t{1} << 62U) / 1'000'000'000U - 1;
        const std::uint64_t seconds = units / units_per_second + static_cast<std::uint64_t>(offset);
        if (seconds > latest) {
            return 0;
        }
        const std::uint64_t rest = units % units_per_second;
        const auto fraction = static_cast<std::uint64_t>(
            static_cast<double>(rest) * 1e9 / static_cast<double>(units_per_second) + 0.5);
        const bool exact =
            units_per_second <= 1'000'000'000 && 1'000'000'000 % units_per_second == 0;
        return static_cast<std::int64_t>(
            seconds * 1'000'000'000U +
            (exact ? rest * (1'000'000'000U / units_per_second) : fraction));
    }
};

std::uint64_t resolution(std::uint8_t code) noexcept {
    if ((code & 0x80) != 0) {
        return std::uint64_t{1} << std::min(code & 0x7F, 63);
    }
    std::uint64_t units = 1;
    for (int i = 0; i < std::min<int>(code, 19); ++i) {
        units *= 10;
    }
    return units;
}

class pcapng_reader final : public capture_reader {
public:
    explicit pcapng_reader(buffered_reader reader) : reader_(std::move(reader)) {}

    bool next(packet& out) override {
        while (damage_.empty() && begin_block()) {
            if (read_block(out)) {
                return true;
            }
        }
        return false;
    }

private:
    [[nodiscard]] bool fail(std::string why) {
        damage_ = fmt::format("{} at octet {}", why, reader_.position());
        return false;
    }

    /// Leaves the block before behind; false at the end.
    bool begin_block() {
        if (!reader_.skip(left_)) {
            return fail("the file ends inside a block");
        }
        left_ = 0;
        if (!reader_.ensure(12)) {
            damage_ = reader_.damage();
            return damage_.empty() && reader_.available() > 0 ? fail("the file ends inside a block")
                                                              : false;
        }
        const std::uint8_t* at = reader_.data();
        if (byte_order{}.u32(at) == section_header && !begin_section(at + 8)) {
            return false;
        }
        type_ = order_.u32(at);
        const std::uint32_t size = order_.u32(at + 4);
        if (size < 12 || size % 4 != 0) {
            return fail(fmt::format("block with length {}", size));
        }
        left_ = size;
        return true;
    }

    bool begin_section(const std::uint8_t* magic) {
        order_ = {};
        if (order_.u32(magic) != 0x1A2B3C4D) {
            order_.swapped = true;
            if (order_.u32(magic) != 0x1A2B3C4D) {
                return fail("section header without byte order");
            }
        }
        interfaces_.clear();
        return true;
    }

    [[nodiscard]] bool interesting() const noexcept {
        return type_ == interface_description || type_ == obsolete_packet ||
               type_ == simple_packet || type_ == enhanced_packet || type_ == decryption_secrets;
    }

    /// True when the block was a packet.
    bool read_block(packet& out) {
        if (!interesting()) {
            return false;
        }
        if (left_ > max_packet + 65536) {
            return fail(fmt::format("block with length {}", left_));
        }
        if (!reader_.ensure(static_cast<std::size_t>(left_))) {
            damage_ = reader_.damage();
            return damage_.empty() ? fail("the file ends inside a block") : false;
        }
        const smpp::octet_span body(reader_.data() + 8, static_cast<std::size_t>(left_) - 12);
        switch (type_) {
            case interface_description: return read_interface(body);
            case decryption_secrets: return read_secrets(body);
            case simple_packet: return read_simple(body, out);
            default: return read_packet(body, out);
        }
    }

    bool read_interface(smpp::octet_span body) {
        if (body.size() < 8 || interfaces_.size() == max_interfaces) {
            return fail("bad interface block");
        }
        interface made;
        made.link_type = order_.u16(body.data());
        made.snap_length = order_.u32(body.data() + 4);
        for (auto rest = body.subspan(8); rest.size() >= 4;) {
            const std::uint16_t code = order_.u16(rest.data());
            const std::size_t size = order_.u16(rest.data() + 2);
            const std::size_t padded = 4 + (size + 3) / 4 * 4;
            if (code == 0 || padded > rest.size()) {
                break;
            }
            if (code == 9 && size >= 1) {
                made.units_per_second = resolution(rest[4]);
            } else if (code == 14 && size >= 8) {
                made.offset = static_cast<std::int64_t>(order_.u64(rest.data() + 4));
            }
            rest = rest.subspan(padded);
        }
        interfaces_.push_back(made);
        return false;
    }

    bool read_secrets(smpp::octet_span body) {
        if (body.size() >= 8 && order_.u32(body.data()) == tls_key_log && on_secrets) {
            const std::size_t size =
                std::min<std::size_t>(order_.u32(body.data() + 4), body.size() - 8);
            on_secrets(smpp::as_text(body.subspan(8, size)));
        }
        return false;
    }

    bool give(packet& out, std::size_t interface_id, smpp::octet_span octets) {
        if (interface_id >= interfaces_.size()) {
            return fail(fmt::format("frame {} of an undescribed interface", frames_ + 1));
        }
        out.frame = ++frames_;
        out.link_type = interfaces_[interface_id].link_type;
        out.octets = octets;
        return true;
    }

    bool read_simple(smpp::octet_span body, packet& out) {
        if (body.size() < 4) {
            return fail("bad packet block");
        }
        out.time = 0;
        out.wire_length = order_.u32(body.data());
        std::size_t size = std::min<std::size_t>(body.size() - 4, out.wire_length);
        if (!interfaces_.empty() && interfaces_[0].snap_length != 0) {
            size = std::min<std::size_t>(size, interfaces_[0].snap_length);
        }
        return give(out, 0, body.subspan(4, size));
    }

    /// Enhanced packet blocks and their obsolete predecessors differ only in the first word.
    bool read_packet(smpp::octet_span body, packet& out) {
        if (body.size() < 20 || order_.u32(body.data() + 12) > body.size() - 20) {
            return fail("bad packet block");
        }
        const std::size_t id =
            type_ == obsolete_packet ? order_.u16(body.data()) : order_.u32(body.data());
        const std::uint64_t units =
            std::uint64_t{order_.u32(body.data() + 4)} << 32 | order_.u32(body.data() + 8);
        out.wire_length = order_.u32(body.data() + 16);
        out.time = id < interfaces_.size() ? interfaces_[id].time(units) : 0;
        return give(out, id, body.subspan(20, order_.u32(body.data() + 12)));
    }

    buffered_reader reader_;
    byte_order order_{};
    std::vector<interface> interfaces_{};
    std::uint32_t type_ = 0;
    std::uint64_t left_ = 0;  // octets of the current block, still unconsumed
};

}  // namespace

std::unique_ptr<capture_reader> open_pcapng(buffered_reader reader) {
    return std::make_unique<pcapng_reader>(std::move(reader));
}

}  // namespace smpp_dump::detail
