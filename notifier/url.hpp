// The syntax of notifier URLs: schema, authority, path and query, each percent-decoded exactly
// once. What the parts mean is decided in target.hpp.
//
//     auto url = notifier::split_url("smpp://user:p%40ss@host:2775/+1555.../+1555...?window=10");
//     if (!url) std::cerr << url.error().part << ": " << url.error().message;
#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace notifier {

/// Why a URL is refused: which part, and one line for people. Never holds the password.
struct url_error {
    // Not an aggregate: a lone text must not convert to an error.
    url_error() = default;
    url_error(std::string part_, std::string message_)
        : part(std::move(part_)), message(std::move(message_)) {}

    std::string part;
    std::string message;
};

template <class T>
using parsed = boost::system::result<T, url_error>;

/// One `key=value` of a query, or one option of the command line.
struct query_parameter {
    std::string key;  ///< lower case
    std::string value;
};

/// A URL cut into its parts; nothing is validated but the syntax.
struct raw_url {
    std::string schema;  ///< lower case
    std::string user;
    std::string password;
    std::string host;               ///< IPv6 literals keep their brackets
    std::string port;               ///< as written, empty when absent
    std::vector<std::string> path;  ///< the segments that are not empty
    std::vector<query_parameter> query;
    std::vector<std::string> warnings;
};

[[nodiscard]] parsed<raw_url> split_url(std::string_view url);

/// Host and port of `host`, `host:port`, `[v6]`, `[v6]:port` and a bare IPv6 literal. The port
/// stays text.
struct host_and_port {
    std::string host;
    std::string port;
};
[[nodiscard]] parsed<host_and_port> split_host_port(std::string_view text);

/// Decodes %XX once. A percent sign without two hexadecimal digits stays as it is, and is counted.
[[nodiscard]] std::string percent_decode(std::string_view text, std::size_t* stray = nullptr);

/// Cuts one argument into its URLs: where commas or white space stand before another `schema://`.
[[nodiscard]] std::vector<std::string> split_urls(std::string_view argument);

/// The name that a query key stands for: `source` is `from`. `key` in lower case.
[[nodiscard]] std::string_view canonical_key(std::string_view key) noexcept;

/// Is this the key of a secret (password and its relatives)? `key` in lower case.
[[nodiscard]] bool is_secret_key(std::string_view key) noexcept;

/// The URL with its password as ****. Of a URL that was not understood, everything that could be
/// a password is hidden: one that holds a raw / or @ is often why it was not.
[[nodiscard]] std::string mask_url(std::string_view url, bool understood = false);

/// A text for people in which every word with :// is masked as a URL that was not understood.
[[nodiscard]] std::string mask_urls(std::string_view text);

}  // namespace notifier
