#include <fmt/format.h>

#include "smpp-dump/capture_reader.hpp"

namespace smpp_dump::detail {
namespace {

constexpr std::size_t file_header_size = 24;
constexpr std::size_t packet_header_size = 16;

class pcap_reader final : public capture_reader {
public:
    explicit pcap_reader(buffered_reader reader) : reader_(std::move(reader)) {
        std::uint32_t magic = order_.u32(reader_.data());
        order_.swapped = magic == 0xD4C3B2A1 || magic == 0x4D3CB2A1;
        magic = order_.u32(reader_.data());
        nanoseconds_per_unit_ = magic == 0xA1B23C4D ? 1 : 1000;
        if (!reader_.ensure(file_header_size)) {
            damage_ = "the file ends inside its header";
            return;
        }
        // The upper bits of the link type tell about frame check sequences.
        link_type_ = order_.u32(reader_.data() + 20) & 0x03FFFFFF;
        reader_.consume(file_header_size);
    }

    bool next(packet& out) override {
        if (!damage_.empty()) {
            return false;
        }
        reader_.consume(current_);
        current_ = 0;
        if (!reader_.ensure(packet_header_size)) {
            return end();
        }
        const std::uint8_t* at = reader_.data();
        const std::uint32_t captured = order_.u32(at + 8);
        if (captured > max_packet) {
            damage_ = fmt::format("frame {} at octet {} claims {} octets", frames_ + 1,
                                  reader_.position(), captured);
            return false;
        }
        out.time = std::int64_t{order_.u32(at)} * 1'000'000'000 +
                   std::int64_t{order_.u32(at + 4)} * nanoseconds_per_unit_;
        out.wire_length = order_.u32(at + 12);
        if (!reader_.ensure(packet_header_size + captured)) {
            return end();
        }
        out.frame = ++frames_;
        out.link_type = link_type_;
        out.octets = {reader_.data() + packet_header_size, captured};
        current_ = packet_header_size + captured;
        return true;
    }

private:
    bool end() {
        damage_ = reader_.damage();
        if (damage_.empty() && reader_.available() > 0) {
            damage_ = fmt::format("the file ends inside frame {}", frames_ + 1);
        }
        return false;
    }

    buffered_reader reader_;
    byte_order order_{};
    std::int64_t nanoseconds_per_unit_ = 1000;
    std::uint32_t link_type_ = 0;
    std::size_t current_ = 0;  // octets of the packet given last
};

}  // namespace

std::unique_ptr<capture_reader> open_pcap(buffered_reader reader) {
    return std::make_unique<pcap_reader>(std::move(reader));
}

}  // namespace smpp_dump::detail
