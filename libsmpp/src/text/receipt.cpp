#include "smpp/text/receipt.hpp"

#include <algorithm>
#include <array>

#include "smpp/text/gsm7.hpp"
#include "smpp/text/utf8.hpp"
#include "text/digits.hpp"

namespace smpp {
namespace {

using text_detail::is_digit;

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_word(char c) noexcept {
    const char l = lower(c);
    return (l >= 'a' && l <= 'z') || is_digit(c) || c == '_';
}

constexpr bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

constexpr bool is_separator(char c) noexcept { return c == ',' || c == ';' || c == '|'; }

std::string_view first_word(std::string_view text) noexcept {
    text = trim(text);
    std::size_t size = 0;
    while (size < text.size() && !is_space(text[size]) && !is_separator(text[size]) &&
           text[size] != '"') {
        ++size;
    }
    return text.substr(0, size);
}

std::string_view without_separators(std::string_view text) noexcept {
    text = trim(text);
    while (!text.empty() && is_separator(text.back())) {
        text = trim(text.substr(0, text.size() - 1));
    }
    return text;
}

/// What stands between quotes, as in JSON; all of it where none are.
std::string_view unquoted(std::string_view text) noexcept {
    text = trim(text);
    const std::size_t last = text.find_last_of("\"'");
    const bool quoted = !text.empty() && (text.front() == '"' || text.front() == '\'');
    return quoted && last > 0 ? text.substr(1, last - 1) : text.substr(0, text.find_last_of('}'));
}

struct field {
    std::string_view key;   // a space stands for any or no separator
    std::string_view name;  // in patterns; empty: another key of a field above, which wins
    std::string receipt::*value;
    bool one_word;
};

constexpr std::array fields{
    field{"id", "id", &receipt::id, true},
    field{"sub", "sub", &receipt::sub, true},
    field{"dlvrd", "dlvrd", &receipt::dlvrd, true},
    field{"submit date", "submit_date", &receipt::submit_date, false},
    field{"done date", "done_date", &receipt::done_date, false},
    field{"stat", "stat", &receipt::stat, true},
    field{"err", "err", &receipt::err, true},
    field{"text", "text", &receipt::text, false},
    field{"msgid", "", &receipt::id, true},
    field{"message id", "", &receipt::id, true},
    field{"status", "", &receipt::stat, true},
    field{"state", "", &receipt::stat, true},
    field{"error", "", &receipt::err, true},
};

// Octets that the key with its colon takes at `at`; 0 when it is not there.
std::size_t match_key(std::string_view text, std::size_t at, std::string_view key) noexcept {
    std::size_t end = at;
    for (const char c : key) {
        if (c == ' ') {
            while (end < text.size() &&
                   (text[end] == ' ' || text[end] == '_' || text[end] == '-')) {
                ++end;
            }
        } else if (end < text.size() && lower(text[end]) == c) {
            ++end;
        } else {
            return 0;
        }
    }
    const bool quoted = at > 0 && text[at - 1] == '"';
    end += quoted && end < text.size() && text[end] == '"' ? 1U : 0U;
    while (end < text.size() && text[end] == ' ') {
        ++end;
    }
    return end < text.size() && (text[end] == ':' || text[end] == '=') ? end + 1 - at : 0;
}

struct found_key {
    std::size_t field = fields.size();  // that many: none
    std::size_t begin = 0;              // of the key, or of the quote before it
    std::size_t value = 0;              // behind its colon
};

using seen_fields = std::array<bool, fields.size()>;

bool is_seen(const seen_fields& seen, std::string receipt::*value) noexcept {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (seen[i] && fields[i].value == value) {
            return true;
        }
    }
    return false;
}

// The next key from `at` on of a field not seen yet, at the start of a word.
found_key next_key(std::string_view text, std::size_t at, const seen_fields& seen) noexcept {
    for (; at < text.size(); ++at) {
        if (at > 0 && is_word(text[at - 1])) {
            continue;
        }
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (seen[i]) {
                continue;
            }
            if (const std::size_t size = match_key(text, at, fields[i].key)) {
                const bool quoted = at > 0 && text[at - 1] == '"';
                return {i, at - (quoted ? 1U : 0U), at + size};
            }
        }
    }
    return {fields.size(), text.size(), text.size()};
}

struct stat_row {
    std::string_view word;
    message_state state;
};

// The specification's word of each state comes first.
constexpr stat_row stats[] = {
    {"DELIVRD", message_state::delivered},
    {"EXPIRED", message_state::expired},
    {"DELETED", message_state::deleted},
    {"UNDELIV", message_state::undeliverable},
    {"ACCEPTD", message_state::accepted},
    {"UNKNOWN", message_state::unknown},
    {"REJECTD", message_state::rejected},
    {"ENROUTE", message_state::enroute},
    {"SCHEDLD", message_state::scheduled},
    {"SKIPPED", message_state::skipped},
    {"DELIVERED", message_state::delivered},
    {"UNDELIVERED", message_state::undeliverable},
    {"UNDELIVERABLE", message_state::undeliverable},
    {"UNDELIVRD", message_state::undeliverable},
    {"FAILED", message_state::undeliverable},
    {"ACCEPTED", message_state::accepted},
    {"ACKED", message_state::accepted},
    {"REJECTED", message_state::rejected},
    {"DND_REJECTED", message_state::rejected},
    {"EN_ROUTE", message_state::enroute},
    {"BUFFRED", message_state::enroute},
    {"BUFFERED", message_state::enroute},
    {"SCHEDULED", message_state::scheduled},
};

bool same_word(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

std::string_view value_of(const field& of, std::string_view text, bool quoted) noexcept {
    text = trim(text);
    if (quoted || (of.value != &receipt::text && text.starts_with('"'))) {
        text = unquoted(without_separators(text));
    }
    if (of.one_word) {
        return first_word(text);
    }
    return of.value == &receipt::text ? trim(text) : without_separators(text);
}

/// Words of people look like the other keys, and addresses of web pages like keys with '=', as in
/// "state: sleepy" and "?id=7": these count only with a state that is known.
struct doubts {
    bool id = false;
    bool stat = false;

    void note(const field& of, char behind_key) noexcept {
        const bool odd = of.name.empty() || behind_key == '=';
        id = of.value == &receipt::id ? odd : id;
        stat = of.value == &receipt::stat ? odd : stat;
    }
    void settle(receipt& to) const {
        const bool known = to.state().has_value();
        to.id = id && !known ? std::string() : to.id;
        to.stat = stat && !known ? std::string() : to.stat;
    }
};

/// ASCII has no use for it in a text; GSM 7-bit has letters there.
bool is_gsm_letter(char c) noexcept { return c >= 0 && c < ' ' && !(c >= '\t' && c <= '\r'); }

}  // namespace

std::optional<message_state> receipt::state() const noexcept { return state_of_stat(stat); }

std::optional<std::chrono::local_seconds> receipt::submitted() const noexcept {
    return parse_receipt_date(submit_date);
}

std::optional<std::chrono::local_seconds> receipt::done() const noexcept {
    return parse_receipt_date(done_date);
}

std::optional<receipt> parse_receipt(std::string_view text) {
    text = trim(text);
    receipt out;
    seen_fields seen{};
    doubts doubtful;
    found_key key = next_key(text, 0, seen);
    while (key.field != fields.size()) {
        const field& current = fields[key.field];
        seen[key.field] = true;
        // The text is the user's and may hold keys; it ends before the end only where id or stat
        // are still to come.
        const bool takes_all = current.value == &receipt::text && is_seen(seen, &receipt::id) &&
                               is_seen(seen, &receipt::stat);
        const found_key next = takes_all ? found_key{fields.size(), text.size(), text.size()}
                                         : next_key(text, key.value, seen);
        if (!current.name.empty() || (out.*current.value).empty()) {
            out.*current.value = value_of(current, text.substr(key.value, next.begin - key.value),
                                          text[key.begin] == '"');
            doubtful.note(current, text[key.value - 1]);
        }
        key = next;
    }
    doubtful.settle(out);
    if (out.id.empty() && out.stat.empty()) {
        return std::nullopt;
    }
    return out;
}

std::optional<receipt> parse_receipt(octet_span octets, alphabet source) {
    const bool ascii =
        std::none_of(octets.begin(), octets.end(), [](std::uint8_t octet) { return octet > 0x7F; });
    if (source == alphabet::gsm7 && ascii) {
        if (auto out = parse_receipt(as_text(octets))) {
            for (const field& each : fields) {
                std::string& value = (*out).*each.value;
                if (std::any_of(value.begin(), value.end(), is_gsm_letter)) {
                    value = gsm7::decode(as_octets(value));
                }
            }
            return out;
        }
    }
    return parse_receipt(decode_text(octets, source));
}

std::string format_receipt(const receipt& values, std::string_view pattern) {
    std::string out;
    while (!pattern.empty()) {
        if (pattern.front() == '{') {
            const std::string_view name = pattern.substr(1, pattern.find('}', 1) - 1);
            const field* found = nullptr;
            for (const field& each : fields) {
                found = !name.empty() && each.name == name ? &each : found;
            }
            if (found != nullptr && pattern.size() > name.size() + 1) {
                out += values.*found->value;
                pattern.remove_prefix(name.size() + 2);
                continue;
            }
        }
        out += pattern.front();
        pattern.remove_prefix(1);
    }
    return out;
}

std::string_view receipt_excerpt(std::string_view message) noexcept {
    std::size_t at = 0;
    for (int characters = 0; characters < 20 && at < message.size(); ++characters) {
        at += utf8::next(message, at).size;
    }
    return message.substr(0, at);
}

std::optional<message_state> state_of_stat(std::string_view word) noexcept {
    for (const stat_row& row : stats) {
        if (same_word(row.word, word)) {
            return row.state;
        }
    }
    return std::nullopt;
}

std::string_view stat_of_state(message_state state) noexcept {
    for (const stat_row& row : stats) {
        if (row.state == state) {
            return row.word;
        }
    }
    return {};
}

bool is_final(message_state state) noexcept {
    switch (state) {
        case message_state::scheduled:
        case message_state::enroute:
        case message_state::accepted: return false;
        default: return true;
    }
}

}  // namespace smpp
