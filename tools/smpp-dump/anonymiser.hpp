// --anonymise: the same traffic without the people in it. Addresses, accounts, texts and network
// addresses are replaced, each of the same length and the same one always by the same other one;
// what tells how the protocol went (commands, numbers, statuses, times, message_ids, headers of
// parts, states of receipts) stays.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// Replaces words: digits by digits, letters by letters, the rest stays. With a key of its own that
/// is drawn at random and never kept, so that nobody can compute the way back.
class pseudonyms {
public:
    pseudonyms();
    void replace(std::span<std::uint8_t> word);

private:
    static constexpr std::size_t most_known = 20'000;
    struct free_mac {
        void operator()(EVP_MAC_CTX* mac) const noexcept { EVP_MAC_CTX_free(mac); }
    };

    [[nodiscard]] std::string made_of(std::span<std::uint8_t> word);

    std::array<std::uint8_t, 32> key_{};
    std::unique_ptr<EVP_MAC_CTX, free_mac> mac_{};
    std::unordered_map<std::string, std::string> known_{};  // the last ones: most come again
};

class anonymiser final : public record_sink {
public:
    /// REQUIRES: `next` outlives it.
    anonymiser(record_sink& next, smpp::alphabet standard) : next_(&next), standard_(standard) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

private:
    [[nodiscard]] const session& nameless(const session& of);
    [[nodiscard]] std::string place_of(end_point& end);
    void rewrite(const record& r);

    record_sink* next_;
    smpp::alphabet standard_;
    pseudonyms names_{};
    std::string octets_{};
    std::map<std::uint32_t, session> sessions_{};
    std::map<std::string, std::uint32_t> hosts_{};
};

}  // namespace smpp_dump
