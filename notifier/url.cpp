#include "url.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "ascii.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;

std::optional<unsigned> hex_digit(char c) noexcept {
    if (ascii::is_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = ascii::to_lower(c);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a' + 10);
    }
    return std::nullopt;
}

/// Length of the `schema://` that `text` begins with, 0 if it does not.
std::size_t schema_length(std::string_view text) noexcept {
    std::size_t n = 0;
    while (n < text.size() && (ascii::is_letter(text[n]) || ascii::is_digit(text[n]))) {
        ++n;
    }
    return n > 0 && text.substr(n, 3) == "://" ? n + 3 : 0;
}

std::string decode_noting(std::string_view text, std::string_view part, raw_url& url) {
    std::size_t stray = 0;
    auto out = percent_decode(text, &stray);
    if (stray > 0) {
        url.warnings.push_back(
            std::string(part) +
            ": a % without two hexadecimal digits is taken literally; write %25");
    }
    return out;
}

parsed<void> split_userinfo(std::string_view text, raw_url& url) {
    const auto colon = text.find(':');
    if (text.find('@') != npos) {
        return url_error{
            "password",
            "more than one @ before the host: write an @ of the user or the password as %40"};
    }
    if (colon != npos && text.find(':', colon + 1) != npos) {
        return url_error{
            "password",
            "more than one : before the host: write a : of the user or the password as %3A"};
    }
    url.user = decode_noting(text.substr(0, colon), "user", url);
    if (colon != npos) {
        url.password = decode_noting(text.substr(colon + 1), "password", url);
    }
    return boost::system::in_place_value;
}

parsed<void> split_authority(std::string_view text, raw_url& url) {
    const auto at = text.rfind('@');
    if (at != npos) {
        if (auto done = split_userinfo(text.substr(0, at), url); !done) {
            return done;
        }
        text.remove_prefix(at + 1);
    }
    auto split = split_host_port(text);
    if (!split) {
        auto error = split.error();
        if (at == npos && error.part == "port") {
            error.message +=
                " (user and password end with an @ before the host; write /, ?, # and @ inside "
                "them as %2F, %3F, %23, %40)";
        }
        return error;
    }
    url.host = percent_decode(split->host);
    url.port = split->port;
    return boost::system::in_place_value;
}

void split_path(std::string_view text, raw_url& url) {
    while (!text.empty()) {
        const auto slash = std::min(text.find('/'), text.size());
        if (slash > 0) {
            url.path.push_back(percent_decode(text.substr(0, slash)));
        }
        text.remove_prefix(std::min(slash + 1, text.size()));
    }
}

/// A raw ? or # in the query is a value that was not encoded, or a second query glued on: both
/// would be misread.
std::optional<url_error> check_query(std::string_view text) {
    for (const char c : {'?', '#'}) {
        const auto found = text.find(c);
        if (found == npos) {
            continue;
        }
        const auto before = text.substr(0, found);
        const auto start = before.rfind('&') == npos ? 0 : before.rfind('&') + 1;
        const auto key =
            ascii::to_lower(percent_decode(before.substr(start, before.find('=', start) - start)));
        return url_error{ascii::has_control(key) ? "query" : key,
                         std::string("a literal ") + c + " in the query: write it as " +
                             (c == '?' ? "%3F" : "%23")};
    }
    return std::nullopt;
}

parsed<void> split_query(std::string_view text, raw_url& url) {
    if (auto error = check_query(text)) {
        return *error;
    }
    bool after_secret = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = field.find('=');
        if (equals == npos && after_secret && !field.empty()) {
            // Most likely the rest of the password; naming it as an unknown parameter would print
            // it.
            return url_error{"password", "a literal & in the password: write it as %26"};
        }
        if (field.empty()) {
            continue;
        }
        query_parameter parameter;
        parameter.key = ascii::to_lower(percent_decode(field.substr(0, equals)));
        if (equals != npos) {
            parameter.value = percent_decode(field.substr(equals + 1));
        }
        after_secret = is_secret_key(parameter.key);
        url.query.push_back(std::move(parameter));
    }
    return boost::system::in_place_value;
}

}  // namespace

std::string percent_decode(std::string_view text, std::size_t* stray) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
            const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
            if (high && low) {
                out.push_back(static_cast<char>(*high << 4 | *low));
                i += 2;
                continue;
            }
            if (stray != nullptr) {
                ++*stray;
            }
        }
        out.push_back(text[i]);
    }
    return out;
}

parsed<host_and_port> split_host_port(std::string_view text) {
    host_and_port out;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == npos) {
            return url_error{"host", "an IPv6 address begins with [ but has no ]"};
        }
        out.host = text.substr(0, close + 1);
        rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') {
            return url_error{"host", "unexpected text after the ] of the IPv6 address"};
        }
    } else if (std::count(text.begin(), text.end(), ':') > 1) {
        return url_error{
            "host",
            "more than one : in the host; write an IPv6 address in brackets: [2001:db8::1]"};
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        out.host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (!rest.empty()) {
        out.port = rest.substr(1);
        // The text is not repeated: without an @, it is most likely the password.
        if (!std::all_of(out.port.begin(), out.port.end(), ascii::is_digit)) {
            return url_error{"port", "the port is not a number from 1 to 65535"};
        }
    }
    return out;
}

parsed<raw_url> split_url(std::string_view text) {
    raw_url url;
    text = ascii::trim(text);
    const auto schema_end = text.find("://");
    if (schema_end == npos) {
        return url_error{"schema", "a URL begins with smpp:// or smpps://"};
    }
    url.schema = ascii::to_lower(text.substr(0, schema_end));
    if (url.schema != "smpp" && url.schema != "smpps") {
        return url_error{"schema", "unsupported schema: a URL begins with smpp:// or smpps://"};
    }
    text.remove_prefix(schema_end + 3);
    const auto authority_end = std::min(text.find_first_of("/?#"), text.size());
    if (auto done = split_authority(text.substr(0, authority_end), url); !done) {
        return done.error();
    }
    text.remove_prefix(authority_end);
    const auto query_start = std::min(text.find('?'), text.size());
    const auto fragment = text.substr(0, query_start).find('#');
    if (fragment != npos) {
        url.warnings.emplace_back(
            "fragment: the text after # is ignored; write a literal # as %23");
        split_path(text.substr(0, fragment), url);
        return url;
    }
    split_path(text.substr(0, query_start), url);
    if (query_start < text.size()) {
        if (auto done = split_query(text.substr(query_start + 1), url); !done) {
            return done.error();
        }
    }
    return url;
}

std::vector<std::string> split_urls(std::string_view argument) {
    std::vector<std::string> urls;
    const auto is_separator = [](char c) { return c == ',' || ascii::is_space(c); };
    std::size_t start = 0;
    const auto add = [&](std::size_t end) {
        const auto piece = ascii::trim(argument.substr(start, end - start));
        if (!piece.empty()) {
            urls.emplace_back(piece);
        }
    };
    for (std::size_t i = 0; i < argument.size(); ++i) {
        if (!is_separator(argument[i])) {
            continue;
        }
        const auto end = i;
        while (i < argument.size() && is_separator(argument[i])) {
            ++i;
        }
        if (schema_length(argument.substr(i)) > 0) {
            add(end);
            start = i;
        }
    }
    add(argument.size());
    return urls;
}

std::string_view canonical_key(std::string_view key) noexcept {
    if (key == "password") {
        return "pass";
    }
    if (key == "source") {
        return "from";
    }
    return key == "targets" ? "to" : key;
}

bool is_secret_key(std::string_view key) noexcept {
    static constexpr std::array secrets{"pass", "pwd", "secret", "token"};
    return std::any_of(secrets.begin(), secrets.end(),
                       [&](const char* word) { return key.find(word) != npos; });
}

}  // namespace notifier
