// The command line.
//
//     auto options = notifier::parse_command_line({argv + 1, argv + argc});   // throws usage_error
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "bulk/bulk_options.hpp"
#include "parameters.hpp"
#include "tags.hpp"
#include "url.hpp"

namespace notifier {

/// The command line cannot be understood; the message says what and where.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class action : std::uint8_t { send, explain, dry_run, help, version, details };

struct command_line {
    notifier::action action = notifier::action::send;
    std::optional<std::string> body;  ///< empty: standard input
    std::string title;                ///< its escapes interpreted
    std::optional<text_format> input_format;
    bool interpret_escapes = false;
    bool json = false;
    bool show_secrets = false;
    bool transliterate = false;
    bool strict = false;
    bool resend_unknown = false;
    std::optional<seconds> wait_receipt;  ///< for final receipts, after the last answer
    bool one_by_one = false;              ///< -Da: URLs one after the other
    unsigned verbosity = 0;
    std::vector<std::string> notes;  ///< what was taken and has no effect
    std::optional<std::uint16_t> reference;
    std::vector<std::string> url_files;
    std::vector<std::string> configs;    ///< -c
    std::vector<std::vector<tag>> tags;  ///< -g, each with its tags
    unsigned recursion_depth = 1;
    std::string pcap;
    bulk_options bulk;
    std::vector<std::string> urls;            ///< each argument cut into its URLs
    std::vector<query_parameter> parameters;  ///< options that are parameters of every URL
};

[[nodiscard]] command_line parse_command_line(std::span<const char* const> arguments);

/// What --help prints.
[[nodiscard]] std::string help_text();

}  // namespace notifier
