#include "smpp-dump/hex_input.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <optional>

#include "smpp-dump/plausible.hpp"
#include "smpp-dump/speaker.hpp"

namespace smpp_dump {
namespace {

/// Shorter runs are words and numbers of the text around.
constexpr std::size_t least_octets = 16;

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool separates(char c) noexcept {
    return std::string_view(" \t\r,;:|-[](){}<>\"'`=").find(c) != std::string_view::npos;
}

/// Octets of a token of hexadecimal digits, "0x" allowed; empty: it is none.
std::string hex_octets(std::string_view token) {
    if (token.size() > 2 && token[0] == '0' && (token[1] | 0x20) == 'x') {
        token.remove_prefix(2);
    }
    std::string out;
    if (token.size() % 2 != 0) {
        return out;
    }
    for (std::size_t i = 0; i < token.size(); i += 2) {
        const int high = hex_value(token[i]);
        const int low = hex_value(token[i + 1]);
        if (high < 0 || low < 0) {
            return {};
        }
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

int base64_value(char c) noexcept {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string base64_octets(std::string_view token) {
    while (!token.empty() && token.back() == '=') {
        token.remove_suffix(1);
    }
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : token) {
        const int value = base64_value(c);
        if (value < 0) {
            return {};
        }
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
        }
    }
    return out;
}

bool begins_with_pdu(std::string_view octets) {
    return octets.size() >= least_octets &&
           looks_like_header(smpp::decode_header(smpp::as_octets(octets)));
}

/// A line of a hex dump: offset, octets, perhaps the same in ASCII.
struct dump_line {
    std::uint64_t offset = 0;
    std::string octets{};
};

std::optional<dump_line> as_dump_line(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(" \t|"), line.size());
    dump_line out;
    std::size_t digits = 0;
    for (; at < line.size() && hex_value(line[at]) >= 0; ++at, ++digits) {
        out.offset = out.offset << 4U | static_cast<std::uint64_t>(hex_value(line[at]));
    }
    if (digits < 4 || digits > 8 || at == line.size()) {
        return std::nullopt;
    }
    at += line[at] == ':' ? 1U : 0U;
    while (at < line.size() && out.octets.size() < 16) {
        const std::size_t begin = std::min(line.find_first_not_of(' ', at), line.size());
        const std::size_t end = std::min(line.find_first_of(" \t|", begin), line.size());
        const std::string octets = hex_octets(line.substr(begin, end - begin));
        const bool column = begin - at > 1 && !out.octets.empty() && out.octets.size() != 8;
        if (octets.empty() || octets.size() > 2 || begin == at || column) {
            break;  // the ASCII column
        }
        out.octets += octets;
        at = end;
    }
    return out.octets.empty() ? std::nullopt : std::optional(std::move(out));
}

bool are_digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
    return at + count <= text.size() &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                       text.begin() + static_cast<std::ptrdiff_t>(at + count),
                       [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// As lines of logs do: what stood in the line before does not go on in it.
bool begins_with_date(std::string_view line) noexcept {
    const auto begin = std::find_if(line.begin(), line.end(),
                                    [](unsigned char c) { return std::isalnum(c) != 0; });
    line.remove_prefix(static_cast<std::size_t>(begin - line.begin()));
    const std::size_t year = are_digits(line, 0, 4) ? 4 : 2;
    constexpr std::string_view between = "-/.:";
    const auto separated = [&](std::size_t at) {
        return at < line.size() && between.find(line[at]) != std::string_view::npos;
    };
    return are_digits(line, 0, year) && separated(year) && are_digits(line, year + 1, 2) &&
           separated(year + 3) && line[year] == line[year + 3] &&
           (year == 4 || line.size() < 9 || line[8] != line[year]) && are_digits(line, year + 4, 2);
}

/// Kannel's dumps have a "data:" in each of their lines, behind date and thread.
std::string kannel_octets(std::string_view line) {
    constexpr std::string_view mark = "data: ";
    const std::size_t begin = line.find(mark);
    std::string out;
    if (begin == std::string_view::npos || !begins_with_date(line)) {
        return out;
    }
    line.remove_prefix(begin + mark.size());
    while (out.size() < 16 && line.size() >= 2 && (line.size() == 2 || line[2] == ' ')) {
        const std::string octet = hex_octets(line.substr(0, 2));
        if (octet.empty()) {
            break;
        }
        out += octet;
        line.remove_prefix(std::min<std::size_t>(3, line.size()));
    }
    return out;
}

/// What a text in quotes means in Python and C, with its escapes. Empty: no octet of it is escaped.
std::string escaped_octets(std::string_view text) {
    std::string out;
    bool numbers = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        constexpr std::string_view letters = "nrtabfv0", meant = "\n\r\t\a\b\f\v\0";
        const char next = text[++at];
        if (next == 'x') {
            const std::string octet = hex_octets(text.substr(at + 1, 2));
            numbers = numbers || !octet.empty();
            out += octet;
            at += 2;
        } else if (const auto which = letters.find(next); which != std::string_view::npos) {
            out += which < meant.size() ? meant[which] : '\0';
        } else {
            out += next;
        }
    }
    return numbers ? out : std::string();
}

/// What the words of a line say; the first one that says anything.
heading heading_in(std::string_view line) {
    constexpr std::string_view sent[] = {"send", "sends",    "sending", "sent",
                                         "tx",   "outgoing", "outbound"};
    constexpr std::string_view received[] = {"recv", "receive", "receives", "receiving", "received",
                                             "rcvd", "rx",      "incoming", "inbound",   "got"};
    const auto letter = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    for (std::size_t at = 0; at < line.size(); ++at) {
        const std::string_view rest = line.substr(at);
        if (rest.starts_with(">>") || rest.starts_with("<<")) {
            return rest.front() == '>' ? heading::sent : heading::received;
        }
        if (!letter(static_cast<unsigned char>(line[at]))) {
            continue;
        }
        std::string word;
        for (; at < line.size() && letter(static_cast<unsigned char>(line[at])); ++at) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(line[at])));
        }
        --at;
        if (std::find(std::begin(sent), std::end(sent), word) != std::end(sent)) {
            return heading::sent;
        }
        if (std::find(std::begin(received), std::end(received), word) != std::end(received)) {
            return heading::received;
        }
    }
    return heading::unknown;
}

class collector {
public:
    std::vector<text_run> take() {
        end_run();
        return std::move(found_);
    }

    void add_line(std::string_view line) {
        if (const auto dump = as_dump_line(line);
            dump && (dump->offset == 0 || (in_dump_ && dump->offset == run_.size()))) {
            if (dump->offset == 0) {
                end_run();
            }
            in_dump_ = true;
            add_octets(dump->octets);
            return;
        }
        if (const std::string octets = kannel_octets(line); !octets.empty()) {
            if (!in_kannel_) {
                end_run();
            }
            in_kannel_ = true;
            add_octets(octets);
            return;
        }
        if (in_dump_ || in_kannel_ || begins_with_date(line)) {
            end_run();
        }
        if (const heading said = heading_in(line); said != heading::unknown) {
            said_ = said;
            ++sayings_;
        }
        if (!add_escaped(line)) {
            add_tokens(line);
        }
    }

private:
    /// PDUs in quotes. False: there is none.
    bool add_escaped(std::string_view line) {
        bool found = false;
        for (std::size_t at = 0; at < line.size(); ++at) {
            const char quote = line[at];
            if (quote != '\'' && quote != '"') {
                continue;
            }
            std::size_t end = at + 1;
            while (end < line.size() && line[end] != quote) {
                end += line[end] == '\\' ? 2U : 1U;
            }
            const std::string octets = escaped_octets(line.substr(at + 1, end - at - 1));
            if (begins_with_pdu(octets)) {
                end_run();
                found_.push_back({octets, heading_now()});
                used_ = sayings_;
                found = true;
                at = end;
            }
        }
        return found;
    }

    void add_tokens(std::string_view line) {
        while (!line.empty()) {
            const auto begin = std::find_if_not(line.begin(), line.end(), separates);
            line.remove_prefix(static_cast<std::size_t>(begin - line.begin()));
            const auto end = std::find_if(line.begin(), line.end(), separates);
            add_token(line.substr(0, static_cast<std::size_t>(end - line.begin())));
            line.remove_prefix(static_cast<std::size_t>(end - line.begin()));
        }
    }

    void add_token(std::string_view token) {
        if (token.empty()) {
            return;
        }
        if (const std::string octets = hex_octets(token); !octets.empty()) {
            starts_.push_back(run_.size());
            add_octets(octets);
            return;
        }
        end_run();
        if (const std::string octets = base64_octets(token); begins_with_pdu(octets)) {
            found_.push_back({octets, heading_now()});
            used_ = sayings_;
        }
    }

    void add_octets(const std::string& octets) {
        if (run_.empty()) {
            went_ = heading_now();
            said_before_ = sayings_;
        }
        run_ += octets;
    }

    /// What was said holds for one run.
    [[nodiscard]] heading heading_now() const noexcept {
        return used_ == sayings_ ? heading::unknown : said_;
    }

    /// Digits of dates and times may stand before the PDU: it begins where one can begin.
    void end_run() {
        std::size_t begin = 0;
        for (const std::size_t start : starts_) {
            if (begins_with_pdu(std::string_view(run_).substr(start))) {
                begin = start;
                break;
            }
        }
        if (run_.size() - begin >= least_octets) {
            found_.push_back({run_.substr(begin), went_});
            used_ = said_before_;  // what the line says that ended the run is of the next one
        }
        run_.clear();
        starts_.clear();
        in_dump_ = false;
        in_kannel_ = false;
    }

    std::vector<text_run> found_{};
    heading said_ = heading::unknown;  // by the last words that said anything
    heading went_ = heading::unknown;  // the octets of this run
    std::size_t sayings_ = 0;
    std::size_t said_before_ = 0;  // this run
    std::size_t used_ = 0;         // the saying that had its run
    bool in_kannel_ = false;
    std::string run_{};
    std::vector<std::size_t> starts_{};  // where tokens begin in the run
    bool in_dump_ = false;
};

}  // namespace

std::vector<text_run> octets_in_text(std::string_view text) {
    collector all;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        all.add_line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all.take();
}

bool written_by_client(const std::vector<text_run>& runs) noexcept {
    for (const text_run& run : runs) {
        const smpp::octet_span octets = smpp::as_octets(run.octets);
        if (run.went == heading::unknown || octets.size() < smpp::header_size) {
            continue;
        }
        const speaker who = speaker_of(smpp::decode_header(octets).id);
        if (who != speaker::either) {
            return (who == speaker::esme) == (run.went == heading::sent);
        }
    }
    return true;
}

}  // namespace smpp_dump
