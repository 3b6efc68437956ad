#include "smpp-dump/raw_input.hpp"

#include <array>
#include <deque>
#include <set>

#include "smpp-dump/octet_source.hpp"

namespace smpp_dump {
namespace {

/// A frame with octets of its own.
struct kept_frame {
    stream_frame frame{};
    std::string octets{};
};

/// One direction: reads on when its frames are used up.
class lane final : private frame_sink {
public:
    explicit lane(const std::string& path) : source_(open_source(path)) { stream_.confirm(); }

    /// Null at the end.
    [[nodiscard]] const kept_frame* head() {
        while (frames_.empty() && !ended_) {
            const std::size_t got = source_->read(room_.data(), room_.size());
            if (got > 0) {
                stream_.on_octets({room_.data(), got}, stamp{0, ++reads_});
            } else {
                stream_.finish();
                ended_ = true;
            }
        }
        return frames_.empty() ? nullptr : &frames_.front();
    }
    void pop() { frames_.pop_front(); }
    [[nodiscard]] std::string damage() const { return source_->damage(); }

private:
    void on_frame(const stream_frame& frame) override {
        frames_.push_back({frame, std::string(smpp::as_text(frame.octets))});
    }

    std::unique_ptr<octet_source> source_;
    pdu_stream stream_{*this};
    std::deque<kept_frame> frames_{};
    std::array<std::uint8_t, 65536> room_{};
    std::uint64_t reads_ = 0;
    bool ended_ = false;
};

class merger {
public:
    explicit merger(record_sink& sink) : sink_(&sink) {}
    void finish() { sink_->on_session_end(session_); }

    /// A response to what was not shown so far waits.
    [[nodiscard]] bool ready(const kept_frame* next, bool from_client) const {
        if (next == nullptr || next->frame.kind == frame_kind::garbage) {
            return next != nullptr;
        }
        const auto head = smpp::decode_header(smpp::as_octets(next->octets));
        return !smpp::is_response(head.id) || shown_.contains({!from_client, head.sequence_number});
    }
    [[nodiscard]] static bool is_response(const kept_frame* next) {
        return next != nullptr && next->frame.kind != frame_kind::garbage &&
               smpp::is_response(smpp::decode_header(smpp::as_octets(next->octets)).id);
    }

    void show(const kept_frame& next, bool from_client) {
        record r;
        r.frame = next.frame;
        r.frame.octets = smpp::as_octets(next.octets);
        r.session = &session_;
        r.from_client = from_client;
        if (r.frame.kind != frame_kind::garbage) {
            r.pdu.header = smpp::decode_header(r.frame.octets);
            note(r.pdu.header, from_client);
        }
        if (r.frame.kind == frame_kind::whole) {
            r.failure =
                smpp::decode(r.frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations);
            remember_account(session_, r.pdu.body);
        }
        sink_->on_record(r);
    }

private:
    void note(const smpp::header& head, bool from_client) {
        constexpr std::size_t most = 100'000;  // unanswered
        if (smpp::is_response(head.id)) {
            shown_.erase({!from_client, head.sequence_number});
        } else {
            shown_.insert({from_client, head.sequence_number});
        }
        if (shown_.size() > most) {
            shown_.erase(shown_.begin());
        }
    }

    record_sink* sink_;
    session session_{1, {}, {}, "esme", "mc", {}};
    std::set<std::pair<bool, std::uint32_t>> shown_{};
};

}  // namespace

std::string read_raw(const std::string& client_file, const std::string& server_file,
                     record_sink& sink) {
    lane client(client_file);
    lane server(server_file);
    merger both(sink);
    for (;;) {
        const kept_frame* const asked = client.head();
        const kept_frame* const said = server.head();
        if (asked == nullptr && said == nullptr) {
            break;
        }
        // Answers come at once; where both wait for the other, something is missing.
        const bool answer_now = merger::is_response(said) && both.ready(said, false);
        const bool from_client = asked != nullptr && !answer_now &&
                                 (both.ready(asked, true) || !both.ready(said, false));
        both.show(from_client ? *asked : *said, from_client);
        (from_client ? client : server).pop();
    }
    both.finish();
    return client.damage().empty() ? server.damage() : client.damage();
}

}  // namespace smpp_dump
