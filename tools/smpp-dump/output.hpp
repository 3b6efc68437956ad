// What the output formats share: the buffered writer, times, texts of messages, problems.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "smpp-dump/record.hpp"
#include "smpp/text/encoding.hpp"

namespace smpp_dump {

struct output_options {
    bool show_secrets = false;
    bool hex = false;
    bool names = false;     ///< JSON: tlv_names
    bool events = false;    ///< JSON: ends of sessions as well
    bool filtered = false;  ///< not all PDUs come
    bool colour = false;
    std::optional<int> columns{};  ///< of a line of text; 0: no limit; empty: the terminal's
    smpp::alphabet default_alphabet = smpp::alphabet::gsm7;
};

/// Collects text and writes it in large pieces.
class octet_writer {
public:
    /// `line_by_line`: for a terminal or a live capture.
    explicit octet_writer(std::FILE* file, bool line_by_line = false)
        : file_(file), limit_(line_by_line ? 0 : std::size_t{1} << 16) {}
    ~octet_writer() { flush(); }
    octet_writer(const octet_writer&) = delete;
    octet_writer& operator=(const octet_writer&) = delete;

    /// To append to; call end_of_line() afterwards.
    [[nodiscard]] std::string& line() noexcept { return buffer_; }
    void end_of_line() {
        buffer_ += '\n';
        if (buffer_.size() >= limit_) {
            flush();
        }
    }
    void flush();
    /// Nothing more is wanted; any thread may say so.
    void give_up() noexcept { good_ = false; }
    /// False when the reader has gone or the disk is full.
    [[nodiscard]] bool good() const noexcept { return good_; }

private:
    std::FILE* file_;
    std::size_t limit_;
    std::string buffer_{};
    std::atomic<bool> good_ = true;
};

enum class time_style : std::uint8_t {
    iso_utc,  ///< 2026-01-31T23:59:59.123456Z
    clock,    ///< 23:59:59.123456, local time
};

/// Remembers the second it wrote last, as most PDUs share it with the one before.
class time_formatter {
public:
    explicit time_formatter(time_style style) noexcept : style_(style) {}
    /// Microseconds; nanoseconds where they are not zero.
    void append(std::string& to, std::int64_t nanoseconds);

private:
    time_style style_;
    std::int64_t second_ = INT64_MIN;
    std::string text_{};
};

/// The message that a PDU carries.
struct message_text {
    std::string text{};
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    smpp::octet_span header{};  ///< UDH, with its length octet
    bool from_payload = false;  ///< message_payload, not short_message
};

/// The text of submit_sm, deliver_sm, data_sm, submit_multi, replace_sm and broadcast_sm.
/// Empty result: the PDU has no message.
[[nodiscard]] std::optional<message_text> message_of(const smpp::body_view& body,
                                                     smpp::alphabet default_alphabet);

/// Why the PDU is not as the specification wants it, a sentence each.
void append_problems(const record& r, std::string& joined, std::string_view before,
                     std::string_view between, std::string_view after);

[[nodiscard]] std::string_view name(sync_state state) noexcept;

/// Overwrites passwords in a decoded PDU with "***".
void mask_passwords(smpp::body_view& body) noexcept;

/// The octets of a record, passwords blanked unless they may be shown.
[[nodiscard]] smpp::octet_span masked_octets(const record& r, bool show_secrets);

/// Sixteen octets a line: offset, hexadecimal, ASCII.
void append_hex_dump(octet_writer& out, smpp::octet_span octets);

/// For what should be ASCII: anything else in it is shown as \xNN.
void append_printable(std::string& to, std::string_view text);

/// The name of the command, or its number where it has none.
[[nodiscard]] std::string command_name(smpp::command_id id);

}  // namespace smpp_dump
