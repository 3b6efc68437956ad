#include "mock-smsc/http/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "mock-smsc/http/message_page.hpp"
#include "mock-smsc/http/openapi.hpp"
#include "mock-smsc/http/params.hpp"

namespace mock_smsc {
namespace {

constexpr std::string_view base = "/api/v1";

}  // namespace

/// A path with at most one segment "{id}", and what answers it.
struct api::route {
    std::string_view method;
    std::string_view path;
    std::string_view summary;
    void (*call)(api&, const http_request&, std::string_view id, http_reply&);
};

#define CALL(...)                                                           \
    [](api& a, const http_request& q, std::string_view id, http_reply& r) { \
        std::ignore = std::tie(q, id);                                      \
        a.__VA_ARGS__;                                                      \
    }

const api::route api::routes[] = {
    {"GET", "/api/v1/messages", "messages, newest first", CALL(list_messages(q, r))},
    {"DELETE", "/api/v1/messages", "forgets those that match", CALL(delete_messages(q, r))},
    {"PUT", "/api/v1/messages/tags", "sets, adds or removes tags", CALL(put_tags(q, r))},
    {"GET", "/api/v1/messages/{id}", "one message, or `latest`",
     CALL(get_message(q, id, aspect::all, r))},
    {"GET", "/api/v1/messages/{id}/pdu", "its fields with their places in the octets",
     CALL(get_message(q, id, aspect::fields, r))},
    {"GET", "/api/v1/messages/{id}/raw", "its octets", CALL(get_message(q, id, aspect::octets, r))},
    {"GET", "/api/v1/messages/{id}/lint", "what it does against the specification",
     CALL(lint_message(q, id, r))},
    {"POST", "/api/v1/messages/{id}/receipt", "a receipt by hand", CALL(post_receipt(q, id, r))},
    {"GET", "/api/v1/wait", "waits until messages are there", CALL(wait(q, r))},
    {"POST", "/api/v1/expect", "passes, or says how messages differ", CALL(expect(q, r))},
    {"GET", "/api/v1/lint", "what clients did against the specification", CALL(lint(q, r))},
    {"GET", "/api/v1/events", "what happens: server-sent events, or a WebSocket",
     CALL(events(q, r))},
    {"GET", "/api/v1/sessions", "sessions, newest first", CALL(list_sessions(q, r))},
    {"GET", "/api/v1/sessions/{id}", "one session", CALL(get_session(q, id, r))},
    {"DELETE", "/api/v1/sessions/{id}", "ends a session", CALL(delete_session(q, id, r))},
    {"GET", "/api/v1/rules", "the rules in force", CALL(list_rules(q, r))},
    {"POST", "/api/v1/rules", "adds one or a list", CALL(add_rules(q, r))},
    {"PUT", "/api/v1/rules", "replaces them all", CALL(replace_rules(q, r))},
    {"DELETE", "/api/v1/rules", "removes them all", CALL(delete_rules(q, "", r))},
    {"DELETE", "/api/v1/rules/{id}", "removes one", CALL(delete_rules(q, id, r))},
    {"GET", "/api/v1/accounts", "the accounts and their limits", CALL(list_accounts(q, r))},
    {"PUT", "/api/v1/accounts", "replaces them", CALL(replace_accounts(q, r))},
    {"POST", "/api/v1/mo", "a message from a mobile", CALL(post_mo(q, r))},
    {"GET", "/api/v1/mo/{id}", "what became of one", CALL(get_mo(q, id, r))},
    {"POST", "/api/v1/outbind", "asks a client that listens to bind", CALL(post_outbind(q, r))},
    {"POST", "/api/v1/alert", "an alert_notification", CALL(post_alert(q, r))},
    {"GET", "/api/v1/carrier", "the preset, and how receipts are sent", CALL(get_carrier(q, r))},
    {"PUT", "/api/v1/carrier", "changes them", CALL(put_carrier(q, r))},
    {"POST", "/api/v1/reset", "back to the start", CALL(reset(q, r))},
    {"GET", "/api/v1/openapi.json", "this description", CALL(describe(r))},
    {"GET", "/metrics", "counters for Prometheus", CALL(metrics(r))},
    {"GET", "/livez", "whether the program runs", CALL(probe(q, r))},
    {"GET", "/readyz", "whether it takes clients", CALL(probe(q, r))},
};

#undef CALL

namespace {

/// The segment at "{id}", or an empty one; no value: the path does not fit.
std::optional<std::string_view> fit(std::string_view pattern, std::string_view path) {
    const auto open = pattern.find("{id}");
    if (open == std::string_view::npos) {
        return path == pattern ? std::optional(std::string_view()) : std::nullopt;
    }
    const auto before = pattern.substr(0, open);
    const auto after = pattern.substr(open + 4);
    if (!path.starts_with(before) || !path.ends_with(after) ||
        path.size() <= before.size() + after.size()) {
        return std::nullopt;
    }
    const auto id = path.substr(open, path.size() - before.size() - after.size());
    return id.find('/') == std::string_view::npos ? std::optional(id) : std::nullopt;
}

}  // namespace

namespace {

/// False: it threw, and that is answered.
template <class F>
bool answered_by(const http_reply& reply, const F& call) {
    try {
        return call();
    } catch (const api_error& failed) {
        reply(failed.response());
    } catch (const std::exception& failed) {
        reply(api_error(500, "internal", failed.what()).response());
    }
    return false;
}

}  // namespace

void api::handle(const http_request& request, http_reply reply) {
    std::ignore = answered_by(reply, [&] {
        route_to(request, reply);
        return true;
    });
}

void api::in_slices(const http_reply& reply, slices::step work) {
    control_.works.run(
        [reply, work = std::move(work)] { return answered_by(reply, [&] { return work(); }); });
}

void api::route_to(const http_request& request, http_reply& reply) {
    std::string allowed;
    for (const route& each : routes) {
        const auto id = fit(each.path, request.path);
        if (id && each.method == request.method) {
            each.call(*this, request, *id, reply);
            return;
        }
        if (id) {
            allowed += (allowed.empty() ? "" : ", ") + std::string(each.method);
        }
    }
    if (allowed.empty()) {
        throw api_error(
            404, "not_found",
            fmt::format("nothing is at {}; the API begins at {}/messages", request.path, base));
    }
    auto response =
        api_error(405, "method_not_allowed", request.method + " is not possible here").response();
    response.allow = allowed;
    reply(std::move(response));
}

void api::describe(http_reply& reply) {
    json_out out;
    begin_description(out);
    std::string_view open;
    for (const route& each : routes) {
        if (each.path != open) {
            out.close_if(!open.empty(), '}').open(each.path, '{');
            open = each.path;
        }
        describe_call(out, each.method, each.path, each.summary);
    }
    out.close('}');
    end_description(out);
    reply(json_response(200, std::move(out.text())));
}

void api::reply_messages(unsigned status, std::vector<message_number> ids,
                         std::shared_ptr<message_page> page, const http_reply& reply) {
    const auto list = std::make_shared<const std::vector<message_number>>(std::move(ids));
    in_slices(reply, [reply, status, page, list, at = std::size_t{0}]() mutable {
        if (at == list->size() || page->full()) {
            reply(json_response(status, page->text()));
            return false;
        }
        page->add((*list)[at++]);
        return true;
    });
}

void api::list_messages(const http_request& request, http_reply& reply) {
    allow_params(request, {"query", "limit", "after", "before", "full", "joined"});
    constexpr auto greatest = ~std::uint64_t{0};
    const auto wanted = query_param(request);
    const auto limit = number_param(request, "limit", 50, 1, 1000);
    const auto after = number_param(request, "after", 0, 0, greatest - 1);
    const auto before = number_param(request, "before", greatest, 0, greatest);
    const auto how = flag_param(request, "full") ? detail::full : detail::summary;

    const bool joined = flag_param(request, "joined");
    const auto page = std::make_shared<message_page>(source_, how, joined);
    auto next = std::min(source_.store.end(), before);
    in_slices(reply, [this, reply, wanted, limit, after, page, joined, next]() mutable {
        const auto oldest = std::max(source_.store.first(), after + 1);
        if (next <= oldest || page->count() >= limit || page->full()) {
            reply(json_response(200, page->text()));
            return false;
        }
        message_reader message = source_.read(--next);
        if (message.found() && (!joined || message.is_last_part()) && wanted.matches(message)) {
            page->add(message);
        }
        return true;
    });
}

namespace {

void put_octets(const message_reader& message, const http_reply& reply) {
    auto response = json_response(200, std::string(smpp::as_text(message.octets())));
    response.content_type = "application/octet-stream";
    reply(std::move(response));
}

}  // namespace

void api::with_message(const http_request& request, std::string_view name, const http_reply& reply,
                       std::function<void(message_number)> use) {
    allow_params(request, {"query"});
    const auto refuse = [text = std::string(name)] {
        throw api_error(404, "not_found", fmt::format("there is no message {}", text));
    };
    const message_store& store = source_.store;
    if (name != "latest") {
        const auto id = parse_decimal(name).value_or(0);
        const message_reader message = source_.read(id);
        const auto scope = scope_param(request);
        if (!message.found() || (!scope.empty() && message.scope() != scope)) {
            refuse();
        }
        return use(id);
    }
    in_slices(reply, [this, refuse, wanted = query_param(request), use = std::move(use),
                      next = store.end()]() mutable {
        if (next <= source_.store.first()) {
            refuse();
        }
        message_reader message = source_.read(--next);
        if (!message.found() || !wanted.matches(message)) {
            return true;
        }
        use(next);
        return false;
    });
}

void api::get_message(const http_request& request, std::string_view name, aspect wanted_aspect,
                      http_reply& reply) {
    with_message(request, name, reply, [this, wanted_aspect, reply](message_number id) {
        message_reader message = source_.read(id);
        json_out out;
        switch (wanted_aspect) {
            case aspect::all: put_message(out, message, source_, detail::full); break;
            case aspect::fields: put_located_fields(out, message); break;
            case aspect::octets: return put_octets(message, reply);
        }
        reply(json_response(200, std::move(out.text())));
    });
}

void api::wait(const http_request& request, http_reply& reply) {
    allow_params(request, {"query", "count", "after", "timeout", "full", "joined"});
    using namespace std::chrono_literals;
    const auto how = flag_param(request, "full") ? detail::full : detail::summary;
    waiters::wish wanted;
    wanted.query = query_param(request);
    wanted.count = number_param(request, "count", 1, 1, 10'000);
    wanted.after = number_param(request, "after", 0, 0, ~std::uint64_t{0} - 1);
    wanted.timeout = duration_param(request, "timeout", 10s, 600s);
    wanted.joined = flag_param(request, "joined");
    wanted.done = [this, how, joined = wanted.joined, reply](const std::vector<message_number>& ids,
                                                             bool enough) {
        reply_messages(enough ? 200U : 408U, ids,
                       std::make_shared<message_page>(source_, how, joined), reply);
    };
    waiters_.add(std::move(wanted));
}

void api::list_sessions(const http_request& request, http_reply& reply) {
    allow_params(request, {"limit", "state"});
    const auto limit = number_param(request, "limit", 100, 1, 10'000);
    const auto state = request.param("state");
    if (state && *state != "live" && *state != "closed") {
        throw api_error(400, "bad_parameter", "state: live or closed expected");
    }
    const auto live = state ? std::optional(*state == "live") : std::nullopt;
    const auto out = std::make_shared<json_out>();
    out->open('{').open("sessions", '[');
    in_slices(reply, [this, reply, live, scope = std::string(scope_param(request)), out,
                      left = limit, next = ~std::uint64_t{0}]() mutable {
        const auto& all = source_.sessions.all();
        const auto after = all.lower_bound(next);
        if (after == all.begin() || left == 0) {
            out->close(']').member("live", source_.sessions.live()).close('}');
            reply(json_response(200, std::move(out->text())));
            return false;
        }
        const session_info& session = std::prev(after)->second;
        next = session.id;
        if ((!live || (session.closed == 0) == *live) &&
            (scope.empty() || session.scope == scope)) {
            put_session(*out, session);
            --left;
        }
        return true;
    });
}

void api::get_session(const http_request& request, std::string_view id, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    const auto number = parse_decimal(id);
    const session_info* session = number ? source_.sessions.find(*number) : nullptr;
    if (session == nullptr || (!scope.empty() && session->scope != scope)) {
        throw api_error(404, "not_found", fmt::format("there is no session {}", id));
    }
    json_out out;
    put_session(out, *session);
    reply(json_response(200, std::move(out.text())));
}

void api::probe(const http_request& request, http_reply& reply) {
    if (request.path == "/readyz" && !ready) {
        throw api_error(503, "not_ready", "stopping");
    }
    reply(json_response(200, R"({"status":"ok"})"));
}

}  // namespace mock_smsc
