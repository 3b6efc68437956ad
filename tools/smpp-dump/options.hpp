// The command line of smpp-dump.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "smpp-dump/analyser.hpp"
#include "smpp-dump/ladder_output.hpp"
#include "smpp-dump/live/check.hpp"
#include "smpp-dump/live/interface_capture.hpp"
#include "smpp-dump/live/proxy.hpp"
#include "smpp-dump/output.hpp"
#include "smpp-dump/relations.hpp"
#include "smpp/lint/finding.hpp"

namespace smpp_dump {

/// A command line that cannot be followed; what() says why.
class usage_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class output_format : std::uint8_t { text, tree, json, csv };

struct options {
    bool help = false;
    bool version = false;
    bool fields = false;               ///< what filters can ask for
    bool tui = false;                  ///< the terminal interface
    std::size_t keep = 100'000;        ///< PDUs that it keeps
    std::vector<std::string> files{};  ///< "-" is standard input
    std::vector<std::string> hex{};    ///< --hex TEXT or @FILE
    std::optional<proxy_options> proxy{};
    std::optional<check_options> check{};
    std::optional<interface_options> wire{};  ///< -i
    output_format format = output_format::text;
    std::string write_to{};          ///< a pcapng of the PDUs
    std::string filter{};            ///< -Y; empty: every PDU
    std::string query{};             ///< --query; empty: every PDU
    with_options with{};             ///< what comes along with a PDU that the filter lets through
    bool follow = false;             ///< a file that grows is read on
    std::vector<std::string> raw{};  ///< --raw: the octets of a client, and of a server
    bool anonymise = false;
    bool stats = false;
    std::optional<ladder_format> ladder{};
    bool lint = false;
    std::optional<smpp::lint::severity> fail_on{};  ///< exit status 1 for such findings
    std::uint32_t window = 0;  ///< requests that a client may have outstanding; 0: any number
    analyser_options analysis{};
    output_options output{};
};

/// Throws usage_error. The environment decides about colour.
[[nodiscard]] options parse_options(const std::vector<std::string>& arguments);
[[nodiscard]] std::string help_text();

}  // namespace smpp_dump
