#include <fmt/format.h>

#include <algorithm>
#include <boost/regex.hpp>
#include <set>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/accounts/networks.hpp"
#include "mock-smsc/accounts/password.hpp"
#include "mock-smsc/json_in.hpp"

namespace mock_smsc {
namespace {

using json_in::json::value;

std::string limited_text(const value& given, std::string_view where, std::size_t most) {
    auto text = json_in::text(given, where);
    if (text.size() > most) {
        json_in::wrong(where, fmt::format("at most {} octets expected", most));
    }
    return text;
}

std::uint8_t binds_of(const value& given, const std::string& where) {
    std::uint8_t out = 0;
    for (const value& each : json_in::list(given, where)) {
        const auto word = json_in::text(each, where);
        std::uint8_t bit = 0;
        for (const auto kind :
             {bind_kind::transmitter, bind_kind::receiver, bind_kind::transceiver}) {
            bit = word == bind_word(kind) ? static_cast<std::uint8_t>(kind) : bit;
        }
        if (bit == 0) {
            json_in::wrong(where, fmt::format("transmitter, receiver or transceiver expected, "
                                              "not \"{}\"",
                                              word));
        }
        out = static_cast<std::uint8_t>(out | bit);
    }
    return out;
}

std::string pattern_of(const value& given, const std::string& where) {
    auto text = limited_text(given, where, 1000);
    try {
        const boost::regex tried(text, boost::regex::perl);
    } catch (const std::exception& bad) {
        json_in::wrong(where, fmt::format("bad regular expression: {}", bad.what()));
    }
    return text;
}

std::vector<std::string> networks_of(const value& given, const std::string& where) {
    std::vector<std::string> out;
    for (const value& each : json_in::list(given, where)) {
        out.push_back(limited_text(each, where, 100));
        if (!is_network(out.back())) {
            json_in::wrong(where, fmt::format("an address or a network such as 10.0.0.0/8 "
                                              "expected, not \"{}\"",
                                              out.back()));
        }
    }
    return out;
}

void read_tps(const value& given, const std::string& where, account_settings& out) {
    constexpr double most = 1e9;
    if (!given.is_object()) {
        out.tps = json_in::number(given, where, 0, most);
    } else {
        for (const auto& [key, member] : given.get_object()) {
            const auto at = fmt::format("{}.{}", where, json_in::view(key));
            if (key == "rate") {
                out.tps = json_in::number(member, at, 0, most);
            } else if (key == "burst") {
                out.burst = json_in::number(member, at, 1, most);
            } else {
                json_in::wrong(at, "unknown");
            }
        }
    }
    out.burst = out.burst == 0 ? std::max(1.0, out.tps) : out.burst;
}

void read_password(const value& given, const std::string& where, parsed_account& out) {
    out.keeps_password = false;
    if (given.is_null()) {
        return;
    }
    out.settings.password = limited_text(given, where, 1000);
    if (const auto failed = check_kept_password(*out.settings.password); !failed.empty()) {
        json_in::wrong(where, failed);
    }
}

void read_member(std::string_view name, const value& given, const std::string& at,
                 parsed_account& out) {
    account_settings& s = out.settings;
    const auto count = [&](std::uint64_t most) {
        return static_cast<std::uint32_t>(json_in::count(given, at, 0, most));
    };
    if (name == "system_id") {
        s.system_id = limited_text(given, at, 15);
    } else if (name == "password") {
        read_password(given, at, out);
    } else if (name == "binds") {
        s.binds = binds_of(given, at);
    } else if (name == "max_binds") {
        s.max_binds = count(1'000'000);
    } else if (name == "addresses") {
        s.addresses = pattern_of(given, at);
    } else if (name == "tps") {
        read_tps(given, at, s);
    } else if (name == "window") {
        s.window = count(1'000'000);
    } else if (name == "networks") {
        s.networks = networks_of(given, at);
    } else if (name == "scope") {
        s.scope = limited_text(given, at, 100);
    } else if (name != "bound") {  // which the API adds when it shows one
        json_in::wrong(at, "unknown");
    }
}

parsed_account account_of(const value& given, const std::string& where) {
    parsed_account out;
    out.keeps_password = true;
    const std::string dot = where.empty() ? "" : where + ".";
    for (const auto& [key, member] : json_in::object(given, where)) {
        read_member(json_in::view(key), member, dot + std::string(json_in::view(key)), out);
    }
    if (out.settings.system_id.empty()) {
        json_in::wrong(where, "\"system_id\" is missing");
    }
    return out;
}

}  // namespace

std::vector<parsed_account> parse_accounts(std::string_view text) {
    const value parsed = json_in::parse(text);
    const value* list = &parsed;
    if (const auto* object = parsed.if_object();
        object != nullptr && object->contains("accounts")) {
        for (const auto& [key, member] : *object) {
            if (key != "accounts") {
                json_in::wrong(json_in::view(key), "unknown");
            }
        }
        list = object->if_contains("accounts");
    }
    std::vector<parsed_account> out;
    if (!list->is_array()) {
        out.push_back(account_of(*list, ""));
        return out;
    }
    std::set<std::string> names;
    for (const value& each : list->get_array()) {
        out.push_back(account_of(each, fmt::format("accounts[{}]", out.size())));
        if (!names.insert(out.back().settings.system_id).second) {
            json_in::wrong(fmt::format("accounts[{}].system_id", out.size() - 1), "given twice");
        }
    }
    return out;
}

}  // namespace mock_smsc
