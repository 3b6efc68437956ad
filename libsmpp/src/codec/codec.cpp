#include "smpp/codec.hpp"

#include <fmt/format.h>

namespace smpp {
namespace {

/// A T{} in place: the T() of emplace() would fill all of it with zeros before.
template <class T>
struct braced {
    operator T() const { return T{}; }
};

template <class S>
codec_failure decode_whole(octet_span frame, decode_mode mode, basic_pdu<S>& out,
                           deviations* noted) {
    if (frame.size() < header_size) {
        return {codec_errc::invalid_command_length, "command_length", 0};
    }
    out.header = decode_header(frame);
    if (out.header.command_length != frame.size()) {
        return {codec_errc::invalid_command_length, "command_length", 0};
    }
    const octet_span octets = frame.subspan(header_size);
    switch (out.header.id) {
#define X(name, number, esme_states, mc_states)                                                   \
    case command_id::name:                                                                        \
        return decode_body(octets, out.header.status, mode,                                       \
                           out.body.template emplace<basic_##name<S>>(braced<basic_##name<S>>()), \
                           noted);
#include "smpp/tables/command_id.def"
#undef X
    }
    auto& unknown = out.body.template emplace<basic_unknown_pdu<S>>(braced<basic_unknown_pdu<S>>());
    unknown.id = out.header.id;
    unknown.octets = typename S::text(as_text(octets));
    return {};
}

template <class S>
codec_failure append_unknown(std::string& out, const header& head,
                             const basic_unknown_pdu<S>& unknown) {
    const std::size_t size = header_size + unknown.octets.size();
    std::uint8_t octets[header_size];
    encode_header(
        octets, {static_cast<std::uint32_t>(size), unknown.id, head.status, head.sequence_number});
    out.append(as_text(octets)).append(unknown.octets);
    return {};
}

template <class S>
codec_failure append_whole(std::string& out, const basic_pdu<S>& pdu) {
    return std::visit(
        [&](const auto& body) {
            if constexpr (pdu_type<std::remove_cvref_t<decltype(body)>>) {
                return append(out, pdu.header.status, pdu.header.sequence_number, body);
            } else {
                return append_unknown(out, pdu.header, body);
            }
        },
        pdu.body);
}

}  // namespace

std::string to_string(const codec_failure& failure) {
    const std::string text = make_error_code(failure.code).message();
    return *failure.field == '\0'
               ? fmt::format("octet {}: {}", failure.offset, text)
               : fmt::format("{} at octet {}: {}", failure.field, failure.offset, text);
}

header decode_header(octet_span octets) noexcept {
    const std::uint8_t* from = octets.data();
    return {load_be<std::uint32_t>(from), command_id(load_be<std::uint32_t>(from + 4)),
            command_status(load_be<std::uint32_t>(from + 8)), load_be<std::uint32_t>(from + 12)};
}

void encode_header(std::uint8_t* to, const header& head) noexcept {
    store_be<std::uint32_t>(to, head.command_length);
    store_be<std::uint32_t>(to + 4, static_cast<std::uint32_t>(head.id));
    store_be<std::uint32_t>(to + 8, static_cast<std::uint32_t>(head.status));
    store_be<std::uint32_t>(to + 12, head.sequence_number);
}

codec_failure decode(octet_span frame, decode_mode mode, pdu_view& out, deviations* noted) {
    return decode_whole(frame, mode, out, noted);
}

codec_failure decode(octet_span frame, decode_mode mode, pdu& out, deviations* noted) {
    return decode_whole(frame, mode, out, noted);
}

codec_failure append(std::string& out, const pdu& whole) { return append_whole(out, whole); }
codec_failure append(std::string& out, const pdu_view& whole) { return append_whole(out, whole); }

}  // namespace smpp
