#include "mock-smsc/lint/session_watch.hpp"

#include "mock-smsc/sessions.hpp"

namespace mock_smsc {
namespace {

std::chrono::nanoseconds now() { return std::chrono::steady_clock::now().time_since_epoch(); }

}  // namespace

void session_watch::on_pdu(smpp::direction way, smpp::octet_span frame) {
    if (left_ == 0 || !lint_) {
        return;
    }
    lint_->on_pdu(way == smpp::direction::in ? smpp::lint::end::esme : smpp::lint::end::mc, frame,
                  now());
    report();
    if (--left_ == 0) {
        found_ = lint_->findings();
        lint_.reset();
    }
}

void session_watch::finish() {
    if (lint_) {
        lint_->on_close(now(), smpp::lint::end::esme);
        report();
        found_ = lint_->findings();
        lint_.reset();
    }
}

void session_watch::report() {
    for (; reported_ < lint_->findings().size(); ++reported_) {
        if (on_found_) {
            on_found_(lint_->findings()[reported_]);
        }
    }
}

trace_maker watched_trace(trace_maker other) {
    return [other = std::move(other)](smpp::server_session& session) -> smpp::trace_hook {
        // The session gets its watch when it opens, before its first PDU.
        return [&session, watch = std::shared_ptr<session_watch>(),
                next = other ? other(session) : smpp::trace_hook()](
                   smpp::direction way, smpp::octet_span frame) mutable {
            if (!watch) {
                watch = static_cast<const session_info*>(session.attachment.get())->watch;
            }
            watch->on_pdu(way, frame);
            if (next) {
                next(way, frame);
            }
        };
    };
}

}  // namespace mock_smsc
