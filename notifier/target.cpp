#include "target.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include "ascii.hpp"
#include "host.hpp"
#include "smpp/text/iso8859.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

constexpr std::uint16_t smpp_port = 2775;
constexpr std::uint16_t smpps_port = 3550;
constexpr std::size_t longest_credential = 64;

/// Turns one raw URL into a target; the steps run in order and stop at the first refusal.
class interpreter {
public:
    interpreter(raw_url url, const target_defaults& defaults)
        : url_(std::move(url)), defaults_(defaults) {
        out_.schema = url_.schema;
        out_.tls = url_.schema == "smpps";
        out_.warnings = std::move(url_.warnings);
    }

    parsed<target> run() {
        sort_query();
        for (const auto step : {&interpreter::read_options, &interpreter::read_host,
                                &interpreter::read_credentials, &interpreter::read_sender,
                                &interpreter::read_recipients, &interpreter::check_files}) {
            if (auto error = (this->*step)()) {
                return *error;
            }
        }
        return std::move(out_);
    }

private:
    using step_result = std::optional<url_error>;

    void sort_query() {
        const auto& overrides = defaults_.overrides;
        // A configuration's sender and recipients stand in place of all that the URL has.
        sender_in_path_ = std::none_of(url_.query.begin(), url_.query.end(), [](const auto& given) {
            return canonical_key(given.key) == "from" && !given.value.empty();
        });
        recipients_replaced_ = has_key(overrides, "to");
        std::erase_if(url_.query, [&](const query_parameter& given) {
            return has_key(overrides, canonical_key(given.key));
        });
        url_.query.insert(url_.query.end(), defaults_.overrides.begin(), defaults_.overrides.end());
        for (auto& given : url_.query) {
            const auto key = canonical_key(given.key);
            if (key == "to") {
                to_.push_back(given.value);
            } else if (key == "user" || key == "pass" || key == "host" || key == "port" ||
                       key == "from") {
                take_single(key, given);
            } else {
                options_.push_back(std::move(given));
            }
        }
    }

    static bool has_key(const std::vector<query_parameter>& where, std::string_view key) {
        return std::any_of(where.begin(), where.end(), [&](const query_parameter& given) {
            return canonical_key(given.key) == key;
        });
    }

    void take_single(std::string_view key, const query_parameter& given) {
        auto& slot = key == "user"   ? user_
                     : key == "pass" ? password_
                     : key == "host" ? host_
                     : key == "port" ? port_
                                     : from_;
        if (given.value.empty()) {
            out_.warnings.push_back(given.key + "= is empty and ignored");
            return;
        }
        if (slot) {
            out_.warnings.push_back(given.key + "= is given more than once; the last one is used");
        }
        slot = given.value;
    }

    step_result read_options() {
        options_.insert(options_.end(), defaults_.parameters.begin(), defaults_.parameters.end());
        for (std::size_t i = 0; i < options_.size(); ++i) {
            warn_of_repetition(i);
            if (auto error = set_parameter(out_.options, options_[i], out_.warnings)) {
                return error;
            }
        }
        warn_of_the_past();
        if (!out_.tls) {
            warn_of_tls_options();
        } else if (!out_.options.verify) {
            out_.warnings.emplace_back(
                "verify=no: the server's certificate is NOT checked; anyone in between can read "
                "and "
                "change the messages and the password");
        }
        return std::nullopt;
    }

    void warn_of_the_past() {
        const auto now = std::chrono::system_clock::now();
        for (const auto& [name, when] : {std::pair{"schedule", out_.options.schedule},
                                         std::pair{"validity", out_.options.validity}}) {
            if (when && !when->after && when->at < now) {
                out_.warnings.push_back(std::string(name) +
                                        "= is in the past; many SMSCs refuse that");
            }
        }
    }

    void warn_of_repetition(std::size_t i) {
        const auto from_query = options_.size() - defaults_.parameters.size();
        const auto* rule = find_parameter(options_[i].key);
        const auto same = [&](const auto& other) { return other.key == options_[i].key; };
        const auto begin = options_.begin();
        if (i < from_query && rule != nullptr && !rule->repeatable &&
            std::any_of(begin, begin + static_cast<std::ptrdiff_t>(i), same)) {
            out_.warnings.push_back(options_[i].key +
                                    "= is given more than once; the last one is used");
        }
    }

    void warn_of_tls_options() {
        for (const auto& given : options_) {
            for (const std::string_view key :
                 {"verify", "ca", "cert", "key", "servername", "tls_min"}) {
                if (given.key == key) {
                    out_.warnings.push_back(given.key +
                                            ": no effect, smpp:// has no TLS; use smpps://");
                }
            }
        }
    }

    step_result read_host() {
        auto host = url_.host;
        auto port = url_.port;
        if (host_) {
            auto split = split_host_port(bracketed(*host_));
            if (!split) {
                return split.error();
            }
            host = split->host;
            port = split->port.empty() ? port : split->port;
        }
        auto checked = check_host(host);
        if (!checked) {
            return checked.error();
        }
        out_.host = *checked;
        return read_port(port_ ? *port_ : port);
    }

    /// In host= the brackets of an IPv6 address may be left out: no port can follow then.
    static std::string bracketed(const std::string& host) {
        return !host.starts_with('[') && std::count(host.begin(), host.end(), ':') > 1
                   ? '[' + host + ']'
                   : host;
    }

    step_result read_port(const std::string& text) {
        if (text.empty()) {
            out_.port = out_.tls ? smpps_port : smpp_port;
            return std::nullopt;
        }
        const auto [end, failed] =
            std::from_chars(text.data(), text.data() + text.size(), out_.port);
        if (failed != std::errc{} || end != text.data() + text.size() || out_.port == 0) {
            return url_error{"port", "the port is not a number from 1 to 65535"};
        }
        return std::nullopt;
    }

    step_result read_credentials() {
        out_.user = user_ ? *user_ : url_.user;
        out_.password = password_ ? *password_ : url_.password;
        const auto hint = std::any_of(options_.begin(), options_.end(),
                                      [](const auto& given) { return given.key == "username"; });
        if (out_.user.empty()) {
            return url_error{"user", hint ? "no user: username= is not known, write user="
                                          : "no user: it stands before the host, or in user="};
        }
        if (out_.password.empty()) {
            return url_error{"password",
                             "no password: it stands behind the user and a colon, or in pass="};
        }
        if (auto error = check_credential(out_.user, "user", 15)) {
            return error;
        }
        return check_credential(out_.password, "password", 8);
    }

    /// The specification's limits are warned of, not enforced: providers hand out longer ones.
    step_result check_credential(std::string& text, const char* part, std::size_t usual) {
        if (smpp::utf8::find_invalid(text)) {
            // Octets that are no UTF-8 are meant as they are.
            text = smpp::iso8859::decode(smpp::as_octets(text), smpp::iso8859::part::latin1);
        }
        if (ascii::has_control(text)) {
            return url_error{part, std::string("the ") + part + " has a NUL or control character"};
        }
        const auto octets = smpp::iso8859::encode(text, smpp::iso8859::part::latin1);
        if (!octets) {
            return url_error{part,
                             std::string("the ") + part +
                                 " has a character that Latin-1 lacks; a bind cannot carry it"};
        }
        if (octets->size() > longest_credential) {
            return url_error{part, std::string("the ") + part + " is longer than 64 octets"};
        }
        if (octets->size() > usual) {
            out_.warnings.push_back(std::string("the ") + part + " has " +
                                    std::to_string(octets->size()) + " octets; SMPP allows " +
                                    std::to_string(usual) + ". It is sent whole");
        }
        return std::nullopt;
    }

    step_result read_sender() {
        auto text = from_;
        if (sender_in_path_ && !url_.path.empty()) {
            text = text ? text : url_.path.front();
            url_.path.erase(url_.path.begin());
        }
        if (!text && defaults_.recipients_elsewhere) {
            return std::nullopt;
        }
        if (!text) {
            return url_error{"from",
                             "no sender: write it as the first part of the path or as from="};
        }
        auto from = parse_sender(*text, out_.options.from);
        if (!from) {
            return url_error{"from", "the sender " + from.error().reason};
        }
        out_.from = *from;
        warn_of_prefix(out_.from);
        return std::nullopt;
    }

    void warn_of_prefix(const address& number) {
        if (number.addr.starts_with("00") && number.ton == smpp::ton::international) {
            out_.warnings.push_back(number.addr +
                                    " begins with 00 and is sent as it is; write + in place of 00");
        }
    }

    step_result read_recipients() {
        recipient_list list;
        if (recipients_replaced_) {
            url_.path.clear();
        }
        for (const auto* texts : {&url_.path, &to_}) {
            for (const auto& text : *texts) {
                add_recipients(list, text, out_.options.to);
            }
        }
        for (const auto& twice : list.duplicates) {
            out_.warnings.push_back("recipient " + twice + " is given more than once; sent once");
        }
        for (const auto& number : list.valid) {
            warn_of_prefix(number);
        }
        out_.to = std::move(list.valid);
        out_.invalid = std::move(list.invalid);
        if (!out_.to.empty() || defaults_.recipients_elsewhere) {
            return std::nullopt;
        }
        return url_error{"to", out_.invalid.empty()
                                   ? "no recipients: write them behind the sender or as to="
                                   : "no valid recipient: " + out_.invalid.front().reason};
    }

    step_result check_files() {
        if (out_.options.key.empty() != out_.options.cert.empty()) {
            return url_error{out_.options.key.empty() ? "key" : "cert",
                             "a client certificate needs both cert= and key="};
        }
        return std::nullopt;
    }

    raw_url url_;
    const target_defaults& defaults_;
    std::optional<std::string> user_, password_, host_, port_, from_;
    std::vector<std::string> to_;
    bool sender_in_path_ = true;
    bool recipients_replaced_ = false;
    std::vector<query_parameter> options_;
    target out_;
};

}  // namespace

parsed<target> parse_target(std::string_view url, const target_defaults& defaults) {
    auto raw = split_url(url);
    if (!raw) {
        return raw.error();
    }
    auto out = interpreter(std::move(*raw), defaults).run();
    if (out) {
        out->url = mask_url(url, true);
    }
    return out;
}

parsed<void> ask_for_receipts(parameters& options) {
    if (options.bind == bind_mode::tx) {
        return url_error{"bind", "bind=tx cannot receive what --wait-receipt waits for"};
    }
    if (options.receipt != receipt_mode::intermediate) {
        options.receipt = receipt_mode::final;
    }
    return {};
}

std::string wire_credential(std::string_view text) {
    const auto octets = smpp::iso8859::encode(text, smpp::iso8859::part::latin1);
    return octets ? *octets : std::string(text);
}

}  // namespace notifier
