// Addresses as people write them: numbers with their decoration, short codes, names as senders.
//
//     auto number = notifier::parse_number("+1 (555) 765-4321");      // 15557654321, TON 1, NPI 1
//     auto sender = notifier::parse_sender("MyCompany");              // TON 5, NPI 0
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/values.hpp"

namespace notifier {

struct address {
    std::string addr;  ///< digits without the plus, or the name of a sender (UTF-8)
    smpp::ton ton = smpp::ton::unknown;
    smpp::npi npi = smpp::npi::unknown;

    friend bool operator==(const address&, const address&) = default;
};

/// Values that from_ton=, from_npi=, to_ton= and to_npi= put in place of the ones deduced.
struct address_overrides {
    std::optional<smpp::ton> ton;
    std::optional<smpp::npi> npi;
};

struct invalid_address {
    std::string text;
    std::string reason;
};

template <class T>
using address_result = boost::system::result<T, invalid_address>;

/// 3 to 15 digits, a plus before them, and ( ) - . and blanks between them. `tel:` and `sms:` may
/// stand in front.
[[nodiscard]] address_result<address> parse_number(std::string_view text,
                                                   const address_overrides& overrides = {});

/// A number, or a name of at most 11 GSM characters with a letter in it.
[[nodiscard]] address_result<address> parse_sender(std::string_view text,
                                                   const address_overrides& overrides = {});

/// A sender as octets of a C string. Names travel as Latin-1, which equals ASCII and GSM 7-bit for
/// most of them.
[[nodiscard]] std::string wire_address(const address& from);

struct recipient_list {
    std::vector<address> valid;  ///< in order, each once
    std::vector<invalid_address> invalid;
    std::vector<std::string> duplicates;  ///< texts of the ones left out
};

/// Adds the recipients of one path segment or one to= value: separated by commas, semicolons, line
/// ends, and by a blank or a slash before a plus.
void add_recipients(recipient_list& list, std::string_view text,
                    const address_overrides& overrides = {});

}  // namespace notifier
