#include "smpp/framer.hpp"

namespace smpp {
namespace {

constexpr std::size_t smallest_pdu = 16;

struct signature {
    std::string_view start;
    const char* protocol;
};

constexpr signature signatures[] = {
    {"GET ", "HTTP"},        {"POST", "HTTP"},        {"HEAD", "HTTP"},
    {"PUT ", "HTTP"},        {"OPTI", "HTTP"},        {"HTTP", "HTTP"},
    {"PRI ", "HTTP/2"},      {"SSH-", "SSH"},         {"AMQP", "AMQP"},
    {"EHLO", "SMTP"},        {"HELO", "SMTP"},        {"220 ", "SMTP or FTP"},
    {"\x16\x03\x01", "TLS"}, {"\x16\x03\x02", "TLS"}, {"\x16\x03\x03", "TLS"},
    {"\x15\x03\x01", "TLS"}, {"\x15\x03\x02", "TLS"}, {"\x15\x03\x03", "TLS"},
};

}  // namespace

const char* other_protocol(octet_span start) noexcept {
    const std::string_view text = as_text(start);
    for (const signature& row : signatures) {
        if (text.substr(0, row.start.size()) == row.start) {
            return row.protocol;
        }
    }
    return nullptr;
}

octet_span framer::next() noexcept {
    drop_frame();
    const octet_span octets = queue_.octets();
    if (octets.size() < 4 || failure_ != codec_errc::none) {
        return {};
    }
    const std::size_t length = load_be<std::uint32_t>(octets.data());
    if (length < smallest_pdu || length > max_pdu_size_) {
        failure_ = codec_errc::invalid_command_length;
        return {};
    }
    if (octets.size() < length) {
        return {};
    }
    frame_size_ = length;
    return octets.first(length);
}

}  // namespace smpp
