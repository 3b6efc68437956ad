#include "mock-smsc/lint/session_watch.hpp"

#include "mock-smsc/sessions.hpp"
#include "smpp/lint/pdu_lint.hpp"

namespace mock_smsc {
namespace {

namespace lint = smpp::lint;

constexpr unsigned most_of_a_rule = 10;

std::chrono::nanoseconds now() { return std::chrono::steady_clock::now().time_since_epoch(); }

/// Messages are recorded, and checked when somebody asks for them.
bool is_message(smpp::command_id id) noexcept {
    return id == smpp::command_id::submit_sm || id == smpp::command_id::submit_multi ||
           id == smpp::command_id::data_sm || id == smpp::command_id::broadcast_sm;
}

bool is_pdu(smpp::octet_span octets) noexcept {
    return octets.size() >= smpp::header_size &&
           smpp::load_be<std::uint32_t>(octets.data()) == octets.size();
}

}  // namespace

void session_watch::on_pdu(smpp::direction way, smpp::octet_span frame) {
    if (left_ == 0 || !lint_) {
        return;
    }
    const bool from_client = way == smpp::direction::in;
    lint_->on_pdu(from_client ? lint::end::esme : lint::end::mc, frame, now());
    collect();
    if (from_client && !is_message(smpp::decode_header(frame).id)) {
        check(frame);
    }
    if (--left_ == 0) {
        lint_.reset();
    }
}

void session_watch::on_bad(smpp::octet_span octets) {
    if (!lint_) {
        return;
    }
    if (!is_pdu(octets)) {
        lint_->on_other_octets(lint::end::esme, octets, now());
        collect();
    } else if (is_message(smpp::decode_header(octets).id)) {
        check(octets);  // it will not be recorded
    }
}

void session_watch::on_bound(std::uint32_t window,
                             std::shared_ptr<const lint::client_sessions> sessions) {
    if (lint_) {
        lint_->set_window(window);
        lint_->belongs_to(std::move(sessions));
    }
}

void session_watch::add(const lint::client_finding& found) {
    tell({found.finding, lint::end::esme, 0, found.at});
}

void session_watch::finish(lint::end by) {
    if (lint_) {
        lint_->on_close(now(), by);
        collect();
        lint_.reset();
    }
}

void session_watch::check(smpp::octet_span frame) {
    for (const lint::finding& each : lint::check(frame)) {
        if (of_pdus_[each.rule]++ < most_of_a_rule) {
            tell({each, lint::end::esme, smpp::decode_header(frame).sequence_number, now()});
        }
    }
}

void session_watch::collect() {
    for (; collected_ < lint_->findings().size(); ++collected_) {
        const auto& each = lint_->findings()[collected_];
        if (each.by == lint::end::esme) {
            tell(each);
        }
    }
}

void session_watch::tell(const lint::session_finding& found) {
    found_.push_back(found);
    if (on_found_) {
        on_found_(found);
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
