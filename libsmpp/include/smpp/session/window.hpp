// Window: the own requests that wait for a response, found by sequence_number, failed in the order
// they were sent.
//
// Slots are indexed by the low bits of the number; a number whose slot is taken is skipped. A
// request that timed out or was cancelled leaves its number behind (abandoned), so that its late
// response is known for what it is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "smpp/command_id.hpp"
#include "smpp/session/options.hpp"

namespace smpp {

/// Greatest sequence_number that is sent; after it comes 1 (3.4: 3.2).
inline constexpr std::uint32_t max_sequence_number = 0x7FFFFFFF;

class window {
public:
    /// A request waiting for its response.
    struct pending {
        std::uint32_t sequence_number = 0;
        command_id id{};
        std::uint64_t token = 0;  ///< the owner's, given back with the outcome
        time_point sent{};
        bool counted = false;  ///< takes a place in the window (bind, unbind, enquire_link do not)
    };
    enum class match : std::uint8_t { pending, abandoned, unknown };

    /// What a window of this size is in truth.
    [[nodiscard]] static std::uint32_t clamped(std::uint32_t limit) noexcept {
        return std::clamp<std::uint32_t>(limit, 1, 32768);
    }

    explicit window(std::uint32_t limit);

    [[nodiscard]] std::uint32_t limit() const noexcept { return limit_; }
    /// Requests that take a place.
    [[nodiscard]] std::uint32_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] bool full() const noexcept { return in_flight_ >= limit_; }
    [[nodiscard]] bool empty() const noexcept { return head_ == none; }

    /// Takes the next free sequence number. REQUIRES: not full() when counted.
    std::uint32_t add(command_id id, std::uint64_t token, bool counted, time_point now);

    /// The next sequence number, for a PDU that has no response.
    std::uint32_t take_number() noexcept;

    /// Whose response a number is. Pending: `out` is filled, and the request is gone from the
    /// window.
    match take(std::uint32_t sequence_number, pending& out) noexcept;
    /// Gives the request up; a late response will be `abandoned`. False when it is not pending.
    bool abandon(std::uint32_t sequence_number, pending& out) noexcept;
    /// The request sent first; null when there is none.
    [[nodiscard]] const pending* oldest() const noexcept {
        return head_ == none ? nullptr : &slots_[head_].request;
    }

    /// For tests and for sessions that go on where another ended.
    void set_next(std::uint32_t sequence_number) noexcept { next_ = sequence_number; }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    enum class use : std::uint8_t { free, pending, abandoned };
    struct slot {
        pending request{};
        std::uint32_t before = none;
        std::uint32_t after = none;
        use state = use::free;
    };

    [[nodiscard]] std::uint32_t index(std::uint32_t number) const noexcept {
        return number & mask_;
    }
    void unlink(std::uint32_t at) noexcept;
    void grow();

    std::vector<slot> slots_;
    std::uint32_t mask_ = 0;
    std::uint32_t limit_;
    std::uint32_t in_flight_ = 0;
    std::uint32_t used_ = 0;  ///< pending ones, counted or not
    std::uint32_t next_ = 1;
    std::uint32_t head_ = none;  ///< sent first
    std::uint32_t tail_ = none;
};

}  // namespace smpp
