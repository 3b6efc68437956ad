// How a connection went, from its first packet to its last, and what that comes to in words:
// "refused", "closed by the server before the bind was answered".
//
//     course.on_segment(segment, from_opener);
//     course.on_pdu(pdu);
//     course.words(client_is_opener, requests)
#pragma once

#include <optional>
#include <string>

#include "smpp-dump/ip.hpp"
#include "smpp/codec.hpp"

namespace smpp_dump {

class session_course {
public:
    void on_segment(const tcp_segment& segment, bool from_opener) noexcept {
        if (segment.syn || segment.fin || segment.rst) [[unlikely]] {
            on_flags(segment, from_opener);
        }
        spoke_[from_opener ? 0 : 1] |= !segment.payload.empty();
        ++packets_[from_opener ? 0 : 1];
    }
    void on_tls(bool from_opener) noexcept { tls_[from_opener ? 0 : 1] = true; }
    void on_pdu(const smpp::header& head) noexcept {
        if (!bound_ || head.id == smpp::command_id::unbind) [[unlikely]] {
            on_bind(head);
        }
    }

    [[nodiscard]] bool closed() const noexcept { return reset_by_opener_ || (fin_[0] && fin_[1]); }
    /// Who was the first to close its direction, or to reset; empty: nobody.
    [[nodiscard]] std::optional<bool> ended_by_opener() const noexcept { return ended_by_opener_; }
    [[nodiscard]] bool reset() const noexcept { return reset_by_opener_.has_value(); }
    /// It came to its end, or to nothing, before either side had said anything that the other
    /// understands.
    [[nodiscard]] bool failed() const noexcept;
    /// Empty: there is nothing to say about it. `open`: requests without a response.
    [[nodiscard]] std::string words(bool opener_is_client, std::size_t open) const;

private:
    void on_flags(const tcp_segment& segment, bool from_opener) noexcept;
    void on_bind(const smpp::header& head) noexcept;
    [[nodiscard]] bool refused() const noexcept;
    [[nodiscard]] bool unanswered() const noexcept;
    [[nodiscard]] std::string circumstances(const char* opener, const char* answerer) const;

    std::optional<bool> reset_by_opener_{};
    std::optional<bool> closed_by_opener_{};  // who was first
    std::optional<bool> ended_by_opener_{};
    unsigned syns_ = 0;
    std::uint64_t packets_[2] = {};  // of the opener, of the answerer
    bool spoke_[2] = {};
    bool tls_[2] = {};
    bool fin_[2] = {};
    bool accepted_ = false;
    bool bind_asked_ = false;
    std::optional<smpp::command_status> bind_refused_{};
    bool bound_ = false;
    bool unbind_ = false;
};

}  // namespace smpp_dump
