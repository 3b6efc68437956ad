// Blanks passwords in octets of an SMPP connection, so that captures can be given away.
//
//     smpp::capture::mask_secrets(frame);                // one PDU, or several in a row
//     smpp::capture::secret_mask mask;                   // one direction of a connection,
//     mask.apply(octets);                                // cut anywhere
#pragma once

#include <cstdint>
#include <span>

namespace smpp::capture {

/// Follows the PDUs of one direction and overwrites the password of every bind and outbind with
/// '*'. Lengths stay as they are. After a command_length below 16 it can no longer tell PDUs apart
/// and leaves the octets alone.
class secret_mask {
public:
    void apply(std::span<std::uint8_t> octets) noexcept;

private:
    void begin_body() noexcept;
    void apply_body(std::span<std::uint8_t> part) noexcept;

    std::uint8_t header_[16] = {};
    std::uint32_t have_ = 0;       // octets of the header
    std::uint32_t body_left_ = 0;  // octets of the body still to come
    std::uint32_t strings_ = 0;    // C-octet strings of the body already ended
    bool secret_ = false;          // the second string of this body is a password
    bool lost_ = false;
};

/// Blanks the password of a bind or outbind, given as a whole PDU.
void mask_secrets(std::span<std::uint8_t> frame) noexcept;

}  // namespace smpp::capture
