// Messages from mobiles: POST /api/v1/mo, and what became of one.
#include <fmt/format.h>

#include <set>

#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/mo.hpp"
#include "mock-smsc/http/params.hpp"
#include "mock-smsc/recorder.hpp"

namespace mock_smsc {
namespace {

[[nodiscard]] bool receives(const session_info& session) {
    return session.closed == 0 && !session.bind.empty() && session.bind != "transmitter";
}

/// Whose it is: what is said, whose session it is, or the only one that receives.
std::string account_for(const mo_request& wanted, const session_registry& sessions,
                        std::string_view scope) {
    if (wanted.session != 0) {
        const session_info* session = sessions.find(wanted.session);
        if (session == nullptr || !receives(*session) ||
            (!scope.empty() && session->scope != scope) ||
            (!wanted.account.empty() && session->system_id != wanted.account)) {
            throw api_error(404, "not_found",
                            fmt::format("there is no session {} that receives", wanted.session));
        }
        return session->system_id;
    }
    if (!wanted.account.empty()) {
        return wanted.account;
    }
    std::set<std::string> bound;
    for (const auto& [id, session] : sessions.all()) {
        if (receives(session) && (scope.empty() || session.scope == scope)) {
            bound.insert(session.system_id);
        }
    }
    if (bound.size() != 1) {
        throw api_error(
            400, "bad_body",
            fmt::format("account: must be given when {} accounts receive", bound.size()));
    }
    return *bound.begin();
}

}  // namespace

void api::post_mo(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    require_writable();
    const auto scope = scope_param(request);
    auto wanted = checked(
        [&] { return parse_mo(request.body, ++mo_reference_, source_.store.default_alphabet()); });
    const auto account = account_for(wanted, source_.sessions, scope);
    if (wanted.session == 0 && !wanted.account.empty() && !scope.empty() &&
        control_.accounts.scope_of(account) != scope) {
        throw api_error(404, "not_found",
                        fmt::format("scope {} has no account {}", scope, account));
    }
    for (const auto& part : wanted.parts) {
        const auto failure = smpp::measure(smpp::command_status::ok, part).failure;
        if (failure) {
            throw api_error(400, "bad_body", smpp::to_string(failure));
        }
    }
    json_out out;
    out.open('{').member("account", account).member("parts", wanted.parts.size()).open("ids", '[');
    for (const auto& part : wanted.parts) {
        const auto id = control_.receipts.queue_mo(account, part, wanted.session);
        if (id == 0) {
            throw api_error(429, "too_many", "too many messages wait for this account");
        }
        out.value(id);
    }
    out.close(']').close('}');
    control_.receipts.pump();
    reply_written(reply, json_response(202, std::move(out.text())));
}

void api::get_mo(const http_request& request, std::string_view id, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    const auto number = parse_decimal(id);
    const mobile_record* known = number ? control_.receipts.mobiles().find(*number) : nullptr;
    if (known == nullptr ||
        (!scope.empty() && control_.accounts.scope_of(known->account) != scope)) {
        throw api_error(404, "not_found", fmt::format("there is no message {} from a mobile", id));
    }
    json_out out;
    put_mobile(out, *known);
    reply(json_response(200, std::move(out.text())));
}

}  // namespace mock_smsc
