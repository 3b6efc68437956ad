#include "smpp-dump/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iterator>

#include "smpp/capture/secret_mask.hpp"
#include "smpp/message.hpp"
#include "smpp/text/udh.hpp"

namespace smpp_dump {

void octet_writer::flush() {
    if (!good_ || std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size() ||
        std::fflush(file_) != 0) {
        good_ = false;
    }
    buffer_.clear();
}

namespace {

std::string second_text(std::time_t second, time_style style) {
    std::tm parts{};
    if (style == time_style::iso_utc) {
        gmtime_r(&second, &parts);
        return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.", parts.tm_year + 1900,
                           parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                           parts.tm_sec);
    }
    localtime_r(&second, &parts);
    return fmt::format("{:02}:{:02}:{:02}.", parts.tm_hour, parts.tm_min, parts.tm_sec);
}

void append_digits(std::string& to, std::uint64_t value, int count) {
    char digits[9];
    for (int i = count; i-- > 0; value /= 10) {
        digits[i] = static_cast<char>('0' + value % 10);
    }
    to.append(digits, static_cast<std::size_t>(count));
}

}  // namespace

void time_formatter::append(std::string& to, std::int64_t nanoseconds) {
    std::int64_t second = nanoseconds / 1'000'000'000;
    std::int64_t rest = nanoseconds % 1'000'000'000;
    if (rest < 0) {
        rest += 1'000'000'000;
        --second;
    }
    if (second != second_) {
        second_ = second;
        text_ = second_text(static_cast<std::time_t>(second), style_);
    }
    to += text_;
    const auto fraction = static_cast<std::uint64_t>(rest);
    if (fraction % 1000 == 0) {
        append_digits(to, fraction / 1000, 6);
    } else {
        append_digits(to, fraction, 9);
    }
    if (style_ == time_style::iso_utc) {
        to += 'Z';
    }
}

namespace {

template <class Body>
constexpr bool has_message = requires(const Body& b) {
    b.short_message;
}
|| requires(const Body& b) {
    b.data_coding;
    b.tlvs;
};

template <class Body>
std::optional<message_text> read_message(const Body& body, smpp::alphabet default_alphabet) {
    message_text found;
    const std::string_view octets = smpp::message_octets(body);
    if constexpr (requires { body.short_message; }) {
        found.from_payload = body.short_message.empty() && !octets.empty();
    } else {
        found.from_payload = !octets.empty();
    }
    smpp::octet_span text = smpp::as_octets(octets);
    if constexpr (requires { body.esm_class; }) {
        if (body.esm_class.udhi()) {
            const smpp::udh::separated parts = smpp::udh::separate(text);
            found.header = parts.header;
            text = parts.text;
        }
    }
    found.alphabet = default_alphabet;
    if constexpr (requires { body.data_coding; }) {
        found.alphabet = smpp::alphabet_of(body.data_coding, default_alphabet);
    }
    found.text = smpp::decode_text(text, found.alphabet);
    return found;
}

}  // namespace

std::optional<message_text> message_of(const smpp::body_view& any,
                                       smpp::alphabet default_alphabet) {
    return std::visit(
        [&](const auto& body) -> std::optional<message_text> {
            if constexpr (has_message<std::remove_cvref_t<decltype(body)>>) {
                return read_message(body, default_alphabet);
            } else {
                return std::nullopt;
            }
        },
        any);
}

void append_printable(std::string& to, std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) {
            fmt::format_to(std::back_inserter(to), "\\x{:02x}", static_cast<unsigned char>(c));
        } else {
            to += c;
        }
    }
}

namespace {

std::string_view words(answer_fault fault) noexcept {
    switch (fault) {
        case answer_fault::none: break;
        case answer_fault::late: return "late";
        case answer_fault::duplicate: return "duplicate: the request has its response already";
        case answer_fault::unsolicited: return "unsolicited: no request has this sequence_number";
        case answer_fault::mismatched: return "the request is of another command";
    }
    return {};
}

}  // namespace

void append_problems(const record& r, std::string& to, std::string_view before,
                     std::string_view between, std::string_view after) {
    bool first = true;
    const auto add = [&](std::string_view problem) {
        to += first ? before : between;
        to += problem;
        first = false;
    };
    switch (r.frame.kind) {
        case frame_kind::garbage: add("no PDU"); break;
        case frame_kind::truncated:
            add(fmt::format("{} of {} octets are in the capture", r.frame.octets.size(),
                            r.frame.length));
            break;
        case frame_kind::whole: break;
    }
    if (r.frame.kind == frame_kind::whole && !smpp::is_known(r.pdu.header.id)) {
        add("unknown command_id");
    }
    if (r.fault != answer_fault::none) {
        add(words(r.fault));
    }
    for (const smpp::codec_failure& each : r.deviations) {
        add(to_string(each));
    }
    if (r.failure) {
        add(to_string(r.failure));
    }
    if (!first) {
        to += after;
    }
}

std::string_view name(sync_state state) noexcept {
    switch (state) {
        case sync_state::ok: return "ok";
        case sync_state::after_gap: return "after_gap";
        case sync_state::after_garbage: return "after_garbage";
    }
    return {};
}

void mask_passwords(smpp::body_view& any) noexcept {
    std::visit(
        [](auto& body) {
            if constexpr (requires { body.password; }) {
                body.password = "***";
            }
        },
        any);
}

smpp::octet_span masked_octets(const record& r, bool show_secrets) {
    if (show_secrets) {
        return r.frame.octets;
    }
    thread_local std::string copy;
    copy.assign(smpp::as_text(r.frame.octets));
    smpp::capture::mask_secrets({reinterpret_cast<std::uint8_t*>(copy.data()), copy.size()});
    return smpp::as_octets(copy);
}

void append_hex_dump(octet_writer& out, smpp::octet_span octets) {
    for (std::size_t at = 0; at < octets.size(); at += 16) {
        const smpp::octet_span row =
            octets.subspan(at, std::min<std::size_t>(16, octets.size() - at));
        std::string& to = out.line();
        fmt::format_to(std::back_inserter(to), "    {:04x} ", at);
        for (std::size_t i = 0; i < 16; ++i) {
            if (i < row.size()) {
                fmt::format_to(std::back_inserter(to), " {:02x}", row[i]);
            } else {
                to += "   ";
            }
        }
        to += "  ";
        for (const std::uint8_t octet : row) {
            to += octet >= 0x20 && octet < 0x7F ? static_cast<char>(octet) : '.';
        }
        out.end_of_line();
    }
}

std::string command_name(smpp::command_id id) {
    const std::string_view known = smpp::name(id);
    return known.empty() ? fmt::format("unknown(0x{:08X})", static_cast<std::uint32_t>(id))
                         : std::string(known);
}

}  // namespace smpp_dump
