// A URL as it is understood: where to connect, as whom, what to send from whom to whom, and how.
//
//     auto target = notifier::parse_target("smpp://user:pass@host/+1555.../+1555...");
//     if (!target) return refuse(target.error());
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parameters.hpp"
#include "recipients.hpp"
#include "url.hpp"

namespace notifier {

struct target {
    std::string url;  ///< as given, the password masked
    std::string schema;
    std::string user;      ///< UTF-8; on the wire Latin-1
    std::string password;  ///< the same
    std::string host;      ///< IDNA form; IPv6 literals keep their brackets
    std::uint16_t port = 0;
    bool tls = false;
    address from;
    std::vector<address> to;
    std::vector<invalid_address> invalid;
    std::vector<std::string> warnings;
    parameters options;
};

/// What the command line adds to every URL.
struct target_defaults {
    std::vector<query_parameter> parameters;  ///< these win over the query
    std::vector<query_parameter> overrides;   ///< of a configuration: in place of the query's
    bool recipients_elsewhere = false;  ///< from a file, perhaps with senders: the URL needs none
};

[[nodiscard]] parsed<target> parse_target(std::string_view url,
                                          const target_defaults& defaults = {});

/// For --wait-receipt. The error says why no receipts can come.
[[nodiscard]] parsed<void> ask_for_receipts(parameters& options);

/// A system_id or a password as octets of the bind: Latin-1, as SMSCs take them.
[[nodiscard]] std::string wire_credential(std::string_view text);

}  // namespace notifier
