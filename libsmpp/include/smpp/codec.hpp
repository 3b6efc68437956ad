// Codec: PDUs to octets and back.
//
//     smpp::submit_sm sm;                                    // ... fill in
//     std::string octets;
//     if (auto failure = smpp::append(octets, smpp::command_status::ok, 1, sm)) report(failure);
//
//     smpp::pdu_view pdu;                                    // borrows from `octets`
//     auto failure = smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu);
//
// append() writes whatever has octets, so that decode and then append give the octets again, what
// the specification forbids included. validate() says whether it may be sent, as sessions ask.
//
// Nothing here throws for what is in the octets; only growing a buffer may throw std::bad_alloc.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "smpp/error.hpp"
#include "smpp/octets.hpp"
#include "smpp/pdu.hpp"

namespace smpp {

/// How to read what a peer sent.
enum class decode_mode : std::uint8_t {
    strict,   ///< what the specification does not allow is a failure
    lenient,  ///< what can be understood is accepted, and noted as a deviation
};

/// Where and why octets and PDU do not fit. Converts to true when there is a failure.
struct codec_failure {
    codec_errc code = codec_errc::none;
    const char* field = "";    ///< name in the specification; static storage
    std::uint32_t offset = 0;  ///< octets from the start of the PDU to the field

    [[nodiscard]] constexpr explicit operator bool() const noexcept {
        return code != codec_errc::none;
    }
    friend bool operator==(const codec_failure& a, const codec_failure& b) noexcept {
        return a.code == b.code && a.offset == b.offset && std::string_view(a.field) == b.field;
    }
};

/// "short_message at octet 33: field longer than its maximum"
[[nodiscard]] std::string to_string(const codec_failure&);

/// What a lenient decode let pass. Keeps the first few, counts all.
class deviations {
public:
    void add(codec_errc code, const char* field, std::uint32_t offset) noexcept {
        if (count_ < kept_.size()) {
            kept_[count_] = {code, field, offset};
        }
        ++count_;
    }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }
    [[nodiscard]] const codec_failure* begin() const noexcept { return kept_.data(); }
    [[nodiscard]] const codec_failure* end() const noexcept {
        return kept_.data() + (count_ < kept_.size() ? count_ : kept_.size());
    }
    void clear() noexcept { count_ = 0; }

private:
    std::array<codec_failure, 8> kept_{};
    std::uint32_t count_ = 0;
};

/// Reads 16 octets. REQUIRES: `octets.size() >= header_size`. Any values are accepted.
[[nodiscard]] header decode_header(octet_span octets) noexcept;
void encode_header(std::uint8_t* to, const header&) noexcept;

/// Reads a body. `out` is overwritten; after a failure it holds the fields before the failing one.
/// A response with an error status may have no body, or one that is ignored when it cannot be read.
/// `noted` (may be null) collects what lenient mode let pass. A view borrows from `octets`.
template <pdu_type P>
[[nodiscard]] codec_failure decode_body(octet_span octets, command_status status, decode_mode mode,
                                        P& out, deviations* noted = nullptr);

/// Reads a whole PDU; `frame` is exactly command_length octets. An unknown command_id is no
/// failure: the body becomes unknown_pdu.
[[nodiscard]] codec_failure decode(octet_span frame, decode_mode mode, pdu_view& out,
                                   deviations* noted = nullptr);
[[nodiscard]] codec_failure decode(octet_span frame, decode_mode mode, pdu& out,
                                   deviations* noted = nullptr);

/// Octets of the PDU, header included, or why there are none. A response with an error status and
/// nothing in its fields has no body.
struct measure_result {
    std::size_t size = 0;
    codec_failure failure{};
};
template <pdu_type P>
[[nodiscard]] measure_result measure(command_status status, const P& body) noexcept;

/// The same, and refuses what the specification forbids to send: times that are none, strings that
/// are not ASCII, TLVs of a wrong length, a missing TLV that is mandatory, texts in two places, a
/// user data header that is announced and missing or stands beside sar_* TLVs. A short_message of
/// 255 octets and the TLVs that are new in 5.0 are for `peer`s of 5.0, and one of 3.3 gets no TLVs.
/// Let pass: TLVs that the specification does not have, or not for this PDU, since every peer has
/// to ignore them, and values without a name.
template <pdu_type P>
[[nodiscard]] measure_result validate(command_status status, const P& body,
                                      interface_version peer = interface_version::v5_0) noexcept;

/// Writes a PDU. REQUIRES: `size` as measured, and that many writable octets at `to`.
template <pdu_type P>
void encode_to(std::uint8_t* to, std::size_t size, command_status status,
               std::uint32_t sequence_number, const P& body) noexcept;

/// What append() can write to: a contiguous buffer with prepare/commit (flat_queue).
template <class B>
concept octet_buffer = requires(B& buffer, std::size_t n) {
    { buffer.prepare(n) } -> std::convertible_to<std::uint8_t*>;
    buffer.commit(n);
};

/// Measures, then writes; after a failure nothing was written.
template <octet_buffer B, pdu_type P>
[[nodiscard]] codec_failure append(B& out, command_status status, std::uint32_t sequence_number,
                                   const P& body) {
    const measure_result measured = measure(status, body);
    if (!measured.failure) {
        encode_to(out.prepare(measured.size), measured.size, status, sequence_number, body);
        out.commit(measured.size);
    }
    return measured.failure;
}
template <pdu_type P>
[[nodiscard]] codec_failure append(std::string& out, command_status status,
                                   std::uint32_t sequence_number, const P& body) {
    const measure_result measured = measure(status, body);
    if (!measured.failure) {
        const std::size_t start = out.size();
        out.resize(start + measured.size);
        encode_to(reinterpret_cast<std::uint8_t*>(out.data()) + start, measured.size, status,
                  sequence_number, body);
    }
    return measured.failure;
}

/// Any PDU, unknown ones too; command_length and command_id are those of the body, not of the
/// header.
[[nodiscard]] codec_failure append(std::string& out, const pdu&);
[[nodiscard]] codec_failure append(std::string& out, const pdu_view&);

/// The command_status that answers a request whose body failed to decode.
[[nodiscard]] command_status answer_for(const codec_failure&, command_id request) noexcept;

#define X(name, number, esme_states, mc_states)                                                  \
    extern template codec_failure decode_body(octet_span, command_status, decode_mode,           \
                                              basic_##name<owned>&, deviations*);                \
    extern template codec_failure decode_body(octet_span, command_status, decode_mode,           \
                                              basic_##name<view>&, deviations*);                 \
    extern template measure_result measure(command_status, const basic_##name<owned>&) noexcept; \
    extern template measure_result measure(command_status, const basic_##name<view>&) noexcept;  \
    extern template measure_result validate(command_status, const basic_##name<owned>&,          \
                                            interface_version) noexcept;                         \
    extern template measure_result validate(command_status, const basic_##name<view>&,           \
                                            interface_version) noexcept;                         \
    extern template void encode_to(std::uint8_t*, std::size_t, command_status, std::uint32_t,    \
                                   const basic_##name<owned>&) noexcept;                         \
    extern template void encode_to(std::uint8_t*, std::size_t, command_status, std::uint32_t,    \
                                   const basic_##name<view>&) noexcept;
#include "smpp/tables/command_id.def"
#undef X

}  // namespace smpp
