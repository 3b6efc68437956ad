// Binds in words: as whom, with which version, and what the server made of it. For stderr, beside
// the PDUs.
//
//     smpp_dump::bind_words words(next, [](const std::string& line) { say(line); });
#pragma once

#include <functional>
#include <map>
#include <string>

#include "smpp-dump/record.hpp"

namespace smpp_dump {

class bind_words final : public record_sink {
public:
    /// Gives all records on. REQUIRES: `next` outlives it.
    bind_words(record_sink& next, std::function<void(const std::string&)> say)
        : next_(&next), say_(std::move(say)) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

private:
    struct asked {
        std::string what{};
        smpp::interface_version version{};
        bool answered = false;
        std::uint64_t pdus = 0;
    };

    void look_at(const record& r);
    void judge(const record& r, asked& bind);
    void look_at_garbage(const record& r);

    record_sink* next_;
    std::function<void(const std::string&)> say_;
    std::map<std::uint32_t, asked> open_{};  // by session
};

/// What may help when a bind is refused; empty: nothing is known to.
[[nodiscard]] std::string bind_hint(smpp::command_status status);

/// Whether `octets` begin as TLS does: a handshake or an alert.
[[nodiscard]] bool looks_like_tls(smpp::octet_span octets) noexcept;

/// "3.4"
[[nodiscard]] std::string version_text(smpp::interface_version version);
/// "SMPP 3.4 counts: it was asked for, and the server speaks 5.0"; `body` is that of the response.
[[nodiscard]] std::string negotiated(smpp::interface_version asked, const smpp::body_view& body);

}  // namespace smpp_dump
