#include "journal_record.hpp"

#include <fmt/format.h>

#include <boost/crc.hpp>
#include <charconv>
#include <vector>

#include "notifier/url.hpp"

namespace notifier::bulk {
namespace {

constexpr std::size_t crc_digits = 8;

std::uint32_t crc_of(std::string_view text) {
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    return crc.checksum();
}

/// Ends the line that began at `start`.
void seal(std::string& out, std::size_t start) {
    out.push_back('\t');
    const auto crc = crc_of(std::string_view(out).substr(start));
    fmt::format_to(std::back_inserter(out), "{:08x}\n", crc);
}

/// The line without its CRC; empty if that is wrong.
std::optional<std::string_view> unseal(std::string_view line) {
    if (line.size() <= crc_digits) {
        return std::nullopt;
    }
    const auto body = line.substr(0, line.size() - crc_digits);
    const auto digits = line.substr(body.size());
    std::uint32_t crc = 0;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), crc, 16);
    const bool whole = failed == std::errc{} && end == digits.data() + digits.size();
    return whole && body.ends_with('\t') && crc == crc_of(body)
               ? std::optional(body.substr(0, body.size() - 1))
               : std::nullopt;
}

std::vector<std::string_view> cut(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto end = text.find(separator);
        out.push_back(text.substr(0, end));
        if (end == text.npos) {
            return out;
        }
        text.remove_prefix(end + 1);
    }
}

template <class T>
bool read_number(std::string_view text, T& out) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc{} && end == text.data() + text.size();
}

/// The peer chose it: it may hold anything.
void append_id(std::string& out, std::string_view id) {
    for (const char c : id) {
        if (c > ' ' && c < '\x7F' && c != '%' && c != ',') {
            out.push_back(c);
        } else {
            fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
        }
    }
}

bool read_rows(std::string_view text, journal_record& out) {
    const auto dash = text.find('-');
    if (!read_number(text.substr(0, dash), out.first)) {
        return false;
    }
    out.last = out.first;
    return (dash == text.npos || read_number(text.substr(dash + 1), out.last)) && out.first > 0 &&
           out.first <= out.last;
}

bool read_outcome(const std::vector<std::string_view>& fields, journal_record& out) {
    if (fields.size() != 6 || out.first != out.last) {
        return false;
    }
    auto& result = out.outcome;
    result.row = out.first;
    result.to = fields[2];
    if (!fields[3].empty()) {
        std::uint32_t status = 0;
        if (!read_number(fields[3], status)) {
            return false;
        }
        if (out.kind == record_kind::finished) {
            result.final_state = smpp::message_state(status);
        } else {
            result.status = smpp::command_status(status);
        }
    }
    if (!fields[4].empty()) {
        for (const auto id : cut(fields[4], ',')) {
            result.message_ids.push_back(percent_decode(id));
        }
    }
    result.parts = std::max<std::size_t>(result.message_ids.size(), 1);
    result.error = fields[5];
    return true;
}

std::optional<outcome_state> state_of(record_kind kind) {
    switch (kind) {
        case record_kind::accepted:
        case record_kind::awaiting:
        case record_kind::finished: return outcome_state::accepted;
        case record_kind::rejected: return outcome_state::rejected;
        case record_kind::unknown: return outcome_state::unknown;
        case record_kind::sending:
        case record_kind::withdrawn: break;
    }
    return std::nullopt;
}

/// The answer's status, or what the receipts say.
std::optional<std::uint32_t> number_of(const journal_record& record) {
    const auto& result = record.outcome;
    if (record.kind == record_kind::finished) {
        return result.final_state ? std::optional(std::uint32_t(*result.final_state))
                                  : std::nullopt;
    }
    return result.status ? std::optional(std::uint32_t(*result.status)) : std::nullopt;
}

}  // namespace

void append_record(std::string& out, const journal_record& record) {
    const auto start = out.size();
    const auto end = std::back_inserter(out);
    fmt::format_to(end, "{}\t{}", static_cast<char>(record.kind), record.first);
    if (record.last != record.first) {
        fmt::format_to(end, "-{}", record.last);
    }
    if (state_of(record.kind)) {
        const auto& result = record.outcome;
        fmt::format_to(end, "\t{}\t", printable(result.to));
        if (const auto number = number_of(record)) {
            fmt::format_to(end, "{}", *number);
        }
        out.push_back('\t');
        for (std::size_t i = 0; i < result.message_ids.size(); ++i) {
            out.append(i > 0 ? "," : "");
            append_id(out, result.message_ids[i]);
        }
        out.append("\t").append(result.error.empty() ? std::string() : printable(result.error));
    }
    seal(out, start);
}

std::optional<journal_record> read_record(std::string_view line) {
    const auto body = unseal(line);
    const auto fields = cut(body.value_or(""), '\t');
    if (fields.size() < 2 || fields[0].size() != 1) {
        return std::nullopt;
    }
    journal_record out;
    out.kind = record_kind(fields[0].front());
    if (!read_rows(fields[1], out)) {
        return std::nullopt;
    }
    if (const auto state = state_of(out.kind)) {
        out.outcome.state = *state;
        return read_outcome(fields, out) ? std::optional(std::move(out)) : std::nullopt;
    }
    const bool known = out.kind == record_kind::sending || out.kind == record_kind::withdrawn;
    return known && fields.size() == 2 ? std::optional(std::move(out)) : std::nullopt;
}

std::string header_line(const journal_identity& identity) {
    std::string out =
        fmt::format("{}{}\trows={}\tinput={}\tmessage={}\turl={}", journal_magic, journal_version,
                    identity.rows, identity.input, identity.message, printable(identity.url));
    seal(out, 0);
    return out;
}

std::optional<journal_identity> read_header_line(std::string_view line) {
    const auto body = unseal(line);
    const auto fields = cut(body.value_or(""), '\t');
    journal_identity out;
    if (fields.size() != 6 || !line.starts_with(journal_magic) || fields[1] != journal_version ||
        !fields[2].starts_with("rows=") || !read_number(fields[2].substr(5), out.rows) ||
        !fields[3].starts_with("input=") || !fields[4].starts_with("message=") ||
        !fields[5].starts_with("url=")) {
        return std::nullopt;
    }
    out.input = fields[3].substr(6);
    out.message = fields[4].substr(8);
    out.url = fields[5].substr(4);
    return out;
}

}  // namespace notifier::bulk
