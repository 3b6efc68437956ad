// The PDUs that the terminal interface keeps: the newest of them, by session, with what each
// session came to.
//
//     smpp_dump::tui::store kept(limits);
//     kept.add(record);
//     const kept_pdu& pdu = kept.pdu(id);
//     const record r = kept.again(pdu);         // as it was when it came
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "smpp-dump/filter.hpp"
#include "smpp-dump/output.hpp"
#include "smpp-dump/record.hpp"

namespace smpp_dump::tui {

/// How much is kept; beyond it the oldest goes.
struct limits {
    std::size_t pdus = 100'000;
    std::size_t octets = std::size_t{64} << 20;
    std::size_t sessions = 10'000;
};

struct kept_pdu {
    std::uint64_t id = 0;  ///< counts all PDUs that came
    std::uint32_t session = 0;
    bool from_client = true;
    bool bad = false;  ///< refused, or no good PDU
    answer_fault fault = answer_fault::none;
    stream_frame frame;  ///< its octets are those below
    std::string octets;  ///< passwords blanked, unless they may be shown
    std::optional<matched_request> request;
};

struct kept_session {
    session about{};
    std::deque<std::uint64_t> wanted{};  ///< kept PDUs that the filter lets through
    std::size_t kept = 0;
    std::uint64_t pdus = 0;       ///< all that came
    std::uint64_t bad = 0;        ///< of them
    std::int64_t unanswered = 0;  ///< requests without a response so far
    std::int64_t first_time = 0;
    std::int64_t last_time = 0;
    std::string outcome{};  ///< "bound TX", "bind refused: ESME_RINVPASWD"; empty: no bind was seen
    bool ended = false;
};

class store {
public:
    explicit store(const output_options& options, limits most = {})
        : options_(options), most_(most) {}

    void add(const record& r);
    void end(const session& s);
    /// Which PDUs are wanted from now on, and of those that are kept.
    void set_filter(std::optional<filter> wanted, std::string text = {});
    void clear();
    /// While paused PDUs are kept, but not among those wanted.
    void pause(bool on);

    /// By number, also those of which nothing is wanted.
    [[nodiscard]] const std::map<std::uint32_t, kept_session>& sessions() const noexcept {
        return sessions_;
    }
    [[nodiscard]] const kept_session* find(std::uint32_t number) const;
    /// Null when it has gone.
    [[nodiscard]] const kept_pdu* find_pdu(std::uint64_t id) const noexcept;
    [[nodiscard]] record again(const kept_pdu& pdu) const;
    /// Of all sessions, in the order in which they came.
    template <class Visit>
    void each_pdu(Visit visit) const {
        for (const kept_pdu& each : pdus_) {
            visit(each);
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return pdus_.size(); }
    [[nodiscard]] std::uint64_t came() const noexcept { return next_id_; }
    [[nodiscard]] const limits& most() const noexcept { return most_; }
    [[nodiscard]] const output_options& options() const noexcept { return options_; }
    [[nodiscard]] bool filtered() const noexcept { return filter_.has_value(); }
    /// What the filter was made of; empty: there is none.
    [[nodiscard]] const std::string& filter_text() const noexcept { return filter_text_; }
    [[nodiscard]] bool paused() const noexcept { return paused_; }
    /// Another one after everything that changes what is kept or wanted.
    [[nodiscard]] std::uint64_t changes() const noexcept { return changes_; }
    /// PDUs that came during the pause.
    [[nodiscard]] std::uint64_t waiting() const noexcept { return paused_ ? next_id_ - halt_ : 0; }

private:
    void sift();
    void judge(kept_session& of, const record& r);
    void make_room();
    void drop_oldest();
    void drop_sessions();

    output_options options_;
    limits most_;
    std::optional<filter> filter_{};
    std::string filter_text_{};
    std::deque<kept_pdu> pdus_{};
    std::map<std::uint32_t, kept_session> sessions_{};
    std::size_t octets_ = 0;
    std::uint64_t next_id_ = 0;
    std::uint64_t halt_ = 0;  // the first that came during the pause
    std::uint64_t changes_ = 0;
    bool paused_ = false;
};

}  // namespace smpp_dump::tui
