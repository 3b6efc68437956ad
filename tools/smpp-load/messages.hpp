// The messages that are sent: kinds mixed by weight, made once and sent again and again.
//
//     smpp_load::message_mix<smpp::submit_sm> mix(options);
//     client.async_request(mix.next(), ...);
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "smpp/pdu/deliver_sm.hpp"

namespace smpp_load {

struct message_options {
    /// Kinds with their weights: gsm (20 octets), full (160), ucs2, tlv, payload (1,000 octets), or
    /// part (one of a long message).
    std::vector<std::pair<std::string, unsigned>> mix{{"gsm", 1}};
    std::string text{};  ///< instead of the mix
    std::string from = "12345";
    std::string to = "15551234567";
    bool receipts = false;  ///< asked for, by submit_sm
};

/// Of submit_sm or deliver_sm.
template <class P>
class message_mix {
public:
    /// Throws std::invalid_argument that names a kind that is none, or a text that cannot be sent.
    explicit message_mix(const message_options& options);

    /// In turn, each kind as often as its weight says.
    [[nodiscard]] const P& next() noexcept {
        at_ = at_ + 1 < order_.size() ? at_ + 1 : 0;
        return kinds_[order_[at_]];
    }

private:
    std::vector<P> kinds_{};
    std::vector<std::size_t> order_{};
    std::size_t at_ = 0;
};

extern template class message_mix<smpp::submit_sm>;
extern template class message_mix<smpp::deliver_sm>;

}  // namespace smpp_load
