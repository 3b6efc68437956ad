#include "recipients.hpp"

#include <algorithm>

#include "ascii.hpp"
#include "smpp/text/gsm7.hpp"
#include "smpp/text/iso8859.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

constexpr std::size_t fewest_digits = 3;
constexpr std::size_t most_digits = 15;
constexpr std::size_t longest_short_code = 6;
constexpr std::size_t longest_name = 11;

/// The text of an error: printable, and not longer than a line wants it.
std::string shown(std::string_view text) {
    constexpr std::size_t limit = 40;
    std::string out;
    for (const char c : smpp::utf8::repair(text.substr(0, limit))) {
        out.push_back(ascii::is_control(c) ? '?' : c);
    }
    return text.size() > limit ? out + "..." : out;
}

std::string_view without_scheme(std::string_view text) {
    for (const std::string_view scheme : {"tel:", "sms:"}) {
        if (ascii::to_lower(text.substr(0, scheme.size())) == scheme) {
            return ascii::trim(text.substr(scheme.size()));
        }
    }
    return text;
}

/// Reads the decoration of a number away; `problem` says what does not belong there.
class number_reader {
public:
    std::string digits;
    bool plus = false;
    const char* problem = nullptr;

    void read(std::string_view text) {
        for (const char c : text) {
            take(c);
            if (problem != nullptr) {
                return;
            }
        }
        if (open_) {
            problem = "has a ( without )";
        } else if (!digits.empty() && last_ != ')' && !ascii::is_digit(last_)) {
            problem = "ends with a separator";
        }
    }

private:
    void take(char c) {
        if (c == ' ') {
            return;
        }
        if (ascii::is_digit(c)) {
            digits.push_back(c);
        } else if (c == '+') {
            problem = plus ? "has more than one +" : digits.empty() ? nullptr : "has a + inside";
            plus = true;
        } else if (c == '(') {
            problem = open_ ? "has a ( inside parentheses" : nullptr;
            open_ = true;
        } else if (c == ')') {
            problem = !open_                    ? "has a ) without ("
                      : !ascii::is_digit(last_) ? "has empty parentheses"
                                                : nullptr;
            open_ = false;
        } else if (c == '-' || c == '.') {
            problem = ascii::is_digit(last_) || last_ == ')'
                          ? nullptr
                          : "has a separator that follows no digit";
        } else {
            problem = ascii::is_control(c) ? "has a control character" : "is not a number";
        }
        last_ = c;
    }

    bool open_ = false;
    char last_ = '\0';
};

address with(const address_overrides& overrides, address value) {
    value.ton = overrides.ton.value_or(value.ton);
    value.npi = overrides.npi.value_or(value.npi);
    return value;
}

bool has_letter(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return ascii::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    });
}

/// Why a text cannot be an alphanumeric sender; null if it can.
const char* name_problem(std::string_view text) {
    if (smpp::utf8::find_invalid(text)) {
        return "is not UTF-8";
    }
    if (ascii::has_control(text)) {
        return "has a control character";
    }
    if (!smpp::gsm7::encode(text) || !smpp::iso8859::encode(text, smpp::iso8859::part::latin1)) {
        return "has a character that a sender cannot have (GSM 7-bit letters, digits and signs)";
    }
    if (smpp::gsm7::encode(text)->size() > longest_name) {
        return "is too long: a sender with letters has at most 11 GSM characters";
    }
    return nullptr;
}

}  // namespace

address_result<address> parse_number(std::string_view text, const address_overrides& overrides) {
    const auto invalid = [&](std::string reason) {
        return invalid_address{std::string(ascii::trim(text)),
                               "'" + shown(ascii::trim(text)) + "' " + std::move(reason)};
    };
    number_reader number;
    number.read(without_scheme(ascii::trim(text)));
    if (number.problem != nullptr) {
        return invalid(number.problem);
    }
    const auto count = number.digits.size();
    if (count < fewest_digits || count > most_digits) {
        return invalid("has " + std::to_string(count) + " digits; a number has 3 to 15");
    }
    if (number.digits.find_first_not_of('0') == std::string::npos) {
        return invalid("has no digit but 0");
    }
    const bool short_code = !number.plus && count <= longest_short_code;
    return with(overrides, {std::move(number.digits),
                            short_code ? smpp::ton::network_specific : smpp::ton::international,
                            short_code ? smpp::npi::unknown : smpp::npi::isdn});
}

address_result<address> parse_sender(std::string_view text, const address_overrides& overrides) {
    const auto name = ascii::trim(text);
    auto number = parse_number(text, overrides);
    const bool named = overrides.ton == smpp::ton::alphanumeric && !name.empty();
    if (!named && (number || !has_letter(name))) {
        return number;
    }
    if (const char* problem = name_problem(name)) {
        return invalid_address{std::string(text), "'" + shown(name) + "' " + problem};
    }
    return with(overrides, {std::string(name), smpp::ton::alphanumeric, smpp::npi::unknown});
}

std::string wire_address(const address& from) {
    const auto octets = smpp::iso8859::encode(from.addr, smpp::iso8859::part::latin1);
    return octets ? *octets : from.addr;
}

namespace {

bool starts_with_plus(std::string_view text) {
    const auto rest = ascii::trim(text);
    return !rest.empty() && rest.front() == '+';
}

/// Does the character at `i` end a recipient?
bool separates(std::string_view text, std::size_t i) {
    switch (text[i]) {
        case ',':
        case ';':
        case '\r':
        case '\n': return true;
        case ' ':
        case '/': return starts_with_plus(text.substr(i + 1));
        default: return false;
    }
}

void add_one(recipient_list& list, std::string_view text, const address_overrides& overrides) {
    if (text.find_first_not_of(" ") == std::string_view::npos) {
        return;
    }
    auto number = parse_number(text, overrides);
    if (!number) {
        list.invalid.push_back(number.error());
    } else if (std::find(list.valid.begin(), list.valid.end(), *number) != list.valid.end()) {
        list.duplicates.emplace_back(ascii::trim(text));
    } else {
        list.valid.push_back(*number);
    }
}

}  // namespace

void add_recipients(recipient_list& list, std::string_view text,
                    const address_overrides& overrides) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (separates(text, i)) {
            add_one(list, text.substr(start, i - start), overrides);
            start = i + 1;
        }
    }
    add_one(list, text.substr(start), overrides);
}

}  // namespace notifier
