// Framer: cuts a stream of octets into PDUs by their command_length.
//
//     framer.prepare(4096) ... framer.commit(n);
//     while (auto frame = framer.next()) { use(frame.octets); }
//     if (framer.failure()) { close(); }                       // a length-framed stream cannot be
//     resynchronised
#pragma once

#include "smpp/error.hpp"
#include "smpp/flat_queue.hpp"

namespace smpp {

/// What the first octets of a stream are, when they are not SMPP: "HTTP", "TLS", ...; null when
/// they may be SMPP.
[[nodiscard]] const char* other_protocol(octet_span start) noexcept;

class framer {
public:
    explicit framer(std::size_t max_pdu_size) noexcept : max_pdu_size_(max_pdu_size) {}

    /// Room for at least `n` octets from the peer. Ends the validity of the frame that next() gave.
    [[nodiscard]] std::uint8_t* prepare(std::size_t n) {
        drop_frame();
        return queue_.prepare(n);
    }
    [[nodiscard]] std::size_t writable() const noexcept { return queue_.writable(); }
    void commit(std::size_t n) noexcept { queue_.commit(n); }

    /// The next whole PDU, header included; empty when more octets are needed, or after a failure.
    /// Valid until the next call of next(), prepare() or shrink().
    [[nodiscard]] octet_span next() noexcept;

    /// invalid_command_length: below 16 or above the maximum. Stays; nothing more comes out.
    [[nodiscard]] codec_errc failure() const noexcept { return failure_; }
    /// Octets of a PDU that is not whole yet.
    [[nodiscard]] std::size_t partial() const noexcept { return queue_.size() - frame_size_; }
    /// The octets not yet handed out, for telling what else they may be.
    [[nodiscard]] octet_span rest() const noexcept { return queue_.octets().subspan(frame_size_); }

    void set_max_pdu_size(std::size_t size) noexcept { max_pdu_size_ = size; }
    void shrink() {
        drop_frame();
        queue_.shrink();
    }

private:
    void drop_frame() noexcept {
        if (frame_size_ > 0) {
            queue_.consume(frame_size_);
            frame_size_ = 0;
        }
    }

    flat_queue queue_;
    std::size_t frame_size_ = 0;  ///< of the frame handed out last, still at the front of the queue
    std::size_t max_pdu_size_;
    codec_errc failure_ = codec_errc::none;
};

}  // namespace smpp
