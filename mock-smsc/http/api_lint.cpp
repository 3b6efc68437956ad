// The calls about findings and tags.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/params.hpp"
#include "mock-smsc/json_in.hpp"
#include "mock-smsc/lint/lint_report.hpp"
#include "mock-smsc/lint/session_watch.hpp"
#include "mock-smsc/recorder.hpp"

namespace mock_smsc {
namespace {

smpp::lint::severity severity_param(const http_request& request) {
    using smpp::lint::severity;
    const auto text = request.param("severity").value_or("note");
    for (const auto each : {severity::note, severity::warning, severity::error}) {
        if (text == smpp::lint::name(each)) {
            return each;
        }
    }
    throw api_error(400, "bad_parameter", "severity: note, warning or error expected");
}

/// What PUT /api/v1/messages/tags asks for.
struct tag_change {
    std::optional<std::vector<std::string>> all;
    std::vector<std::string> added, removed;
    bool listed = false;  ///< those of ids only, whose query matches
    std::set<message_number> ids;
    mock_smsc::query query;
};

std::vector<std::string> tags_of(const boost::json::value& given, std::string_view where) {
    std::vector<std::string> out;
    for (const auto& each : json_in::list(given, where)) {
        out.push_back(json_in::text(each, where));
        if (!is_tag(out.back())) {
            json_in::wrong(where, "up to 64 octets without spaces and commas expected");
        }
    }
    if (out.size() > message_note::most_tags) {
        json_in::wrong(where, fmt::format("at most {} expected", message_note::most_tags));
    }
    return out;
}

tag_change parse_tag_change(std::string_view body) {
    const auto parsed = json_in::parse(body);
    tag_change out;
    bool chosen = false;
    bool changes = false;
    for (const auto& [key, value] : json_in::object(parsed, "")) {
        const auto name = json_in::view(key);
        if (name == "tags") {
            out.all = tags_of(value, name);
        } else if (name == "add") {
            out.added = tags_of(value, name);
        } else if (name == "remove") {
            out.removed = tags_of(value, name);
        } else if (name == "query") {
            auto read = query::parse(json_in::text(value, name));
            if (!read.error.empty()) {
                json_in::wrong(name, read.error);
            }
            out.query = std::move(read.query);
        } else if (name == "ids") {
            out.listed = true;
            for (const auto& each : json_in::list(value, name)) {
                out.ids.insert(json_in::count(each, name, 1, ~std::uint64_t{0} - 1));
            }
        } else {
            json_in::wrong(name, "unknown member");
        }
        chosen = chosen || name == "query" || name == "ids";
        changes = changes || (name != "query" && name != "ids");
    }
    if (!chosen || !changes) {
        json_in::wrong("", R"("ids" or "query", and "tags", "add" or "remove" expected)");
    }
    return out;
}

/// True: it has others now.
bool apply(const tag_change& change, message_note& note) {
    const auto before = note.tags;
    if (change.all) {
        note.tags.clear();
        for (const auto& each : *change.all) {
            note.add_tag(each);
        }
    }
    for (const auto& each : change.removed) {
        note.remove_tag(each);
    }
    for (const auto& each : change.added) {
        note.add_tag(each);
    }
    return note.tags != before;
}

}  // namespace

void api::lint(const http_request& request, http_reply& reply) {
    allow_params(request, {"query", "severity", "limit"});
    const auto report = std::make_shared<lint_report>(severity_param(request));
    auto left = number_param(request, "limit", 10'000, 1, 100'000);
    in_slices(reply, [this, reply, report, wanted = query_param(request), left,
                      scope = std::string(scope_param(request)), next = source_.store.end(),
                      session = std::uint64_t{0}]() mutable {
        if (next > source_.store.first() && left > 0) {
            message_reader message = source_.read(--next);
            if (message.found() && wanted.matches(message)) {
                report->add(message);
                --left;
            }
            return true;
        }
        const auto& all = source_.sessions.all();
        const auto at = all.upper_bound(session);
        if (at == all.end()) {
            reply(json_response(200, report->json()));
            return false;
        }
        session = at->first;
        if (scope.empty() || at->second.scope == scope) {
            report->add(at->second);
        }
        return true;
    });
}

void api::lint_message(const http_request& request, std::string_view name, http_reply& reply) {
    with_message(request, name, reply, [this, reply](message_number id) {
        message_reader message = source_.read(id);
        json_out out;
        out.open('{').member("id", message.id()).open("findings", '[');
        for (const auto& each : message.findings()) {
            put_finding(out, each, 0, 0);
        }
        // What the course of its session makes of it.
        const auto* session = message.session();
        if (session != nullptr && session->watch) {
            for (const auto& each : session->watch->findings()) {
                if (each.by == smpp::lint::end::esme &&
                    each.sequence_number == message.pdu().header.sequence_number) {
                    put_finding(out, each, session->id);
                }
            }
        }
        out.close(']').close('}');
        reply(json_response(200, std::move(out.text())));
    });
}

namespace {

/// The messages that a change is for, one after the other.
class tagging {
public:
    tagging(tag_change change, const message_store& store)
        : change_(std::move(change)), next_(store.first()), end_(store.end()) {}

    /// 0: there are no more.
    message_number next(const message_store& store) {
        if (!change_.ids.empty()) {
            return change_.ids.extract(change_.ids.begin()).value();
        }
        if (change_.listed) {
            return 0;
        }
        next_ = std::max(next_, store.first());
        return next_ < end_ ? next_++ : 0;
    }
    void visit(message_reader& message, recorder& records) {
        if (message.found() && change_.query.matches(message)) {
            const bool done = records.annotate(
                message.id(), [this](message_note& note) { return apply(change_, note); });
            changed_ += done ? 1U : 0U;
        }
    }
    [[nodiscard]] std::uint64_t changed() const noexcept { return changed_; }

private:
    tag_change change_;
    message_number next_, end_;
    std::uint64_t changed_ = 0;
};

}  // namespace

void api::put_tags(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    require_writable();
    auto change = checked([&] { return parse_tag_change(request.body); });
    const auto scope = scope_param(request);
    if (!scope.empty()) {
        change.query = change.query.in_scope(scope);
    }
    const auto work = std::make_shared<tagging>(std::move(change), source_.store);
    in_slices(reply, [this, reply, work] {
        const auto id = work->next(source_.store);
        if (id == 0) {
            reply_written(reply,
                          json_response(200, fmt::format(R"({{"changed":{}}})", work->changed())));
            return false;
        }
        message_reader message = source_.read(id);
        work->visit(message, control_.records);
        return true;
    });
}

}  // namespace mock_smsc
