#include "smpp/visitors/json.hpp"

#include <charconv>

namespace smpp {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_escape(std::string& out, unsigned char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default:
            out += "\\u00";
            out += hex_digits[c >> 4];
            out += hex_digits[c & 0x0F];
    }
}

/// Octets of the UTF-8 sequence at the start of `text`; 0 when there is none.
std::size_t utf8_sequence(std::string_view text) noexcept {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = octet(0);
    const std::size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (size == 1) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4 || text.size() < size) {
        return 0;
    }
    for (std::size_t i = 1; i < size; ++i) {
        if ((octet(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    const bool overlong = (first == 0xE0 && octet(1) < 0xA0) || (first == 0xF0 && octet(1) < 0x90);
    const bool surrogate = first == 0xED && octet(1) >= 0xA0;
    const bool too_large = first == 0xF4 && octet(1) >= 0x90;
    return overlong || surrogate || too_large ? 0 : size;
}

/// Characters as they are, but for those that readers take for the end of a line and terminals for
/// commands: U+0080 to U+009F, U+2028, U+2029.
void append_sequence(std::string& out, std::string_view sequence) {
    if (sequence.size() == 2 && sequence[0] == '\xC2' && sequence[1] <= '\x9F') {
        append_escape(out, static_cast<unsigned char>(sequence[1]));
    } else if (sequence == "\u2028" || sequence == "\u2029") {
        out += sequence == "\u2028" ? "\\u2028" : "\\u2029";
    } else {
        out += sequence;
    }
}

template <class Body>
void append_fields(std::string& out, const Body& any) {
    std::visit(
        [&](const auto& body) {
            if constexpr (pdu_type<std::remove_cvref_t<decltype(body)>>) {
                std::remove_cvref_t<decltype(body)>::fields(json_writer(out), body);
            } else {
                out += ",\"octets\":\"";
                append_hex(out, as_octets(body.octets));
                out += '"';
            }
        },
        any);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size()) {
            const auto c = static_cast<unsigned char>(text[plain]);
            if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
                break;
            }
            ++plain;
        }
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) {
            break;
        }
        const auto c = static_cast<unsigned char>(text.front());
        if (c < 0x80) {
            append_escape(out, c);
            text.remove_prefix(1);
        } else if (const std::size_t size = utf8_sequence(text); size != 0) {
            append_sequence(out, text.substr(0, size));
            text.remove_prefix(size);
        } else {
            append_escape(out, c);
            text.remove_prefix(1);
        }
    }
    out += '"';
}

void append_json_number(std::string& out, std::uint64_t number) {
    char digits[20];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    static_cast<void>(error);  // 20 digits hold any 64-bit number
    out.append(digits, end);
}

bool json_writer::operator()(const char* name, std::string_view value, octets8 kind) {
    number(kind.count, value.size());
    key(name);
    out_ += '"';
    append_hex(out_, as_octets(value));
    out_ += '"';
    return true;
}

void json_writer::key(std::string_view name) {
    out_ += ",\"";
    out_ += name;
    out_ += "\":";
}

bool json_writer::number(const char* name, std::uint64_t value) {
    key(name);
    append_json_number(out_, value);
    return true;
}

bool json_writer::tlv_run(const char* name, std::string_view run) {
    key(name);
    out_ += '[';
    for (detail::tlv_iterator at(run), end; at != end; ++at) {
        const tlv_item item = *at;
        out_ += out_.back() == '[' ? "[" : ",[";
        append_json_number(out_, static_cast<std::uint16_t>(item.tag));
        out_ += ",\"";
        append_hex(out_, as_octets(item.value));
        out_ += "\"]";
    }
    out_ += ']';
    return true;
}

void append_json_fields(std::string& out, const body_view& body) { append_fields(out, body); }
void append_json_fields(std::string& out, const body& body) { append_fields(out, body); }

}  // namespace smpp
