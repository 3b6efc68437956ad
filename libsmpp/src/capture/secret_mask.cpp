#include "smpp/capture/secret_mask.hpp"

#include <algorithm>
#include <cstring>

#include "smpp/octets.hpp"

namespace smpp::capture {
namespace {

constexpr std::uint32_t header_octets = 16;

/// bind_receiver, bind_transmitter, bind_transceiver, outbind: system_id, then password.
constexpr bool has_password(std::uint32_t command_id) noexcept {
    return command_id == 1 || command_id == 2 || command_id == 9 || command_id == 0x0B;
}

}  // namespace

void secret_mask::apply(std::span<std::uint8_t> octets) noexcept {
    while (!octets.empty() && !lost_) {
        if (have_ < header_octets) {
            const auto n = std::min<std::size_t>(octets.size(), header_octets - have_);
            std::memcpy(header_ + have_, octets.data(), n);
            have_ += static_cast<std::uint32_t>(n);
            octets = octets.subspan(n);
            if (have_ == header_octets) {
                begin_body();
            }
        } else {
            const auto n = std::min<std::size_t>(octets.size(), body_left_);
            if (secret_) {
                apply_body(octets.first(n));
            }
            body_left_ -= static_cast<std::uint32_t>(n);
            octets = octets.subspan(n);
        }
        if (have_ == header_octets && body_left_ == 0) {
            have_ = 0;
        }
    }
}

void secret_mask::begin_body() noexcept {
    const auto length = load_be<std::uint32_t>(header_);
    lost_ = length < header_octets;
    body_left_ = lost_ ? 0 : length - header_octets;
    secret_ = has_password(load_be<std::uint32_t>(header_ + 4));
    strings_ = 0;
}

void secret_mask::apply_body(std::span<std::uint8_t> part) noexcept {
    for (std::uint8_t& octet : part) {
        if (octet == 0) {
            if (++strings_ == 2) {
                secret_ = false;
                return;
            }
        } else if (strings_ == 1) {
            octet = '*';
        }
    }
}

void mask_secrets(std::span<std::uint8_t> frame) noexcept { secret_mask().apply(frame); }

}  // namespace smpp::capture
