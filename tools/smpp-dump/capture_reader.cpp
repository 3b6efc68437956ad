#include "smpp-dump/capture_reader.hpp"

#include <fmt/format.h>

namespace smpp_dump {

std::unique_ptr<capture_reader> open_capture(std::unique_ptr<octet_source> source,
                                             const std::string& name) {
    buffered_reader reader(std::move(source));
    if (!reader.ensure(4)) {
        const std::string why = reader.damage();
        throw input_error(fmt::format("{}: {}", name,
                                      !why.empty()              ? why
                                      : reader.available() == 0 ? "is empty"
                                                                : "is too short for a capture"));
    }
    switch (smpp::load_be<std::uint32_t>(reader.data())) {
        case 0xA1B2C3D4:
        case 0xD4C3B2A1:
        case 0xA1B23C4D:
        case 0x4D3CB2A1: return detail::open_pcap(std::move(reader));
        case 0x0A0D0D0A: return detail::open_pcapng(std::move(reader));
        default:
            throw input_error(fmt::format(
                "{}: neither pcap nor pcapng (it begins with {}); for hexadecimal text use --hex",
                name, smpp::to_hex(smpp::octet_span(reader.data(), 4))));
    }
}

}  // namespace smpp_dump
