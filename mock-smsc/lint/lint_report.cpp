#include "mock-smsc/lint/lint_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mock-smsc/lint/session_watch.hpp"

namespace mock_smsc {
namespace {

namespace lint = smpp::lint;

std::string_view side(lint::end by) noexcept { return by == lint::end::esme ? "esme" : "mc"; }

void put_common(json_out& out, const lint::finding& found) {
    const lint::rule_info& rule = lint::info(found.rule);
    out.member("rule", rule.id)
        .member("severity", lint::name(rule.severity))
        .member("clause", rule.clause)
        .member("sentence", rule.sentence);
    if (!found.field.empty()) {
        out.member("field", found.field).member("offset", found.offset);
    }
    if (!found.detail.empty()) {
        out.member("detail", found.detail);
    }
}

}  // namespace

void put_finding(json_out& out, const lint::finding& found, std::uint64_t message,
                 std::uint64_t session) {
    out.open('{');
    if (message != 0) {
        out.member("message", message);
    }
    if (session != 0) {
        out.member("session", session);
    }
    put_common(out, found);
    out.close('}');
}

void put_finding(json_out& out, const lint::session_finding& found, std::uint64_t session) {
    out.open('{').member("session", session);
    out.member("by", side(found.by)).member("sequence_number", found.sequence_number);
    put_common(out, found.finding);
    out.close('}');
}

void lint_report::add(message_reader& message) {
    ++messages_;
    for (const lint::finding& each : message.findings()) {
        add({each, lint::end::esme, 0, {}}, message.id(), 0);
    }
}

void lint_report::add(const session_info& session) {
    ++sessions_;
    if (session.watch) {
        for (const lint::session_finding& each : session.watch->findings()) {
            add(each, 0, session.id);
        }
    }
}

void lint_report::add(const lint::session_finding& found, std::uint64_t message,
                      std::uint64_t session) {
    if (lint::info(found.finding.rule).severity < least_) {
        return;
    }
    entry& to = entries_[found.finding.rule];
    to.rule = found.finding.rule;
    ++to.count;
    if (to.examples.size() < examples_each) {
        to.examples.push_back({message, session, found});
    }
}

std::uint64_t lint_report::count(lint::severity least) const noexcept {
    std::uint64_t out = 0;
    for (const auto& [rule, each] : entries_) {
        out += lint::info(rule).severity >= least ? each.count : 0;
    }
    return out;
}

std::vector<const lint_report::entry*> lint_report::sorted() const {
    std::vector<const entry*> out;
    for (const auto& [rule, each] : entries_) {
        out.push_back(&each);
    }
    std::stable_sort(out.begin(), out.end(), [](const entry* a, const entry* b) {
        const auto x = lint::info(a->rule).severity;
        const auto y = lint::info(b->rule).severity;
        return x != y ? x > y : a->count > b->count;
    });
    return out;
}

std::string lint_report::json() const {
    json_out out;
    out.open('{').member("messages", messages_).member("sessions", sessions_);
    const auto errors = count(lint::severity::error);
    const auto warnings = count(lint::severity::warning) - errors;
    out.member("errors", errors).member("warnings", warnings);
    out.member("notes", count(lint::severity::note) - errors - warnings);
    out.open("findings", '[');
    for (const entry* each : sorted()) {
        const lint::rule_info& rule = lint::info(each->rule);
        out.open('{')
            .member("rule", rule.id)
            .member("severity", lint::name(rule.severity))
            .member("clause", rule.clause)
            .member("sentence", rule.sentence)
            .member("count", each->count);
        out.open("examples", '[');
        for (const example& one : each->examples) {
            if (one.message != 0) {
                put_finding(out, one.found.finding, one.message, 0);
            } else {
                put_finding(out, one.found, one.session);
            }
        }
        out.close(']').close('}');
    }
    out.close(']').close('}');
    return std::move(out.text());
}

std::string lint_report::text() const {
    const auto errors = count(lint::severity::error);
    const auto warnings = count(lint::severity::warning) - errors;
    std::string out = fmt::format(
        "lint: {} errors, {} warnings, {} notes in {} messages and {} "
        "sessions\n",
        errors, warnings, count(lint::severity::note) - errors - warnings, messages_, sessions_);
    for (const entry* each : sorted()) {
        const lint::rule_info& rule = lint::info(each->rule);
        out += fmt::format("  {} {} ({}), {} times: {}\n", lint::name(rule.severity), rule.id,
                           rule.clause, each->count, rule.sentence);
        for (const example& one : each->examples) {
            const lint::finding& found = one.found.finding;
            out += one.message != 0 ? fmt::format("    message {}", one.message)
                                    : fmt::format("    session {}, {} {}", one.session,
                                                  side(one.found.by), one.found.sequence_number);
            out += found.field.empty() ? std::string()
                                       : fmt::format(", {} at octet {}", found.field, found.offset);
            out += found.detail.empty() ? "\n" : ": " + found.detail + "\n";
        }
    }
    return out;
}

}  // namespace mock_smsc
