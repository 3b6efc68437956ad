// How a message is sent: the parameters of a URL's query, which are also options of the command
// line.
//
//     notifier::parameters p;
//     auto error = notifier::set_parameter(p, {"window", "100"}, warnings);
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "message_time.hpp"
#include "recipients.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/segmenter.hpp"
#include "smpp/values.hpp"
#include "url.hpp"

namespace notifier {

enum class bind_mode : std::uint8_t { automatic, tx, trx };
enum class receipt_mode : std::uint8_t { no, final, failure, intermediate };
/// Markup of the body, before it becomes the plain text of an SMS.
enum class text_format : std::uint8_t { text, markdown, html };

[[nodiscard]] std::string_view name(bind_mode) noexcept;
[[nodiscard]] std::string_view name(receipt_mode) noexcept;

/// A text that is too long for its split mode: an error, several messages, or its beginning.
enum class overflow_mode : std::uint8_t { upstream, split, truncate };

[[nodiscard]] std::string_view name(text_format) noexcept;
[[nodiscard]] std::string_view name(overflow_mode) noexcept;

struct raw_tlv {
    std::uint16_t tag = 0;
    std::string value;
};

using seconds = std::chrono::duration<double>;

struct parameters {
    std::optional<smpp::alphabet> encoding;  ///< empty: the cheapest that holds the text
    std::optional<std::uint8_t> data_coding;
    smpp::alphabet default_alphabet = smpp::alphabet::gsm7;
    smpp::split_mode split = smpp::split_mode::udh8;
    bind_mode bind = bind_mode::automatic;
    std::string system_type;
    std::string service_type;
    smpp::interface_version interface_version = smpp::interface_version::v3_4;
    receipt_mode receipt = receipt_mode::no;
    std::optional<message_time> validity;
    std::optional<message_time> schedule;
    std::optional<std::uint8_t> message_class;  ///< 0 is flash
    std::uint8_t protocol_id = 0;
    std::uint8_t priority = 0;
    std::vector<raw_tlv> tlvs;
    address_overrides from;
    address_overrides to;

    std::uint32_t window = 10;
    double rate = 0;  ///< messages a second; 0: no limit
    seconds connect_timeout{10};
    seconds response_timeout{30};
    seconds keepalive{30};  ///< silence before enquire_link; 0: never
    std::uint32_t retry = 0;
    seconds wait{0.5};

    bool verify = true;
    std::string ca, cert, key, servername;
    std::string tls_min = "1.2";

    text_format format = text_format::text;
    overflow_mode overflow = overflow_mode::upstream;
    bool optional = false;  ///< a failure of this URL does not count
    std::vector<std::string> tags;
};

struct parameter_rule {
    std::string_view name;
    std::string_view values;  ///< what it takes, for --help and for error messages
    std::string_view help;
    /// Sets it, or says what is wrong with the value.
    std::string (*set)(parameters&, std::string_view value);
    /// Apprise's own parameters: a bad value is a warning and leaves the default.
    bool lenient = false;
    bool repeatable = false;
};

[[nodiscard]] std::span<const parameter_rule> parameter_rules() noexcept;
/// The rule of a name in lower case, null if there is none.
[[nodiscard]] const parameter_rule* find_parameter(std::string_view name) noexcept;

/// Sets one parameter. A bad value of a lenient one, and one that SMS has no use for, becomes a
/// warning.
[[nodiscard]] std::optional<url_error> set_parameter(parameters& out, const query_parameter& given,
                                                     std::vector<std::string>& warnings);

}  // namespace notifier
