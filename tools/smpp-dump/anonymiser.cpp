#include "smpp-dump/anonymiser.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "smpp-dump/dlr.hpp"
#include "smpp-dump/field_walk.hpp"

namespace smpp_dump {
namespace {

using octets = std::span<std::uint8_t>;

bool is_digit(std::uint8_t c) { return c >= '0' && c <= '9'; }
bool is_letter(std::uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A text of which only the shape is left: x for letters, and for what is one in some alphabet; 0
/// for digits.
std::uint8_t shape_of(std::uint8_t c) {
    const bool control = c < 0x20 && c != '\n' && c != '\r' && c != 0x1B && c != 0;
    const bool foreign = (c >= 0x5B && c <= 0x60) || c >= 0x7B;  // letters in GSM 03.38
    return is_digit(c) ? '0' : is_letter(c) || control || foreign ? 'x' : c;
}

void blank_text(octets text, smpp::alphabet coded) {
    switch (coded) {
        case smpp::alphabet::gsm7_packed:
        case smpp::alphabet::octets: std::fill(text.begin(), text.end(), std::uint8_t{0}); break;
        case smpp::alphabet::ucs2:
            for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
                text[at + 1] = text[at] == 0 ? shape_of(text[at + 1]) : std::uint8_t{'x'};
                text[at] = 0;
            }
            break;
        default: std::transform(text.begin(), text.end(), text.begin(), shape_of);
    }
}

/// Of a receipt only the beginning of the message that it quotes is anybody's.
octets quoted_text(octets receipt) {
    const std::string_view whole(reinterpret_cast<const char*>(receipt.data()), receipt.size());
    std::string lower(whole);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto at = lower.rfind("text:");
    return at == std::string::npos ? octets() : receipt.subspan(at + 5);
}

/// `message`: null where the octets are not the message that the PDU shows.
void blank_message(octets place, std::size_t head, const message_text* message, bool receipt) {
    using smpp::alphabet;
    const std::size_t before = head + (message != nullptr ? message->header.size() : 0);
    const octets text = place.subspan(std::min(before, place.size()));
    const alphabet coded = message != nullptr ? message->alphabet : alphabet::octets;
    const bool plain =
        message != nullptr && coded != alphabet::ucs2 && coded != alphabet::gsm7_packed;
    blank_text(receipt && plain ? quoted_text(text) : text, coded);
}

bool any_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool names_somebody(std::string_view field) {
    return any_of(field, {"source_addr", "destination_addr", "dl_name", "esme_addr",
                          "address_range", "system_id", "system_type"});
}

/// TLVs tell of somebody unless they are numbers, or ids and states of messages.
bool tells_nothing(const field_place& tlv) {
    return tlv.number || any_of(tlv.name, {"receipted_message_id", "network_error_code"});
}

}  // namespace

pseudonyms::pseudonyms() {
    if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1) {
        throw std::runtime_error("--anonymise: there are no random numbers for its key");
    }
    // Fetched once: that is most of what HMAC() does for a short word.
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> kind(
        EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
    mac_.reset(kind ? EVP_MAC_CTX_new(kind.get()) : nullptr);
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    if (!mac_ || EVP_MAC_CTX_set_params(mac_.get(), parameters) != 1) {
        throw std::runtime_error("--anonymise: HMAC-SHA256 is not available");
    }
}

void pseudonyms::replace(octets word) {
    if (word.empty()) {
        return;
    }
    if (known_.size() > most_known) {
        known_.clear();  // they are made again the same
    }
    const auto [at, fresh] = known_.try_emplace(std::string(word.begin(), word.end()));
    if (fresh) {
        at->second = made_of(word);
    }
    std::copy(at->second.begin(), at->second.end(), word.begin());
}

std::string pseudonyms::made_of(octets word) {
    std::array<std::uint8_t, 32> random{};
    std::size_t size = 0;
    if (EVP_MAC_init(mac_.get(), key_.data(), key_.size(), nullptr) != 1 ||
        EVP_MAC_update(mac_.get(), word.data(), word.size()) != 1 ||
        EVP_MAC_final(mac_.get(), random.data(), &size, random.size()) != 1 || size == 0) {
        throw std::runtime_error("--anonymise: HMAC-SHA256 failed");
    }
    std::string made;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto r = static_cast<unsigned>(random[i % size] + i / size);
        const std::uint8_t c = word[i];
        made += static_cast<char>(is_digit(c)                 ? '0' + r % 10
                                  : c >= 'a' && c <= 'z'      ? 'a' + r % 26
                                  : is_letter(c) || c >= 0x7F ? 'A' + r % 26
                                                              : c);
    }
    return made;
}

void anonymiser::on_record(const record& r) {
    record changed = r;
    changed.session = &nameless(*r.session);
    changed.whole_text = {};
    octets_.assign(smpp::as_text(r.frame.octets));
    if (r.frame.kind == frame_kind::whole) {
        rewrite(r);
        changed.frame.octets = smpp::as_octets(octets_);
        changed.deviations = {};
        changed.failure = smpp::decode(changed.frame.octets, smpp::decode_mode::lenient,
                                       changed.pdu, &changed.deviations);
    } else {
        const std::size_t kept = r.frame.kind == frame_kind::truncated ? smpp::header_size : 0;
        std::fill(octets_.begin() + static_cast<std::ptrdiff_t>(std::min(kept, octets_.size())),
                  octets_.end(), '\0');
        changed.frame.octets = smpp::as_octets(octets_);
    }
    next_->on_record(changed);
}

void anonymiser::rewrite(const record& r) {
    const octets all(reinterpret_cast<std::uint8_t*>(octets_.data()), octets_.size());
    const auto message = message_of(r.pdu.body, standard_);
    const bool receipt = message && receipt_of(r, standard_).has_value();
    // Behind what can be read nobody knows what it is.
    const std::size_t readable =
        r.failure ? std::min<std::size_t>(r.failure.offset, all.size()) : all.size();
    std::size_t read = std::min(smpp::header_size, readable);
    walk_fields(r.pdu.body, [&](const field_place& field) {
        if (field.offset >= readable) {
            return;
        }
        const octets place =
            all.subspan(field.offset, std::min(field.size, readable - field.offset));
        read = field.offset + place.size();
        const bool payload = field.name == "message_payload";
        if (field.name == "short_message" || payload) {
            blank_message(place, field.head,
                          message && message->from_payload == payload ? &*message : nullptr,
                          receipt);
        } else if (field.name == "password") {
            std::replace_if(
                place.begin(), place.end(), [](std::uint8_t c) { return c != 0; }, '*');
        } else if (names_somebody(field.name)) {
            names_.replace(place.last(1)[0] == 0 ? place.first(place.size() - 1) : place);
        } else if (field.head > 0 && place.size() > field.head && !tells_nothing(field)) {
            std::fill(place.begin() + static_cast<std::ptrdiff_t>(field.head), place.end(),
                      std::uint8_t{0});
        }
    });
    std::fill(all.begin() + static_cast<std::ptrdiff_t>(read), all.end(), std::uint8_t{0});
}

const session& anonymiser::nameless(const session& of) {
    const auto [at, fresh] = sessions_.try_emplace(of.number, of);
    session& made = at->second;
    if (fresh && of.client.port != 0) {
        made.client_name = place_of(made.client);
        made.server_name = place_of(made.server);
    }
    made.system_id = of.system_id;
    names_.replace({reinterpret_cast<std::uint8_t*>(made.system_id.data()), made.system_id.size()});
    return made;
}

/// 10.0.0.1 is the first host, 10.0.0.2 the second; ports stay.
std::string anonymiser::place_of(end_point& end) {
    const auto number = static_cast<std::uint32_t>(
        hosts_.try_emplace(to_string(end.address), hosts_.size() + 1).first->second);
    end.address = {};
    end.address.octets[0] = 10;
    end.address.octets[1] = static_cast<std::uint8_t>(number >> 16U);
    end.address.octets[2] = static_cast<std::uint8_t>(number >> 8U);
    end.address.octets[3] = static_cast<std::uint8_t>(number);
    return fmt::format("{}:{}", to_string(end.address), end.port);
}

void anonymiser::on_session_end(const session& s) {
    const session ended = nameless(s);
    sessions_.erase(s.number);
    next_->on_session_end(ended);
}

}  // namespace smpp_dump
