#include "smpp-dump/session_course.hpp"

#include <fmt/format.h>

namespace smpp_dump {

void session_course::on_flags(const tcp_segment& segment, bool from_opener) noexcept {
    if (segment.syn) {
        syns_ += from_opener && !segment.has_ack ? 1U : 0U;
        accepted_ = accepted_ || (!from_opener && segment.has_ack);
    }
    if (segment.fin || segment.rst) {
        ended_by_opener_ = ended_by_opener_.value_or(from_opener);
    }
    if (segment.fin) {
        fin_[from_opener ? 0 : 1] = true;
        closed_by_opener_ = closed_by_opener_.value_or(from_opener);
    }
    if (segment.rst) {
        reset_by_opener_ = reset_by_opener_.value_or(from_opener);
    }
}

void session_course::on_bind(const smpp::header& head) noexcept {
    using enum smpp::command_id;
    switch (head.id) {
        case bind_transmitter:
        case bind_receiver:
        case bind_transceiver: bind_asked_ = true; break;
        case bind_transmitter_resp:
        case bind_receiver_resp:
        case bind_transceiver_resp:
        case generic_nack:
            bound_ = head.id != generic_nack && head.status == smpp::command_status::ok;
            if (!bound_ && bind_asked_) {
                bind_refused_ = head.status;
            }
            break;
        case unbind: unbind_ = true; break;
        default: break;
    }
}

bool session_course::refused() const noexcept {
    return syns_ > 0 && !accepted_ && reset_by_opener_ == std::optional(false) && !spoke_[0] &&
           !spoke_[1];
}

bool session_course::unanswered() const noexcept {
    return syns_ > 0 && packets_[1] == 0 && !spoke_[0];
}

bool session_course::failed() const noexcept {
    const bool silent = !spoke_[0] && !spoke_[1];
    return syns_ > 0 && (refused() || unanswered() || (silent && (closed() || closed_by_opener_)) ||
                         (spoke_[0] && tls_[0] && !tls_[1]));
}

std::string session_course::words(bool opener_is_client, std::size_t open) const {
    const char* const opener = opener_is_client ? "the client" : "the server";
    const char* const answerer = opener_is_client ? "the server" : "the client";
    if (refused()) {
        return "refused: the SYN was answered by a reset; nothing listens there, or a firewall "
               "is between";
    }
    if (unanswered()) {
        return fmt::format(
            "no answer to {} SYN{}: the host is down, or a firewall drops the packets", syns_,
            syns_ == 1 ? "" : "s");
    }
    const std::string around = circumstances(opener, answerer);
    const auto by = reset_by_opener_ ? reset_by_opener_ : closed_by_opener_;
    if (!by && around.empty() && open == 0) {
        return {};
    }
    std::string out =
        by ? fmt::format("{} by {}", reset_by_opener_ ? "reset" : "closed", *by ? opener : answerer)
           : std::string("open at the end of the capture");
    out += around;
    if (open > 0) {
        out += fmt::format(", {} request{} unanswered", open, open == 1 ? "" : "s");
    }
    return out;
}

std::string session_course::circumstances(const char* opener, const char* answerer) const {
    if (tls_[0] && !tls_[1]) {
        return spoke_[1] ? fmt::format(
                               ": {} began TLS, {} answered without: the port is for plain "
                               "SMPP",
                               opener, answerer)
                         : fmt::format(
                               ": {} began TLS and got no answer: the port may be for "
                               "plain SMPP",
                               opener);
    }
    if (tls_[1] && spoke_[0] && !tls_[0]) {
        return fmt::format(
            ": {} spoke without TLS, {} answered with TLS: the port is for SMPP "
            "over TLS",
            opener, answerer);
    }
    if (bind_refused_ && !bound_) {
        return fmt::format(" after the bind was refused: {}", smpp::name_or_number(*bind_refused_));
    }
    if (bind_asked_ && !bound_) {
        return " before the bind was answered";
    }
    if (!spoke_[0] && !spoke_[1]) {
        return " without a PDU";
    }
    return unbind_ ? " after unbind" : "";
}

}  // namespace smpp_dump
