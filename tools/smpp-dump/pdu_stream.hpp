// One direction of a connection as PDUs: frames the octets, finds the next PDU behind gaps and
// garbage, and tells whether this is SMPP at all.
//
//     smpp_dump::pdu_stream stream(sink, smpp_dump::stream_start::at_beginning);
//     stream.on_octets(octets, seen);           // calls sink.on_frame() for each PDU
//     stream.on_gap(100, seen);
//     stream.finish();
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "smpp-dump/plausible.hpp"
#include "smpp-dump/stream_reassembler.hpp"

namespace smpp_dump {

/// How the reader came to where a PDU begins.
enum class sync_state : std::uint8_t {
    ok,             ///< PDU after PDU from the beginning
    after_gap,      ///< octets are missing somewhere before
    after_garbage,  ///< octets before were no PDU
};

enum class frame_kind : std::uint8_t {
    whole,
    truncated,  ///< cut by a gap or the end of the capture; at least the header is there
    garbage,    ///< no PDU
};

struct stream_frame {
    frame_kind kind = frame_kind::whole;
    sync_state state = sync_state::ok;
    smpp::octet_span octets{};  ///< what is there of it
    std::uint32_t length = 0;   ///< command_length, or the octets of garbage
    std::uint64_t offset = 0;   ///< in the stream, gaps counted
    std::uint64_t gap = 0;      ///< octets missing between the frame before and this one
    stamp first{};              ///< packet with its first octet
    stamp last{};               ///< packet with its last octet
};

class frame_sink {
public:
    /// `frame.octets` is valid during the call.
    virtual void on_frame(const stream_frame& frame) = 0;

protected:
    ~frame_sink() = default;
};

enum class stream_start : std::uint8_t { at_beginning, in_the_middle };

/// While undecided, octets are kept (a little) and nothing is given to the sink.
enum class smpp_verdict : std::uint8_t { undecided, yes, no };

class pdu_stream final : public stream_sink {
public:
    explicit pdu_stream(frame_sink& sink, stream_start start = stream_start::at_beginning) noexcept
        : sink_(&sink),
          start_(start),
          state_(start == stream_start::at_beginning ? sync_state::ok : sync_state::after_gap) {}

    void on_octets(smpp::octet_span octets, const stamp& seen) override;
    void on_gap(std::uint64_t n, const stamp& noticed) override;
    /// The stream has ended: what is left is given as truncated or garbage.
    void finish();

    [[nodiscard]] smpp_verdict verdict() const noexcept { return verdict_; }
    /// It is SMPP, as the other direction or the user says.
    void confirm();
    /// It is not; everything is passed over from now on.
    void ignore() noexcept;

private:
    enum class candidate : std::uint8_t { no, wait, yes };
    struct mark {  // from where on buffered octets came with which packet
        std::size_t position = 0;
        stamp seen{};
    };

    [[nodiscard]] smpp::octet_span buffered() const noexcept {
        return smpp::as_octets(buffer_).subspan(at_);
    }
    smpp::octet_span whole_frames(smpp::octet_span octets, const stamp& seen);
    void keep(smpp::octet_span octets, const stamp& seen);
    void process();
    bool take_frame();
    void sniff();
    bool search();
    void search_to_the_end();
    void give_cut(std::size_t position);
    void end_of_octets();
    [[nodiscard]] candidate judge(std::size_t position, bool last_chance) const noexcept;
    void found_at(std::size_t position);
    void give(frame_kind kind, std::size_t size, std::uint32_t length);
    void give_garbage(std::size_t size);
    void emit(frame_kind kind, smpp::octet_span octets, std::uint32_t length, const stamp& first,
              const stamp& last);
    [[nodiscard]] const stamp& seen_at(std::size_t position) const noexcept;
    void compact();

    frame_sink* sink_;
    std::string buffer_{};  // octets not yet given, from at_ on
    std::size_t at_ = 0;
    std::vector<mark> marks_{};
    std::size_t sniff_limit_ = 1U << 15;
    std::size_t scanned_ = 0;   // while searching: buffered octets where no PDU begins
    std::uint64_t offset_ = 0;  // of the first buffered octet in the stream
    std::uint64_t skip_ = 0;    // octets to come that belong to a PDU cut by a gap
    std::uint64_t gap_ = 0;     // octets missing before the next frame
    stream_start start_;
    sync_state state_;
    smpp_verdict verdict_ = smpp_verdict::undecided;
    bool searching_ = false;
};

}  // namespace smpp_dump
