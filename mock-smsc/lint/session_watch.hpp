// Lints what a client does in a session while it lives, and keeps what it found. What we do
// ourselves is no finding: rules make us misbehave on purpose.
//
//     auto watch = std::make_shared<session_watch>(10'000, [](const auto& finding) { ... });
//     options.trace = watched_trace(...)
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "smpp/asio/server.hpp"
#include "smpp/lint/client_lint.hpp"
#include "smpp/lint/session_lint.hpp"

namespace mock_smsc {

class session_watch {
public:
    using listener = std::function<void(const smpp::lint::session_finding&)>;

    /// Looks at the first `most` PDUs: so many tell how a client behaves, and a flood of them costs
    /// no more than that.
    session_watch(std::uint64_t most, listener on_found)
        : left_(most),
          lint_(std::make_unique<smpp::lint::session_lint>()),
          on_found_(std::move(on_found)) {}

    void on_pdu(smpp::direction way, smpp::octet_span frame);
    /// What the session could not take, a message among them, or what is no PDU.
    void on_bad(smpp::octet_span octets);
    /// `window`: of the account; 0: any number.
    void on_bound(std::uint32_t window,
                  std::shared_ptr<const smpp::lint::client_sessions> sessions);
    /// What the client does over several sessions, seen in this one.
    void add(const smpp::lint::client_finding& found);
    /// The session has ended, by whose doing: keeps the findings only.
    void finish(smpp::lint::end by);

    [[nodiscard]] const std::vector<smpp::lint::session_finding>& findings() const noexcept {
        return found_;
    }

private:
    void check(smpp::octet_span frame);
    void collect();
    void tell(const smpp::lint::session_finding& found);

    std::uint64_t left_;
    std::unique_ptr<smpp::lint::session_lint> lint_;  // null: finished
    std::vector<smpp::lint::session_finding> found_;
    std::map<smpp::lint::rule, unsigned> of_pdus_;  // how often
    std::size_t collected_ = 0;                     // of lint_
    listener on_found_;
};

/// A trace that feeds the watch of each session, and calls `other`, where there is one.
using trace_maker = std::function<smpp::trace_hook(smpp::server_session&)>;
[[nodiscard]] trace_maker watched_trace(trace_maker other);

}  // namespace mock_smsc
