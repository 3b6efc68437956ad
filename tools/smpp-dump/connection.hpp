// A TCP connection: both directions put in order, told to be SMPP or not, and given as records.
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "smpp-dump/ip.hpp"
#include "smpp-dump/record.hpp"
#include "smpp-dump/request_table.hpp"
#include "smpp-dump/session_course.hpp"
#include "smpp-dump/tls/tls_reader.hpp"

namespace smpp_dump {

/// What is needed to read TLS, and what became of it.
struct tls_context_of_capture {
    key_log keys{};
    std::function<void(const std::string&)> tell{};  ///< gets what cannot be decrypted, and why
    std::uint64_t keyless = 0;  ///< connections for which there was no key log at all
    std::uint64_t failed = 0;   ///< others that could not be decrypted
};

/// What the connections of a capture share.
struct connection_context {
    record_sink* sink = nullptr;
    std::uint32_t sessions = 0;
    std::uint32_t streams = 0;                  ///< connections, whatever they carry
    std::set<std::uint16_t> ports{2775, 3550};  ///< where SMPP is expected
    std::int64_t late_after = 0;                ///< nanoseconds; 0: no response is late
    tls_context_of_capture* tls = nullptr;      ///< null: TLS is not looked for
};

class connection {
public:
    /// `first` is its first packet in the capture; `forced`: it is SMPP whatever it looks like.
    connection(connection_context& context, const tcp_segment& first, bool forced);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// REQUIRES: a segment between the two ends.
    void add(const tcp_segment& segment, const stamp& seen);
    /// Gives what is held back and what is incomplete.
    void finish();

    /// Whether `segment` opens another connection between the same ends.
    [[nodiscard]] bool is_reopened_by(const tcp_segment& segment) const noexcept;
    [[nodiscard]] bool closed() const noexcept { return course_.closed(); }
    [[nodiscard]] bool finished() const noexcept { return finished_; }
    [[nodiscard]] std::int64_t last_seen() const noexcept { return last_seen_; }

private:
    class side final : public frame_sink, public stream_sink {
    public:
        side(connection& owner, stream_start start) : stream(*this, start), owner_(&owner) {}
        void on_frame(const stream_frame& frame) override;
        /// Where the octets of the reassembler go.
        [[nodiscard]] stream_sink& input() noexcept {
            return how == carriage::plain ? static_cast<stream_sink&>(stream) : *this;
        }
        // Until it is known whether this is TLS, and when it is.
        void on_octets(smpp::octet_span octets, const stamp& seen) override;
        void on_gap(std::uint64_t n, const stamp& noticed) override;

        enum class carriage : std::uint8_t { unknown, plain, tls } how = carriage::unknown;
        stream_reassembler order{};
        pdu_stream stream;
        request_table requests{};   // sent by this side
        std::uint32_t initial = 0;  // sequence number of its SYN
        bool syn_seen = false;
        bool gap_seen = false;  // before it was known how this side speaks, or in plain octets

    private:
        connection* owner_;
    };

    [[nodiscard]] side& from(const tcp_segment& segment) noexcept {
        return segment.source == opener_ ? *opening_ : *answering_;
    }
    void settle();
    void end_session();
    void begin_tls();
    void tell_tls();
    void make_session(const side& talker, smpp::command_id first);
    void on_frame(side& talker, const stream_frame& frame);
    void match(side& talker, record& r);

    connection_context* context_;
    end_point opener_;  // sent the SYN, or the first packet seen
    end_point answerer_;
    std::unique_ptr<side> opening_;
    std::unique_ptr<side> answering_;
    std::unique_ptr<session> session_{};
    std::unique_ptr<tls_reader> tls_{};
    std::int64_t last_seen_ = 0;
    std::uint32_t stream_;
    bool opener_known_ = false;  // the SYN was seen
    bool settled_ = false;       // SMPP or not is decided for both directions
    bool lossless_ = true;       // every octet since the SYNs was there
    session_course course_{};
    bool finished_ = false;
    bool tls_told_ = false;
};

}  // namespace smpp_dump
