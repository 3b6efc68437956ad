#include "explain.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "json_text.hpp"
#include "message_time.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

namespace json = boost::json;

std::string json_text(std::string_view text) { return smpp::utf8::repair(text); }

json::object to_json(const address& from) {
    return {{"addr", from.addr},
            {"ton", static_cast<unsigned>(from.ton)},
            {"npi", static_cast<unsigned>(from.npi)}};
}

json::value to_json(const std::optional<message_time>& when) {
    if (!when) {
        return nullptr;
    }
    if (when->after) {
        return json::string(std::to_string(when->after->count()) + "s");
    }
    return when->at.time_since_epoch().count();
}

template <class T>
json::value number_or_null(const std::optional<T>& value) {
    return value ? json::value(static_cast<unsigned>(*value)) : json::value(nullptr);
}

json::array tlvs_json(const parameters& p) {
    json::array out;
    for (const auto& tlv : p.tlvs) {
        out.push_back(json::array{tlv.tag, smpp::to_hex(tlv.value)});
    }
    return out;
}

/// All the parameters under their names, in the order of --help.
json::object to_json(const parameters& p) {
    const auto text = [](std::string_view value) { return json::string(json_text(value)); };
    return {
        {"encoding", p.encoding ? text(smpp::name(*p.encoding)) : text("auto")},
        {"data_coding", number_or_null(p.data_coding)},
        {"default_alphabet", text(smpp::name(p.default_alphabet))},
        {"split", text(smpp::name(p.split))},
        {"bind", text(name(p.bind))},
        {"system_type", text(p.system_type)},
        {"service_type", text(p.service_type)},
        {"interface_version", text(smpp::name(p.interface_version))},
        {"receipt", text(name(p.receipt))},
        {"validity", to_json(p.validity)},
        {"schedule", to_json(p.schedule)},
        {"class", number_or_null(p.message_class)},
        {"protocol_id", p.protocol_id},
        {"priority", p.priority},
        {"tlv", tlvs_json(p)},
        {"from_ton", number_or_null(p.from.ton)},
        {"from_npi", number_or_null(p.from.npi)},
        {"to_ton", number_or_null(p.to.ton)},
        {"to_npi", number_or_null(p.to.npi)},
        {"window", p.window},
        {"rate", p.rate},
        {"cto", p.connect_timeout.count()},
        {"rto", p.response_timeout.count()},
        {"keepalive", p.keepalive.count()},
        {"retry", p.retry},
        {"wait", p.wait.count()},
        {"verify", p.verify},
        {"ca", text(p.ca)},
        {"cert", text(p.cert)},
        {"key", text(p.key)},
        {"servername", text(p.servername)},
        {"tls_min", text(p.tls_min)},
        {"format", text(name(p.format))},
        {"overflow", text(name(p.overflow))},
        {"optional", p.optional},
        {"tag", json::array(p.tags.begin(), p.tags.end())},
    };
}

json::object accepted_json(std::string_view url, const target& t, bool show_secrets) {
    json::array targets;
    for (const auto& to : t.to) {
        targets.push_back(to_json(to));
    }
    json::array invalid;
    for (const auto& bad : t.invalid) {
        invalid.push_back(
            json::object{{"addr", json_text(bad.text)}, {"reason", json_text(bad.reason)}});
    }
    json::array warnings;
    for (const auto& warning : t.warnings) {
        warnings.push_back(json::string(json_text(warning)));
    }
    return {{"url", json_text(show_secrets ? url : std::string_view(t.url))},
            {"accepted", true},
            {"schema", t.schema},
            {"user", t.user},
            {"password", show_secrets ? t.password : "****"},
            {"host", t.host},
            {"port", t.port},
            {"tls", t.tls},
            {"from", to_json(t.from)},
            {"targets", std::move(targets)},
            {"invalid_targets", std::move(invalid)},
            {"warnings", std::move(warnings)},
            {"options", to_json(t.options)}};
}

std::string shown_url(std::string_view url, bool show_secrets) {
    return show_secrets ? json_text(url) : json_text(mask_url(url));
}

/// A value that is refused may itself be a URL.
std::string shown_message(const url_error& error, bool show_secrets) {
    return json_text(show_secrets ? error.message : mask_urls(error.message));
}

std::string describe(const address& number) {
    return fmt::format("{} (TON {} {}, NPI {} {})", number.addr, static_cast<unsigned>(number.ton),
                       smpp::name(number.ton), static_cast<unsigned>(number.npi),
                       smpp::name(number.npi));
}

}  // namespace

std::string refusal_json(std::string_view shown_url, const url_error& error, bool show_secrets) {
    return to_text(json::object{
        {"url", json_text(shown_url)},
        {"accepted", false},
        {"error",
         {{"part", json_text(error.part)}, {"message", shown_message(error, show_secrets)}}}});
}

std::string explain_json(std::string_view url, const parsed<target>& result, bool show_secrets) {
    if (!result) {
        return refusal_json(shown_url(url, show_secrets), result.error(), show_secrets);
    }
    return to_text(accepted_json(url, *result, show_secrets));
}

std::string explain_text(std::string_view url, const parsed<target>& result, bool show_secrets) {
    if (!result) {
        return fmt::format("{}\n  REFUSED    {}: {}\n", shown_url(url, show_secrets),
                           result.error().part, shown_message(result.error(), show_secrets));
    }
    const auto& t = *result;
    auto out =
        fmt::format("{}\n  connect    {}:{} {}\n  bind as    {} (password {})\n  sender     {}\n",
                    show_secrets ? std::string(url) : t.url, t.host, t.port,
                    t.tls ? "with TLS" : "in plaintext", t.user, show_secrets ? t.password : "****",
                    describe(t.from));
    for (const auto& to : t.to) {
        out += fmt::format("  recipient  {}\n", describe(to));
    }
    for (const auto& bad : t.invalid) {
        out += fmt::format("  INVALID    {}\n", bad.reason);
    }
    for (const auto& warning : t.warnings) {
        out += fmt::format("  warning    {}\n", warning);
    }
    const auto standard = to_json(parameters{});
    for (const auto& [key, value] : to_json(t.options)) {
        if (standard.at(key) != value) {
            out += fmt::format("  option     {} = {}\n", std::string_view(key), to_text(value));
        }
    }
    return out;
}

}  // namespace notifier
