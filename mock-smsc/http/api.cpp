#include "mock-smsc/http/api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "mock-smsc/http/params.hpp"

namespace mock_smsc {
namespace {

constexpr std::string_view base = "/api/v1";

std::optional<std::uint64_t> parse_id(std::string_view text) {
    std::uint64_t id = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(id)
                                                                     : std::nullopt;
}

}  // namespace

/// A path with at most one "{}" at its end, and what answers it.
struct api::route {
    std::string_view method;
    std::string_view path;
    void (*call)(api&, const http_request&, std::string_view rest, http_reply&);
};

const api::route api::routes[] = {
    {"GET", "/api/v1/messages",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.list_messages(q, r); }},
    {"GET", "/api/v1/messages/{}",
     [](api& a, const http_request& q, std::string_view rest, http_reply& r) {
         a.get_message(q, rest, r);
     }},
    {"GET", "/api/v1/wait",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.wait(q, r); }},
    {"GET", "/api/v1/sessions",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.list_sessions(q, r); }},
    {"GET", "/api/v1/sessions/{}",
     [](api& a, const http_request&, std::string_view rest, http_reply& r) {
         a.get_session(rest, r);
     }},
    {"DELETE", "/api/v1/messages",
     [](api& a, const http_request& q, std::string_view, http_reply& r) {
         a.delete_messages(q, r);
     }},
    {"POST", "/api/v1/messages/{}",
     [](api& a, const http_request& q, std::string_view rest, http_reply& r) {
         a.post_message(q, rest, r);
     }},
    {"GET", "/api/v1/rules",
     [](api& a, const http_request&, std::string_view, http_reply& r) { a.list_rules(r); }},
    {"POST", "/api/v1/rules",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.add_rules(q, r); }},
    {"PUT", "/api/v1/rules",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.replace_rules(q, r); }},
    {"DELETE", "/api/v1/rules",
     [](api& a, const http_request&, std::string_view, http_reply& r) { a.delete_rules("", r); }},
    {"DELETE", "/api/v1/rules/{}",
     [](api& a, const http_request&, std::string_view rest, http_reply& r) {
         a.delete_rules(rest, r);
     }},
    {"POST", "/api/v1/mo",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.post_mo(q, r); }},
    {"POST", "/api/v1/reset",
     [](api& a, const http_request&, std::string_view, http_reply& r) { a.reset(r); }},
    {"GET", "/livez",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.probe(q, r); }},
    {"GET", "/readyz",
     [](api& a, const http_request& q, std::string_view, http_reply& r) { a.probe(q, r); }},
};

void api::handle(const http_request& request, http_reply reply) {
    const std::string_view path = request.path;
    std::string allowed;
    try {
        for (const route& each : routes) {
            const auto open = each.path.find("{}");
            const auto fixed = each.path.substr(0, open);
            const bool fits = open == std::string_view::npos
                                  ? path == fixed
                                  : path.starts_with(fixed) && path.size() > fixed.size();
            if (fits && each.method == request.method) {
                each.call(*this, request, path.substr(fixed.size()), reply);
                return;
            }
            if (fits) {
                allowed += (allowed.empty() ? "" : ", ") + std::string(each.method);
            }
        }
        if (!allowed.empty()) {
            auto response =
                api_error(405, "method_not_allowed", request.method + " is not possible here")
                    .response();
            response.allow = allowed;
            reply(std::move(response));
            return;
        }
        throw api_error(404, "not_found",
                        fmt::format("nothing is at {}; the API begins at {}/messages", path, base));
    } catch (const api_error& failed) {
        reply(failed.response());
    } catch (const std::exception& failed) {
        reply(api_error(500, "internal", failed.what()).response());
    }
}

std::string api::messages_json(const std::vector<message_number>& ids, detail how) const {
    json_out out;
    out.open('{').open("messages", '[');
    std::size_t written = 0;
    for (const message_number id : ids) {
        message_reader message(source_.store, source_.sessions, id);
        if (message.found()) {  // what was found before may be gone now
            put_message(out, message, source_, how);
            ++written;
        }
    }
    out.close(']').member("count", written);
    out.member("total", source_.store.size());
    out.close('}');
    return std::move(out.text());
}

void api::list_messages(const http_request& request, http_reply& reply) {
    allow_params(request, {"query", "limit", "after", "before", "full"});
    constexpr auto greatest = ~std::uint64_t{0};
    const auto wanted = query_param(request);
    const auto limit = number_param(request, "limit", 50, 1, 1000);
    const auto after = number_param(request, "after", 0, 0, greatest - 1);
    const auto before = number_param(request, "before", greatest, 0, greatest);
    const auto how = flag_param(request, "full") ? detail::full : detail::summary;

    const message_store& store = source_.store;
    const auto oldest = std::max(store.first(), after + 1);
    std::vector<message_number> ids;
    for (auto id = std::min(store.end(), before); id > oldest && ids.size() < limit; --id) {
        message_reader message(store, source_.sessions, id - 1);
        if (message.found() && wanted.matches(message)) {
            ids.push_back(id - 1);
        }
    }
    reply({200, messages_json(ids, how), "application/json", {}});
}

void api::get_message(const http_request& request, std::string_view rest, http_reply& reply) {
    allow_params(request, {"query"});
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto name = rest.substr(0, slash);
    const auto aspect = rest.substr(slash);
    const message_store& store = source_.store;
    std::optional<message_number> id;
    if (name == "latest") {
        const auto wanted = query_param(request);
        for (auto at = store.end(); at > store.first() && !id; --at) {
            message_reader candidate(store, source_.sessions, at - 1);
            if (candidate.found() && wanted.matches(candidate)) {
                id = at - 1;
            }
        }
    } else {
        id = parse_id(name);
    }
    message_reader message(store, source_.sessions, id.value_or(0));
    if (!message.found()) {
        throw api_error(404, "not_found", fmt::format("there is no message {}", name));
    }
    json_out out;
    if (aspect.empty()) {
        put_message(out, message, source_, detail::full);
    } else if (aspect == "/pdu") {
        put_located_fields(out, message);
    } else if (aspect == "/raw") {
        reply({200, std::string(smpp::as_text(message.octets())), "application/octet-stream", {}});
        return;
    } else {
        throw api_error(404, "not_found", "a message has /pdu and /raw");
    }
    reply({200, std::move(out.text()), "application/json", {}});
}

void api::wait(const http_request& request, http_reply& reply) {
    allow_params(request, {"query", "count", "after", "timeout", "full"});
    using namespace std::chrono_literals;
    const auto how = flag_param(request, "full") ? detail::full : detail::summary;
    waiters::wish wanted;
    wanted.query = query_param(request);
    wanted.count = number_param(request, "count", 1, 1, 10'000);
    wanted.after = number_param(request, "after", 0, 0, ~std::uint64_t{0} - 1);
    wanted.timeout = duration_param(request, "timeout", 10s, 600s);
    wanted.done = [this, how, reply](const std::vector<message_number>& ids, bool enough) {
        reply({enough ? 200U : 408U, messages_json(ids, how), "application/json", {}});
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
    json_out out;
    out.open('{').open("sessions", '[');
    std::size_t written = 0;
    const auto& all = source_.sessions.all();
    for (auto at = all.rbegin(); at != all.rend() && written < limit; ++at) {
        const session_info& session = at->second;
        if (!state || (session.closed == 0) == (*state == "live")) {
            put_session(out, session);
            ++written;
        }
    }
    out.close(']').member("live", source_.sessions.live()).close('}');
    reply({200, std::move(out.text()), "application/json", {}});
}

void api::get_session(std::string_view id, http_reply& reply) {
    const auto number = parse_id(id);
    const session_info* session = number ? source_.sessions.find(*number) : nullptr;
    if (session == nullptr) {
        throw api_error(404, "not_found", fmt::format("there is no session {}", id));
    }
    json_out out;
    put_session(out, *session);
    reply({200, std::move(out.text()), "application/json", {}});
}

void api::probe(const http_request& request, http_reply& reply) {
    if (request.path == "/readyz" && !ready) {
        throw api_error(503, "not_ready", "stopping");
    }
    reply({200, R"({"status":"ok"})", "application/json", {}});
}

}  // namespace mock_smsc
