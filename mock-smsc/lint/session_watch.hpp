// Lints the course of a session while it lives, and keeps what it found.
//
//     auto watch = std::make_shared<session_watch>(10'000, [](const auto& finding) { ... });
//     options.trace = watched_trace(...)
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "smpp/asio/server.hpp"
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
    /// The session has ended: keeps the findings only.
    void finish();

    [[nodiscard]] const std::vector<smpp::lint::session_finding>& findings() const noexcept {
        return lint_ ? lint_->findings() : found_;
    }

private:
    void report();

    std::uint64_t left_;
    std::unique_ptr<smpp::lint::session_lint> lint_;  // null: finished
    std::vector<smpp::lint::session_finding> found_;
    std::size_t reported_ = 0;
    listener on_found_;
};

/// A trace that feeds the watch of each session, and calls `other`, where there is one.
using trace_maker = std::function<smpp::trace_hook(smpp::server_session&)>;
[[nodiscard]] trace_maker watched_trace(trace_maker other);

}  // namespace mock_smsc
