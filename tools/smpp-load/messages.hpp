// The messages that are sent: kinds mixed by weight, made once and sent again and again, with a new
// reference for each long message and a new number in each address that counts.
//
//     smpp_load::message_mix<smpp::submit_sm> mix(options);
//     client.async_request(mix.next(), ...);
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "smpp-load/numbering.hpp"
#include "smpp/pdu/deliver_sm.hpp"

namespace smpp_load {

struct message_options {
    /// Kinds with their weights: gsm (20 octets), full (160), ucs2, tlv, payload (1,000 octets), or
    /// long (400 characters, in three messages).
    std::vector<std::pair<std::string, unsigned>> mix{{"gsm", 1}};
    std::string text{};  ///< instead of the mix
    std::string from = "12345";
    std::string to = "15551234567";  ///< may count, see numbering
    bool receipts = false;           ///< asked for, by submit_sm
};

/// Of several mixes beside each other: no two use the same number or reference at a time.
struct place {
    unsigned index = 0;
    unsigned count = 1;
};

/// Of submit_sm or deliver_sm.
template <class P>
class message_mix {
public:
    /// Throws std::invalid_argument that names a kind that is none, or what cannot be sent.
    explicit message_mix(const message_options& options, place among = {});

    /// In turn, each kind as often as its weight says. Parts of a long message are messages.
    [[nodiscard]] const P& next() noexcept {
        at_ = at_ + 1 < order_.size() ? at_ + 1 : 0;
        kind& k = kinds_[order_[at_]];
        if (k.next == 0) {
            begin(k);
        }
        const P& out = k.parts[k.next];
        k.next = k.next + 1 < k.parts.size() ? k.next + 1 : 0;
        return out;
    }

private:
    struct kind {
        std::vector<P> parts{};
        std::size_t next = 0;
    };

    void begin(kind& message) noexcept;

    numbering to_;
    std::uint64_t number_;  ///< of the next message
    unsigned step_;
    std::uint16_t reference_;  ///< of the next long message
    std::vector<kind> kinds_{};
    std::vector<std::size_t> order_{};
    std::size_t at_ = 0;
};

extern template class message_mix<smpp::submit_sm>;
extern template class message_mix<smpp::deliver_sm>;

}  // namespace smpp_load
