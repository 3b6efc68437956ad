#include "smpp-dump/lint_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "smpp/lint/pdu_lint.hpp"
#include "smpp/visitors/json.hpp"

namespace smpp_dump {

namespace {

using smpp::lint::end;

/// One client: an address and an account.
std::string client_of(const session& s) {
    return fmt::format("{}/{}", s.client_name.substr(0, s.client_name.rfind(':')), s.system_id);
}

bool is_bind_response(smpp::command_id id) noexcept {
    using smpp::command_id;
    return id == command_id::bind_receiver_resp || id == command_id::bind_transmitter_resp ||
           id == command_id::bind_transceiver_resp;
}

bool is_bind(smpp::command_id id) noexcept {
    using smpp::command_id;
    return id == command_id::bind_receiver || id == command_id::bind_transmitter ||
           id == command_id::bind_transceiver;
}

bool is_message(smpp::command_id id) noexcept {
    using smpp::command_id;
    return id == command_id::submit_sm || id == command_id::submit_multi ||
           id == command_id::data_sm || id == command_id::deliver_sm;
}

}  // namespace

void lint_output::on_record(const record& r) {
    if (next_ != nullptr) {
        next_->on_record(r);
    }
    const std::chrono::nanoseconds now(r.frame.last.time);
    const end by = r.from_client ? end::esme : end::mc;
    course& of = course_of(r);
    of.last = r.frame.last.time;
    if (r.frame.kind == frame_kind::garbage) {
        if (r.frame.state != sync_state::after_gap) {
            of.lint.on_other_octets(by, r.frame.octets, now);
        }
    } else if (r.frame.kind == frame_kind::truncated) {
        of.lint.on_gap();
    } else {
        check_pdu(r, of);
        of.lint.on_pdu(by, r.frame.octets, now);
        watch_client(r, of);
    }
    tell_session(*r.session, of);
}

/// Tells it of what the capture has lost, the beginning of the session perhaps.
lint_output::course& lint_output::course_of(const record& r) {
    const auto [at, created] = courses_.try_emplace(r.session->number);
    course& of = at->second;
    const bool from_the_middle = created && r.frame.state == sync_state::after_gap &&
                                 r.frame.kind == frame_kind::whole && !is_bind(r.pdu.header.id);
    if (created) {
        of.lint.set_window(window_);
    }
    if (from_the_middle || r.frame.gap > 0) {
        of.lint.on_gap();
    }
    return of;
}

void lint_output::check_pdu(const record& r, const course& of) {
    smpp::lint::options options;
    options.smsc_default = options_.default_alphabet;
    options.sent = std::chrono::floor<smpp::tenths>(std::chrono::sys_time<std::chrono::nanoseconds>(
        std::chrono::nanoseconds(r.frame.last.time)));
    options.version = of.lint.version();
    const std::string_view who = r.from_client ? "esme" : "mc";
    for (const auto& each : smpp::lint::check(r.frame.octets, options)) {
        tell(*r.session, r.frame.last.frame, each, who);
    }
}

void lint_output::watch_client(const record& r, course& of) {
    const smpp::header& head = r.pdu.header;
    if (is_bind_response(head.id)) {
        const std::string client = client_of(*r.session);
        const bool accepted = head.status == smpp::command_status::ok;
        clients_.on_bind(client, head.id, accepted, std::chrono::nanoseconds(r.frame.last.time));
        if (accepted) {
            of.bind = head.id;
            of.lint.belongs_to(clients_.sessions_of(client));
        }
        tell_clients(*r.session);
    }
    of.messages += is_message(head.id) ? 1U : 0U;
}

void lint_output::tell_clients(const session& s) {
    const auto& all = clients_.findings();
    for (; clients_told_ < all.size(); ++clients_told_) {
        tell(s, 0, all[clients_told_].finding, "esme");
    }
}

void lint_output::on_session_end(const session& s) {
    if (next_ != nullptr) {
        next_->on_session_end(s);
    }
    if (const auto found = courses_.find(s.number); found != courses_.end()) {
        course& of = found->second;
        const std::chrono::nanoseconds now(std::max(of.last, s.ended_at));
        const auto by = s.closed_by_client
                            ? std::optional(*s.closed_by_client ? end::esme : end::mc)
                            : std::nullopt;
        of.lint.on_close(now, by);
        tell_session(s, of);
        if (of.bind) {
            clients_.on_end(client_of(s), *of.bind, of.messages, now);
            tell_clients(s);
        }
        courses_.erase(found);
    }
}

void lint_output::tell_session(const session& s, course& of) {
    const auto& all = of.lint.findings();
    for (; of.told < all.size(); ++of.told) {
        const auto& each = all[of.told];
        tell(s, 0, each.finding, each.by == end::esme ? "esme" : "mc");
    }
}

void lint_output::tell(const session& s, std::uint64_t frame, const smpp::lint::finding& f,
                       std::string_view who) {
    const auto& about = smpp::lint::info(f.rule);
    ++counts_[static_cast<std::size_t>(about.severity)];
    std::string& to = out_->line();
    if (!json_) {
        fmt::format_to(std::back_inserter(to), "    {}: {}", who, to_string(f));
        out_->end_of_line();
        return;
    }
    fmt::format_to(std::back_inserter(to),
                   R"({{"finding":"{}","severity":"{}","clause":"{}","session":{},"by":"{}")",
                   about.id, name(about.severity), about.clause, s.number, who);
    if (frame != 0) {
        fmt::format_to(std::back_inserter(to), R"(,"frame":{},"field":"{}","offset":{})", frame,
                       f.field, f.offset);
    }
    to += ",\"text\":";
    smpp::append_json_string(to, about.sentence);
    to += ",\"detail\":";
    smpp::append_json_string(to, f.detail);
    to += '}';
    out_->end_of_line();
}

bool lint_output::found(smpp::lint::severity least) const noexcept {
    for (auto i = static_cast<std::size_t>(least); i < std::size(counts_); ++i) {
        if (counts_[i] > 0) {
            return true;
        }
    }
    return false;
}

std::string lint_output::summary() const {
    return fmt::format("{} errors, {} warnings, {} notes", counts_[2], counts_[1], counts_[0]);
}

}  // namespace smpp_dump
