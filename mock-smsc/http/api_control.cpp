// The calls that change something: rules, receipts by hand, messages from mobiles, deletion, reset.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/metrics.hpp"
#include "mock-smsc/http/params.hpp"
#include "mock-smsc/names.hpp"
#include "mock-smsc/options.hpp"
#include "mock-smsc/recorder.hpp"
#include "mock-smsc/rules/json_values.hpp"

namespace mock_smsc {
namespace {

void put_rule(json_out& out, const rule& each) {
    // The rule's own members first, as they were given.
    std::string given = each.json;
    given.pop_back();
    out.open('{')
        .member("id", each.id)
        .member("matched", each.matched)
        .member("applied", each.applied);
    if (each.of_carrier) {
        out.member("carrier", true);
    }
    if (!each.scope.empty()) {
        out.member("scope", each.scope);
    }
    if (given.size() > 1) {
        out.raw() += "," + given.substr(1);
    }
    out.close('}');
}

std::uint64_t id_of(std::string_view text) {
    if (const auto id = parse_decimal(text)) {
        return *id;
    }
    throw api_error(404, "not_found", fmt::format("\"{}\" is no number", text));
}

}  // namespace

void api::list_rules(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    json_out out;
    out.open('{').open("rules", '[');
    for (const rule& each : control_.rules.rules()) {
        if (scope.empty() || each.scope == scope) {
            put_rule(out, each);
        }
    }
    out.close(']').close('}');
    reply(json_response(200, std::move(out.text())));
}

void api::add_rules(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto id = checked([&] { return control_.rules.add(request.body, scope_param(request)); });
    reply(json_response(201, fmt::format(R"({{"id":{}}})", id)));
}

void api::replace_rules(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    checked([&] { control_.rules.replace(request.body, scope_param(request)); });
    list_rules(request, reply);
}

void api::delete_rules(const http_request& request, std::string_view id, http_reply& reply) {
    allow_params(request, {});
    if (id.empty()) {
        control_.rules.clear(scope_param(request));
    } else if (!control_.rules.erase(id_of(id))) {
        throw api_error(404, "not_found", fmt::format("there is no rule {}", id));
    }
    reply(json_response(200, "{}"));
}

void api::delete_messages(const http_request& request, http_reply& reply) {
    allow_params(request, {"query"});
    require_writable();
    in_slices(reply, [this, reply, wanted = query_param(request), next = source_.store.first(),
                      end = source_.store.end(), count = std::uint64_t{0}]() mutable {
        next = std::max(next, source_.store.first());
        if (next >= end) {
            reply_written(reply, json_response(200, fmt::format(R"({{"deleted":{}}})", count)));
            return false;
        }
        message_reader message = source_.read(next);
        if (message.found() && wanted.matches(message)) {
            control_.records.erase(next);
            ++count;
        }
        ++next;
        return true;
    });
}

namespace {

struct receipt_by_hand {
    smpp::message_state state{};
    std::shared_ptr<const receipt_action> how;  // null: as usual
};

/// {"state":"EXPIRED"}, and how it shall look, as in the action "receipt".
receipt_by_hand parse_receipt(std::string_view body) {
    boost::system::error_code failed;
    const auto value = boost::json::parse({body.data(), body.size()}, failed);
    const auto* object = failed ? nullptr : value.if_object();
    const auto* given = object == nullptr ? nullptr : object->if_contains("state");
    const auto* text = given == nullptr ? nullptr : given->if_string();
    const auto named = text == nullptr ? std::nullopt : state_named({text->data(), text->size()});
    if (!named) {
        throw std::runtime_error(R"({"state":"DELIVERED"} or another message state expected)");
    }
    for (const auto& member : *object) {
        constexpr std::string_view known[] = {"state", "err", "format",   "id",
                                              "dates", "in",  "duplicate"};
        const auto key = rule_json::view(member.key());
        if (std::find(std::begin(known), std::end(known), key) == std::end(known)) {
            rule_json::wrong(key, "unknown");
        }
    }
    return {*named, object->size() == 1 ? nullptr : rule_json::receipt_of(value, "receipt")};
}

}  // namespace

void api::post_receipt(const http_request& request, std::string_view name, http_reply& reply) {
    const auto wanted = checked([&] { return parse_receipt(request.body); });
    allow_params(request, {});
    require_writable();
    const auto id = id_of(name);
    const auto scope = scope_param(request);
    message_reader message = source_.read(id);
    if ((!scope.empty() && message.found() && message.scope() != scope) ||
        !control_.records.finish_by_hand(id, wanted.state, wanted.how)) {
        throw api_error(404, "not_found", fmt::format("there is no message {}", id));
    }
    reply_written(reply, json_response(202, "{}"));
}

void api::delete_session(const http_request& request, std::string_view id, http_reply& reply) {
    allow_params(request, {"how"});
    const auto how = request.param("how").value_or("unbind");
    const session_info* session = source_.sessions.find(id_of(id));
    const auto live = session == nullptr ? nullptr : session->live.lock();
    const auto scope = scope_param(request);
    if (!live || (!scope.empty() && session->scope != scope)) {
        throw api_error(404, "not_found", fmt::format("there is no live session {}", id));
    }
    if (how == "unbind") {
        live->shutdown();
    } else if (how == "fin") {
        live->abort();
    } else if (how == "rst") {
        live->reset();
    } else if (how == "stall") {
        stall_session(*live);
    } else {
        throw api_error(400, "bad_parameter", "how: unbind, fin, rst or stall expected");
    }
    reply(json_response(202, "{}"));
}

void api::metrics(http_reply& reply) {
    auto response = json_response(200, metrics_text({source_, control_.receipts, control_.counts,
                                                     control_.rules, control_.server}));
    response.content_type = "text/plain; version=0.0.4";
    reply(std::move(response));
}

void api::events(const http_request& request, http_reply& reply) {
    allow_params(request, {"query"});
    http_response response;
    response.stream = [this, query = query_param(request),
                       scope =
                           std::string(scope_param(request))](std::shared_ptr<event_stream> to) {
        feed_.subscribe({std::move(to), query, scope});
    };
    reply(std::move(response));
}

void api::reset_scope(const std::string& scope, const http_reply& reply) {
    control_.rules.clear(scope);
    for (const auto& [name, account] : control_.accounts.all()) {
        if (account->settings().scope == scope) {
            control_.receipts.clear(name);
        }
    }
    reply_written(reply, json_response(200, "{}"));
}

void api::reset(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    require_writable();
    const std::string scope(scope_param(request));
    if (scope.empty()) {
        control_.records.reset();
        control_.rules.set_carrier({control_.start.carrier, control_.start.receipt});
        control_.records.set_receipt_delay(control_.start.receipt_delay);
        checked([&] { control_.rules.replace(control_.first_rules); });
        control_.rules.restart();
        checked([&] { control_.accounts.replace(control_.first_accounts); });
        return reply_written(reply, json_response(200, "{}"));
    }
    in_slices(reply, [this, reply, scope, next = source_.store.first(),
                      end = source_.store.next()]() mutable {
        next = std::max(next, source_.store.first());
        if (next >= end) {
            reset_scope(scope, reply);
            return false;
        }
        control_.records.erase_of_scope(next++, scope);
        return true;
    });
}

}  // namespace mock_smsc
