// Joins the parts of long messages: any order, duplicates, losses; bounded in time and memory.
//
//     smpp::reassembler joiner;
//     auto added = joiner.add({.source = from, .destination = to, .reference = 7, .total = 3,
//     .number = 1,
//                              .octets = text}, now);
//     if (added.message) use(added.message->octets);
//     for (const auto& lost : added.dropped) ...                   // were never completed
//
// No clock inside: the caller passes the time, and calls `expire` at `deadline()`; doing so too
// early is harmless.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/octets.hpp"

namespace smpp {

class reassembler {
public:
    using time_point = std::chrono::steady_clock::time_point;

    struct limits {
        std::chrono::milliseconds timeout = std::chrono::minutes(5);  ///< from the first part on
        std::size_t octets = std::size_t{8} << 20;  ///< of memory; the oldest message gives way
    };

    /// Where a reference stands: the numbers of each kind are counted by themselves.
    enum class reference_kind : std::uint8_t { udh8, udh16, sar };

    /// What makes parts belong together. A part that names another total is of another message.
    struct key {
        std::string source{}, destination{};
        std::uint16_t reference = 0;
        std::uint8_t total = 0;
        reference_kind kind = reference_kind::udh8;

        friend auto operator<=>(const key&, const key&) = default;
    };

    struct part {
        std::string_view source{}, destination{};
        std::uint16_t reference = 0;
        std::uint8_t total = 1;
        std::uint8_t number = 1;  ///< from 1
        octet_span octets{};      ///< text without header
        std::uint64_t tag = 0;    ///< the caller's name for this part, handed back with the message
        reference_kind kind = reference_kind::udh8;  ///< of `reference`
    };

    struct joined {
        key id{};
        std::string octets{};               ///< of all parts, in order
        std::vector<std::uint64_t> tags{};  ///< of all parts, in order
    };

    struct incomplete {
        key id{};
        std::vector<std::uint64_t> tags{};    ///< of the parts that came
        std::vector<std::uint8_t> missing{};  ///< numbers of those that did not
    };

    enum class outcome : std::uint8_t {
        complete,    ///< this was the last missing part
        stored,      ///< others are missing
        duplicate,   ///< came before; the first one counts
        conflict,    ///< came before with other octets; the first one counts
        impossible,  ///< number 0, total 0, or number above total
    };

    struct added {
        outcome what = outcome::impossible;
        std::optional<joined> message{};
        std::vector<incomplete> dropped{};  ///< messages that gave way: out of time or memory
    };

    reassembler() : reassembler(limits{}) {}
    explicit reassembler(const limits& bounds) : bounds_(bounds) {}

    added add(const part& received, time_point now);

    /// Takes out the messages whose time is over.
    std::vector<incomplete> expire(time_point now);
    /// When `expire` has something to do.
    [[nodiscard]] std::optional<time_point> deadline() const noexcept;

    [[nodiscard]] std::size_t messages() const noexcept { return pending_.size(); }
    /// Memory that the stored parts take, book-keeping included (an estimate from above).
    [[nodiscard]] std::size_t octets() const noexcept { return octets_; }

private:
    struct piece {
        std::uint8_t number;
        std::uint64_t tag;
        std::string octets;
    };
    struct pending {
        key id;
        time_point expires;
        std::size_t cost;
        std::vector<piece> pieces;  // by number
    };
    using position = std::list<pending>::iterator;

    pending& find_or_open(key id, time_point now);
    void remove(position which);
    incomplete give_up(position which);
    joined finish(position which);

    limits bounds_;
    std::size_t octets_ = 0;
    std::list<pending> pending_{};  // oldest first, and so by `expires`
    std::map<key, position> index_{};
};

}  // namespace smpp
