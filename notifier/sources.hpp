// Where URLs and the text come from: arguments, files, environment, standard input.
//
//     auto urls = notifier::collect_urls(options);
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "options.hpp"

namespace notifier {

/// A file or stream that cannot be read; the message names it.
class source_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Of the command line and --url-file; without any, those of NOTIFIER_URLS, else of APPRISE_URLS.
[[nodiscard]] std::vector<std::string> collect_urls(const command_line& options);

/// -b, or standard input to its end, with its escapes interpreted if asked for.
[[nodiscard]] std::string read_body(const command_line& options);

/// One URL a line; blank lines and those that begin with # are skipped.
[[nodiscard]] std::vector<std::string> read_url_file(const std::string& path);

}  // namespace notifier
