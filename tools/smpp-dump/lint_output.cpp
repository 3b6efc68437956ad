#include "smpp-dump/lint_output.hpp"

#include <fmt/format.h>

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

}  // namespace

void lint_output::on_record(const record& r) {
    if (next_ != nullptr) {
        next_->on_record(r);
    }
    const std::chrono::nanoseconds now(r.frame.last.time);
    if (r.frame.kind == frame_kind::garbage) {
        course& of = courses_[r.session->number];
        of.lint.on_other_octets(r.from_client ? end::esme : end::mc, r.frame.octets, now);
        tell_session(*r.session, of);
    }
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    smpp::lint::options options;
    options.smsc_default = options_.default_alphabet;
    options.sent =
        std::chrono::floor<smpp::tenths>(std::chrono::sys_time<std::chrono::nanoseconds>(now));
    const std::string_view who = r.from_client ? "esme" : "mc";
    for (const auto& each : smpp::lint::check(r.frame.octets, options)) {
        tell(*r.session, r.frame.last.frame, each, who);
    }
    course& of = courses_[r.session->number];
    of.last = r.frame.last.time;
    of.lint.on_pdu(r.from_client ? end::esme : end::mc, r.frame.octets, now);
    watch_client(r, of);
    tell_session(*r.session, of);
}

void lint_output::watch_client(const record& r, course& of) {
    const smpp::header& head = r.pdu.header;
    if (is_bind_response(head.id)) {
        of.bound = of.bound || head.status == smpp::command_status::ok;
        clients_.on_bind(client_of(*r.session), head.id, head.status == smpp::command_status::ok,
                         std::chrono::nanoseconds(r.frame.last.time));
        tell_clients(*r.session);
    }
    of.messages += head.id == smpp::command_id::submit_sm ? 1U : 0U;
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
        found->second.lint.on_close(std::chrono::nanoseconds(found->second.last), end::esme);
        tell_session(s, found->second);
        if (found->second.bound) {
            clients_.on_end(client_of(s), smpp::command_id::bind_transceiver,
                            found->second.messages, std::chrono::nanoseconds(found->second.last));
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
