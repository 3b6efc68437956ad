// Hiding the password of a URL, whatever shape the URL is in.
#include <algorithm>

#include "ascii.hpp"
#include "url.hpp"

namespace notifier {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view stars = "****";

/// `key=value&key=value` with the values of secrets hidden.
std::string mask_query(std::string_view text) {
    std::string out;
    bool after_secret = false;
    for (;;) {
        const auto end = std::min(text.find('&'), text.size());
        const auto field = text.substr(0, end);
        const auto equals = field.find('=');
        if (equals == npos) {
            // Right after a password this is probably its second half.
            out.append(after_secret && !field.empty() ? stars : field);
        } else {
            after_secret = is_secret_key(ascii::to_lower(percent_decode(field.substr(0, equals))));
            out.append(field.substr(0, equals + 1));
            // A URL in a wrong place is a value too.
            const auto value = field.substr(equals + 1);
            out.append(after_secret ? std::string(stars) : mask_urls(value));
        }
        if (end == text.size()) {
            return out;
        }
        out.push_back('&');
        text.remove_prefix(end + 1);
    }
}

bool is_port(std::string_view text) {
    return std::all_of(text.begin(), text.end(), ascii::is_digit);
}

/// Where the colon stands that a password may follow: the first one of the authority, past
/// brackets.
std::size_t password_colon(std::string_view text) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        return close == npos ? text.find(':') : text.find(':', close);
    }
    return text.find(':');
}

/// Authority and path of a URL that was understood.
std::string mask_authority(std::string_view text) {
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    const auto at = authority.rfind('@');
    const auto colon = authority.find(':');
    if (at == npos || colon == npos || colon > at) {
        return std::string(text);
    }
    return std::string(text.substr(0, colon + 1)).append(stars).append(text.substr(at));
}

/// Authority and path of a URL that was not: up to the last @ everything after the first colon may
/// be the password.
std::string mask_front(std::string_view text, bool secret_in_query) {
    const auto colon = password_colon(text);
    const auto authority_end = std::min(text.find_first_of("/?#"), text.size());
    if (colon == npos) {
        return std::string(text);
    }
    auto at = text.rfind('@');
    if (at != npos && text.find('@') == at && at > authority_end && secret_in_query) {
        at = npos;  // an @ in a path segment; the password is elsewhere
    }
    if (at != npos && at > colon) {
        return std::string(text.substr(0, colon + 1)).append(stars).append(text.substr(at));
    }
    if (colon >= authority_end || at != npos) {
        return std::string(text);
    }
    const auto port = text.substr(colon + 1, authority_end - colon - 1);
    if (secret_in_query && is_port(port)) {
        return std::string(text);
    }
    return std::string(text.substr(0, colon + 1)).append(stars).append(text.substr(authority_end));
}

/// Where a URL ends whose :// stands at `at`: with its word, or, if its password may hold blanks,
/// with the word that has the @.
std::size_t url_end(std::string_view text, std::size_t at) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto start = at + 3;
    const auto end = std::min(text.find_first_of(blanks, start), text.size());
    const auto word = text.substr(start, end - start);
    if (word.ends_with(':')) {
        return end - 1;  // of the sentence: no password stands behind it
    }
    const bool open = word.find(':') != npos && word.find_first_of("@/?#") == npos;
    const auto there = open ? text.find('@', end) : npos;
    return there >= text.find("://", start)
               ? end
               : std::min(text.find_first_of(blanks, there), text.size());
}

}  // namespace

std::string mask_urls(std::string_view text) {
    std::string out;
    for (auto at = text.find("://"); at != npos; at = text.find("://")) {
        auto start = at;
        while (start > 0 &&
               (ascii::is_letter(text[start - 1]) || ascii::is_digit(text[start - 1]))) {
            --start;
        }
        const auto end = url_end(text, at);
        out.append(text.substr(0, start)).append(mask_url(text.substr(start, end - start)));
        text.remove_prefix(end);
    }
    return out.append(text);
}

std::string mask_url(std::string_view url, bool understood) {
    const auto schema_end = url.find("://");
    const auto start = schema_end == npos ? 0 : schema_end + 3;
    auto rest = url.substr(start);
    // A raw ? in the password puts the real host behind it.
    auto query = rest.find('?');
    while (!understood && query != npos && rest.substr(0, query).find('@') == npos &&
           rest.find('@', query) != npos && rest.find('=') > rest.find('@', query)) {
        query = rest.find('?', query + 1);
    }
    const auto tail = query == npos ? std::string() : '?' + mask_query(rest.substr(query + 1));
    const bool secret_in_query = tail.find(stars) != npos;
    const auto front = rest.substr(0, query);
    return std::string(url.substr(0, start)) +
           (understood ? mask_authority(front) : mask_front(front, secret_in_query)) + tail;
}

}  // namespace notifier
