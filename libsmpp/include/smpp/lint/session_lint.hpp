// What the course of a session does against the specification: fed with the PDUs of both sides and
// the time.
//
//     smpp::lint::session_lint lint;
//     lint.on_pdu(smpp::lint::end::esme, frame, now);  // as they pass, in their order
//     lint.on_close(now, smpp::lint::end::esme);
//     for (const auto& each : lint.findings()) { ... }
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/lint/client_sessions.hpp"
#include "smpp/lint/finding.hpp"
#include "smpp/lint/throttle_watch.hpp"

namespace smpp::lint {

struct message_part;

/// The two ends of a session.
enum class end : std::uint8_t { esme, mc };

/// A finding about the course: who did it, and with which PDU.
struct session_finding {
    lint::finding finding;
    end by = end::esme;
    std::uint32_t sequence_number = 0;
    std::chrono::nanoseconds at{};  ///< as given to on_pdu
};

class session_lint {
public:
    using time = std::chrono::nanoseconds;

    session_lint() = default;
    /// `window`: how many requests of the ESME may be outstanding; 0: any number.
    explicit session_lint(std::uint32_t window) : window_(window) {}

    void set_window(std::uint32_t window) noexcept { window_ = window; }
    /// The session is one of a client's: receipts may be for, and come on, another of them.
    void belongs_to(std::shared_ptr<const client_sessions> client) { client_ = std::move(client); }

    /// A PDU sent by `by`, whole. `now` counts from anywhere and never goes back.
    void on_pdu(end by, octet_span frame, time now);
    /// Octets where a PDU should begin and none does: 4 at least, for anything to be said. For the
    /// first octets of a stream; behind a gap they are no fault of the sender.
    void on_other_octets(end by, octet_span octets, time now);
    /// PDUs before the next one were not seen: what they may have done is no finding.
    void on_gap();
    /// The connection has ended; by whose doing, as far as that is known.
    void on_close(time now, std::optional<end> by);

    /// Of the bind that was accepted; empty: not bound, or it was not seen.
    [[nodiscard]] std::optional<interface_version> version() const noexcept { return version_; }

    /// At most `max_findings`; each rule at most ten times.
    [[nodiscard]] const std::vector<session_finding>& findings() const noexcept { return found_; }

    static constexpr std::size_t max_findings = 1000;
    static constexpr time response_time = std::chrono::seconds(10);
    static constexpr time silence = std::chrono::minutes(2);
    /// For so long a phone may keep the parts of a long message.
    static constexpr time reference_reuse = std::chrono::minutes(5);

private:
    enum class state : std::uint8_t { open, bound_tx, bound_rx, bound_trx, unbound };

    /// What a receipt says.
    struct told {
        std::string id{};
        std::optional<message_state> state{};
        bool intermediate = false;
    };
    struct request {
        command_id id{};
        time sent{};
        bool counts = false;  // for the window
        std::uint8_t registered_delivery = 0;
        bool several = false;                      // destinations
        std::optional<interface_version> version;  // of a bind
        std::unique_ptr<told> receipt{};           // null: it is none
    };
    struct side {
        std::unordered_map<std::uint32_t, request> open;  // own requests
        std::unordered_set<std::uint32_t> nacks;  // numbers of the generic_nacks that it got
        std::size_t outstanding = 0;              // of `open` those that count for the window
        time last_enquire{-1};
        std::uint32_t last_number = 0;
        unsigned quick_enquires = 0;
        unsigned busy_enquires = 0;
        bool unbound = false;  // has asked to unbind, or has agreed
    };
    struct long_message {
        std::uint8_t total = 0;
        std::size_t first_part = 0;  // hash of its text; 0: not seen
        time since{};
    };
    /// A message of this session that may get receipts.
    struct message {
        std::uint8_t registered_delivery = 0;
        bool several = false;  // destinations, which have a receipt each
        bool final = false;
        std::optional<message_state> last{};  // that was acknowledged
    };

    void add(rule which, end by, const header& head, std::string detail = {});
    [[nodiscard]] side& of(end by) noexcept { return by == end::esme ? esme_ : mc_; }
    [[nodiscard]] bool is_bound() const noexcept {
        return state_ != state::open && state_ != state::unbound;
    }

    void on_request(end by, const pdu_view& pdu);
    void on_response(end by, const pdu_view& pdu);
    void on_answer(end asker, const request& asked, const pdu_view& answer);
    void remember(end by, const header& head, request sent);
    void check_silence();
    void check_state(end by, const header& head);
    void check_version(end by, const header& head, const std::optional<interface_version>& version);
    void check_tlvs(end by, const pdu_view& pdu);
    void check_enquire(end by, const header& head);
    void check_numbers(end by, const header& head);

    template <class Body>
    void check_submission(const header& head, const Body& body, request& sent);
    void check_part(const header& head, std::string_view source, std::string_view destination,
                    const message_part& part);
    template <class Body>
    void check_receipt(const header& head, const Body& body, request& sent);
    void judge(const header& head, const told& receipt, const message& of);
    [[nodiscard]] message* find_message(std::string_view id);
    [[nodiscard]] bool knows_all_ids() const noexcept;
    void note_message(const request& asked, const pdu_view& answer);
    void note_receipt(const request& asked, command_status status);

    side esme_;
    side mc_;
    std::vector<session_finding> found_;
    std::map<rule, unsigned> counts_;
    std::map<std::string, long_message> long_messages_;  // by addresses and reference
    std::unordered_map<std::string, message> messages_;  // by key of their id
    std::shared_ptr<const client_sessions> client_{};    // null: it is alone
    throttle_watch throttling_;
    state state_ = state::open;
    command_id binding_{};                        // asked for, not answered
    command_id bind_{};                           // that was accepted
    std::optional<interface_version> version_{};  // of the bind
    time now_{};
    time last_pdu_{-1};
    time last_operation_{-1};
    std::uint32_t window_ = 0;
    bool gaps_ = false;
};

}  // namespace smpp::lint
