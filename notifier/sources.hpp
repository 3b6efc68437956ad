// Where URLs and the text come from: arguments, files, environment, standard input.
//
//     auto urls = notifier::collect_urls(options);
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "log.hpp"
#include "options.hpp"

namespace notifier {

/// A file or stream that cannot be read; the message names it.
class source_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A URL, and what a configuration says beside it.
struct url_source {
    std::string url;
    std::vector<query_parameter> overrides{};
};

/// URLs that are served at the same time. Stages of one chain follow each other, and the next one
/// is for the case that something of this one failed.
struct url_stage {
    std::size_t chain = 0;
    std::vector<url_source> urls{};
};

struct url_stages {
    std::vector<url_stage> stages{};
    bool none_has_tags = false;  ///< there are URLs, but none that -g chooses
};

/// Of the command line and --url-file; else of the configurations of -c; else of NOTIFIER_URLS or
/// APPRISE_URLS; else of the configurations at the usual places.
[[nodiscard]] url_stages collect_urls(const command_line& options, log& log);

/// All of a file, without a byte order mark; throws source_error.
[[nodiscard]] std::string read_text_file(const std::string& path);

/// -b, or standard input to its end, with its escapes interpreted if asked for.
[[nodiscard]] std::string read_body(const command_line& options);

/// One URL a line; blank lines and comments, which begin with #, are skipped.
[[nodiscard]] std::vector<std::string> read_url_file(const std::string& path);

}  // namespace notifier
