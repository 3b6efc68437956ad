// One direction of a TCP connection: segments in any order go in, octets in order and explicit gaps
// come out.
//
//     smpp_dump::stream_reassembler stream;
//     stream.begin(syn.seq + 1);
//     stream.add(seq, payload, cut, stamp, sink);       // calls sink.on_octets / sink.on_gap
//     stream.finish(sink);                              // what was held back, holes become gaps
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "smpp/octets.hpp"

namespace smpp_dump {

/// When and in which packet something was seen.
struct stamp {
    std::int64_t time = 0;  ///< nanoseconds since 1970
    std::uint64_t frame = 0;
    std::uint32_t wire_length = 0;  ///< of that packet
};

class stream_sink {
public:
    virtual void on_octets(smpp::octet_span octets, const stamp& seen) = 0;
    /// `n` octets of the stream are not in the capture.
    virtual void on_gap(std::uint64_t n, const stamp& noticed) = 0;

protected:
    ~stream_sink() = default;
};

/// Nothing is held in the common case; what arrives before a hole is closed is held up to a limit.
/// A hole is taken for a loss when the receiver has acknowledged what lies behind it and
/// `patience` more segments or a second did not bring it, or when too much waits behind it.
class stream_reassembler {
public:
    [[nodiscard]] bool started() const noexcept { return started_; }
    /// The first octet has sequence number `seq`.
    void begin(std::uint32_t seq) noexcept;
    /// Sequence number of the octet that is awaited.
    [[nodiscard]] std::uint32_t next() const noexcept { return next_; }

    /// `cut` octets follow `octets` on the wire but not in the capture. Begins the stream when it
    /// has not begun.
    void add(std::uint32_t seq, smpp::octet_span octets, std::size_t cut, const stamp& seen,
             stream_sink& sink);
    /// The other side has received everything before `ack`.
    void acknowledged(std::uint32_t ack, const stamp& seen, stream_sink& sink) {
        if (!waiting_.empty() && static_cast<std::int32_t>(ack - waiting_.front().seq) >= 0)
            [[unlikely]] {
            hole_acknowledged(seen, sink);
        }
    }
    void finish(stream_sink& sink);

    [[nodiscard]] bool holds_back() const noexcept { return !waiting_.empty(); }

    static constexpr std::size_t max_held = 1U << 20;
    static constexpr unsigned patience = 32;
    static constexpr std::int64_t patience_time = 1'000'000'000;

private:
    struct held {
        std::uint32_t seq = 0;
        std::string octets{};
        std::size_t cut = 0;
        stamp seen{};
        [[nodiscard]] std::uint32_t length() const noexcept {
            return static_cast<std::uint32_t>(octets.size() + cut);
        }
    };

    void deliver(std::uint32_t seq, smpp::octet_span octets, std::size_t cut, const stamp& seen,
                 stream_sink& sink);
    void hold(std::uint32_t seq, smpp::octet_span octets, std::size_t cut, const stamp& seen);
    void drain(stream_sink& sink);
    void hole_acknowledged(const stamp& seen, stream_sink& sink);
    void give_up_first_hole(stream_sink& sink);

    std::deque<held> waiting_{};  // sorted by sequence number
    std::size_t held_octets_ = 0;
    std::uint32_t next_ = 0;
    unsigned since_acknowledged_ = 0;
    bool started_ = false;
};

}  // namespace smpp_dump
