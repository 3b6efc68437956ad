// What the course of a session does against the specification: fed with the PDUs of both sides and
// the time.
//
//     smpp::lint::session_lint lint;
//     lint.on_pdu(smpp::lint::end::esme, frame, now);  // as they pass, in their order
//     lint.on_close(now);
//     for (const auto& each : lint.findings()) { ... }
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/lint/finding.hpp"

namespace smpp::lint {

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

    /// A PDU sent by `by`, whole. `now` counts from anywhere and never goes back.
    void on_pdu(end by, octet_span frame, time now);
    /// The first octets of a stream that is no SMPP, 4 at least.
    void on_other_octets(end by, octet_span octets, time now);
    /// The connection has ended.
    void on_close(time now);

    /// At most `max_findings`; each rule at most ten times.
    [[nodiscard]] const std::vector<session_finding>& findings() const noexcept { return found_; }

    static constexpr std::size_t max_findings = 1000;
    static constexpr time response_time = std::chrono::seconds(10);
    static constexpr time silence = std::chrono::minutes(2);
    /// For so long a phone may keep the parts of a long message.
    static constexpr time reference_reuse = std::chrono::minutes(5);

private:
    struct request {
        command_id id{};
        time sent{};
        bool wants_receipt = false;
    };
    struct side {
        std::unordered_map<std::uint32_t, request> open;  // own requests
        std::unordered_set<std::uint32_t> nacks;  // numbers of the generic_nacks that it got
        time last_enquire{-1};
        std::uint32_t last_number = 0;
        unsigned quick_enquires = 0;
    };
    struct long_message {
        std::uint8_t total = 0;
        std::size_t first_part = 0;  // hash of its text; 0: not seen
        time since{};
    };
    /// A message of this session that may get receipts.
    struct message {
        bool wants_receipt = false;
        bool final = false;
    };

    void add(rule which, end by, const header& head, std::string detail = {});
    [[nodiscard]] side& of(end by) noexcept { return by == end::esme ? esme_ : mc_; }
    void on_request(end by, const pdu_view& pdu);
    void on_response(end by, const pdu_view& pdu);
    void check_state(end by, const header& head);
    void check_version(end by, const pdu_view& pdu);
    void check_submit(end by, const pdu_view& pdu, request& sent);
    void check_receipt(end by, const pdu_view& pdu);
    void check_enquire(end by, const header& head);
    void check_numbers(end by, const header& head);
    void check_concat(end by, const header& head, const submit_sm_view& submit);
    void note_answer(const request& asked, const pdu_view& answer);

    side esme_;
    side mc_;
    std::vector<session_finding> found_;
    std::map<rule, unsigned> counts_;
    std::map<std::string, long_message> long_messages_;    // by addresses and reference
    std::unordered_map<std::string, message> messages_;    // by key of their id
    command_id bind_{};                                    // 0: not bound
    command_id binding_{};                                 // asked for, not answered
    interface_version version_ = interface_version::v3_4;  // of the bind
    time now_{};
    time last_pdu_{-1};
    time last_operation_{-1};
    time throttled_{-1};
    unsigned after_throttling_ = 0;
    std::uint32_t window_ = 0;
    bool unbound_ = false;
};

}  // namespace smpp::lint
