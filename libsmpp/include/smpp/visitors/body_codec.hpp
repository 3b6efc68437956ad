// The codec's definitions, for PDUs that the specification does not have: include it where yours is
// read or written. Those of the specification are compiled once, in the library.
//
//     struct vendor_status {
//         static constexpr auto id = smpp::command_id(0x00010203);
//         using response = vendor_status_resp;
//         std::string subscriber;
//         smpp::tlv_list tlvs;
//         template <class V, class Self> static constexpr bool fields(V&& field, Self& s) {
//             return field("subscriber", s.subscriber, smpp::cstring{21}) && field("tlvs", s.tlvs);
//         }
//         friend bool operator==(const vendor_status&, const vendor_status&) = default;
//     };
//
// A session takes requests with such a number when session_options::vendor_commands names it.
#pragma once

#include "smpp/codec.hpp"
#include "smpp/visitors/decoder.hpp"
#include "smpp/visitors/encoder.hpp"
#include "smpp/visitors/sizer.hpp"
#include "smpp/visitors/validator.hpp"

namespace smpp {
namespace detail {

/// An error response: the status decides, the body is a courtesy that many peers leave out or
/// break.
template <pdu_type P>
codec_failure decode_error_body(octet_span octets, P& out, deviations* noted) {
    if constexpr (requires { out.tlvs; }) {
        // Some send TLVs without the mandatory field before them.
        const std::string_view run = as_text(octets);
        if (run.size() >= 4 && whole_tlvs(run) == run.size() &&
            find_tlv((*tlv_iterator(run)).tag) != nullptr) {
            out.tlvs = std::remove_reference_t<decltype(out.tlvs)>(
                typename std::remove_reference_t<decltype(out.tlvs)>::text_type(run));
            return {};
        }
    }
    decoder<decode_mode::lenient> read(octets, noted);
    if (!P::fields(read, out) || !read.finish()) {
        if (noted != nullptr) {
            noted->add(read.failure().code, read.failure().field, read.failure().offset);
        }
        out = P();
    }
    return {};
}

/// Takes what strict decoding has refused.
template <pdu_type P>
codec_failure decode_leniently(octet_span octets, P& out, deviations* noted) {
    decoder<decode_mode::lenient> read(octets, noted);
    if (P::fields(read, out)) {
        read.finish();
    }
    if constexpr (P::id == command_id::alert_notification) {
        // Some send the value of ms_availability_status without tag and length.
        static constexpr char statuses[] = "\x04\x22\0\1\0\x04\x22\0\1\1\x04\x22\0\1\2";
        if (out.tlvs.empty() && !octets.empty() && octets.back() <= 2 &&
            measure(command_status::ok, out).size + 1 == header_size + octets.size()) {
            using list = std::remove_reference_t<decltype(out.tlvs)>;
            out.tlvs = list(typename list::text_type(statuses + 5 * octets.back(), 5));
        }
    }
    if constexpr (is_response(P::id)) {
        // What is there of an answer is better than none: 3.3 knew shorter ones.
        if (read.failure().code == codec_errc::truncated &&
            read.failure().offset == header_size + octets.size()) {
            if (noted != nullptr) {
                noted->add(read.failure().code, read.failure().field, read.failure().offset);
            }
            return {};
        }
    }
    return read.failure();
}

}  // namespace detail

template <pdu_type P>
codec_failure decode_body(octet_span octets, command_status status, decode_mode mode, P& out,
                          deviations* noted) {
    const bool lenient = mode == decode_mode::lenient;
    if constexpr (is_response(P::id)) {
        if (octets.empty() && (lenient || status != command_status::ok)) {
            out = P();
            if (status == command_status::ok && noted != nullptr &&
                measure(status, out).size > header_size) {
                noted->add(codec_errc::truncated, "", header_size);
            }
            return {};
        }
        if (status != command_status::ok && lenient) {
            return detail::decode_error_body(octets, out, noted);
        }
    }
    decoder<decode_mode::strict> read(octets);
    if (P::fields(read, out) && read.finish()) [[likely]] {
        return {};
    }
    return lenient ? detail::decode_leniently(octets, out, noted) : read.failure();
}

template <pdu_type P>
measure_result measure(command_status status, const P& body) noexcept {
    if constexpr (is_response(P::id)) {
        if (status != command_status::ok && body == P()) {
            return {header_size, {}};
        }
    }
    sizer measure_fields;
    P::fields(measure_fields, body);
    return {measure_fields.size(), measure_fields.failure()};
}

template <pdu_type P>
measure_result validate(command_status status, const P& body, interface_version peer) noexcept {
    if constexpr (is_response(P::id)) {
        if (status != command_status::ok) {
            // What came of the request is the status; the body may lack what success must have.
            if (body == P()) {
                return {header_size, {}};
            }
        }
    }
    validator check(
        status == command_status::ok ? mandatory_tlvs(P::id) : std::span<const tlv_tag>(), peer);
    if (P::fields(check, body)) {
        check.finish();
    }
    return {check.size(), check.failure()};
}

template <pdu_type P>
void encode_to(std::uint8_t* to, std::size_t size, command_status status,
               std::uint32_t sequence_number, const P& body) noexcept {
    encode_header(to, {static_cast<std::uint32_t>(size), P::id, status, sequence_number});
    if (size > header_size) {
        P::fields(encoder(to + header_size), body);
    }
}

}  // namespace smpp

/// Instantiates the codec of one PDU in one storage.
#define SMPP_INSTANTIATE_CODEC(type)                                                               \
    template smpp::codec_failure smpp::decode_body(smpp::octet_span, smpp::command_status,         \
                                                   smpp::decode_mode, smpp::type&,                 \
                                                   smpp::deviations*);                             \
    template smpp::measure_result smpp::measure(smpp::command_status, const smpp::type&) noexcept; \
    template smpp::measure_result smpp::validate(smpp::command_status, const smpp::type&,          \
                                                 smpp::interface_version) noexcept;                \
    template void smpp::encode_to(std::uint8_t*, std::size_t, smpp::command_status, std::uint32_t, \
                                  const smpp::type&) noexcept;
