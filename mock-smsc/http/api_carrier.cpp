// What a carrier does by itself: outbind, alerts, its habits.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/expectation.hpp"
#include "mock-smsc/http/params.hpp"
#include "mock-smsc/json_in.hpp"
#include "mock-smsc/options.hpp"
#include "mock-smsc/receipts/mobile_message.hpp"
#include "mock-smsc/recorder.hpp"
#include "smpp/asio/server.hpp"

namespace mock_smsc {
namespace {

namespace json = boost::json;

/// The body, an object of nothing but such members.
json::object body_of(const http_request& request, std::initializer_list<std::string_view> known) {
    try {
        const auto value = json_in::parse(request.body);
        json::object out = json_in::object(value, "");
        for (const auto& member : out) {
            const auto key = json_in::view(member.key());
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                json_in::wrong(key, "unknown");
            }
        }
        return out;
    } catch (const std::runtime_error& wrong) {
        throw api_error(400, "bad_body", wrong.what());
    }
}

std::string text_at(const json::object& body, std::string_view name, std::string_view fallback) {
    const auto* value = body.if_contains({name.data(), name.size()});
    return value == nullptr ? std::string(fallback) : json_in::text(*value, name);
}

struct where_to {
    std::string host;
    std::uint16_t port = 0;
};

where_to host_and_port(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto port =
        colon == std::string::npos ? std::nullopt : parse_size(text.substr(colon + 1));
    if (!port || *port == 0 || *port > 65535 || colon == 0) {
        json_in::wrong("to", "HOST:PORT expected");
    }
    auto host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    return {std::move(host), static_cast<std::uint16_t>(*port)};
}

std::uint8_t availability_of(const std::string& word) {
    if (word == "available") {
        return 0;
    }
    if (word == "denied" || word == "unavailable") {
        return word == "denied" ? 1 : 2;
    }
    json_in::wrong("availability", "available, denied or unavailable expected");
}

}  // namespace

void api::post_outbind(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto body = body_of(request, {"to", "system_id", "password"});
    smpp::outbind ask;
    const auto to = checked([&] {
        ask.system_id = text_at(body, "system_id", "mock-smsc");
        ask.password = text_at(body, "password", "");
        if (const auto bad = smpp::measure(smpp::command_status::ok, ask).failure) {
            throw std::runtime_error(smpp::to_string(bad));
        }
        return host_and_port(text_at(body, "to", ""));
    });
    control_.server.dial(
        to.host, to.port,
        [ask, reply](const smpp::error_code& failed, smpp::server_session* session) {
            if (session == nullptr) {
                reply(api_error(502, "unreachable", failed.message()).response());
                return;
            }
            std::ignore = session->notify(ask);
            const auto& info = *static_cast<session_info*>(session->attachment.get());
            reply({202, fmt::format(R"({{"session":{}}})", info.id), "application/json", {}, {}});
        });
}

void api::post_alert(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto scope = scope_param(request);
    const auto body = body_of(request, {"account", "from", "to", "availability"});
    smpp::alert_notification alert;
    const auto account = checked([&] {
        const auto from = address_of_number(text_at(body, "from", ""));
        const auto to = address_of_number(text_at(body, "to", ""));
        alert.source.digits = from.digits;
        alert.source.ton = from.ton;
        alert.source.npi = from.npi;
        alert.esme.digits = to.digits;
        alert.esme.ton = to.ton;
        alert.esme.npi = to.npi;
        if (body.contains("availability")) {
            alert.tlvs.set(smpp::tlv::ms_availability_status,
                           availability_of(text_at(body, "availability", "")));
        }
        if (const auto bad = smpp::measure(smpp::command_status::ok, alert).failure) {
            throw std::runtime_error(smpp::to_string(bad));
        }
        return text_at(body, "account", "");
    });
    for (const auto& [id, session] : source_.sessions.all()) {
        const auto live = session.live.lock();
        const bool theirs = (account.empty() || session.system_id == account) &&
                            (scope.empty() || session.scope == scope);
        if (live && theirs && !session.stalled && !session.bind.empty() &&
            session.bind != "transmitter" && !live->notify(alert)) {
            reply({202, fmt::format(R"({{"session":{}}})", id), "application/json", {}, {}});
            return;
        }
    }
    throw api_error(409, "not_bound", "no receiver or transceiver is bound for that");
}

void api::get_carrier(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const carrier_habits& habits = control_.rules.carrier();
    json_out out;
    out.open('{')
        .member("preset", habits.preset)
        .member("receipt_delay", fmt::format("{}ms", control_.records.receipt_delay().count()));
    out.raw() += ",\"receipt\":" + (habits.receipt.empty() ? "null" : habits.receipt);
    out.close('}');
    reply({200, std::move(out.text()), "application/json", {}, {}});
}

void api::put_carrier(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto body = body_of(request, {"preset", "receipt_delay", "receipt"});
    checked([&] {
        carrier_habits habits = control_.rules.carrier();
        habits.preset = text_at(body, "preset", habits.preset);
        if (const auto* receipt = body.if_contains("receipt")) {
            habits.receipt = receipt->is_null() ? std::string() : json::serialize(*receipt);
        }
        const auto delay = body.contains("receipt_delay")
                               ? parse_duration(text_at(body, "receipt_delay", ""))
                               : std::optional(control_.records.receipt_delay());
        if (!delay) {
            json_in::wrong("receipt_delay", "a time such as \"200ms\" expected");
        }
        control_.rules.set_carrier(habits);
        control_.records.set_receipt_delay(*delay);
    });
    get_carrier(request, reply);
}

}  // namespace mock_smsc
