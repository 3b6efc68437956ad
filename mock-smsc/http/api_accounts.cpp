// The calls about accounts.
#include "mock-smsc/accounts/accounts.hpp"
#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/params.hpp"

namespace mock_smsc {
namespace {

void put_texts(json_out& out, std::string_view name, const std::vector<std::string>& texts) {
    out.open(name, '[');
    for (const auto& each : texts) {
        out.value(each);
    }
    out.close(']');
}

void put_binds(json_out& out, std::uint8_t binds) {
    out.open("binds", '[');
    for (const auto kind : {bind_kind::transmitter, bind_kind::receiver, bind_kind::transceiver}) {
        if ((binds & static_cast<unsigned>(kind)) != 0) {
            out.value(bind_word(kind));
        }
    }
    out.close(']');
}

/// What PUT takes again; a password does not show, and stays where none is given.
void put_account(json_out& out, const account& whose) {
    const account_settings& s = whose.settings();
    out.open('{').member("system_id", s.system_id);
    if (!s.password) {
        out.null("password");
    }
    put_binds(out, s.binds);
    out.member("max_binds", s.max_binds).member("addresses", s.addresses);
    out.open("tps", '{').member("rate", s.tps).member("burst", std::max(1.0, s.burst)).close('}');
    out.member("window", s.window);
    put_texts(out, "networks", s.networks);
    out.member("scope", s.scope).member("bound", whose.bound).close('}');
}

}  // namespace

void api::list_accounts(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    json_out out;
    out.open('{').open("accounts", '[');
    for (const auto& [name, each] : control_.accounts.all()) {
        if (scope.empty() || each->settings().scope == scope) {
            put_account(out, *each);
        }
    }
    out.close(']').close('}');
    reply(json_response(200, std::move(out.text())));
}

void api::replace_accounts(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    checked([&] {
        control_.accounts.replace(request.body,
                                  scope.empty() ? std::nullopt : std::optional(std::string(scope)));
    });
    list_accounts(request, reply);
}

}  // namespace mock_smsc
