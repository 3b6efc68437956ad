#include "smpp-dump/live/bind_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/output.hpp"
#include "smpp/tlv.hpp"

namespace smpp_dump {
namespace {

/// Calls `use` with the body when it is one of the binds.
template <class Use>
void if_bind(const smpp::body_view& any, Use use) {
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { body.interface_version; }) {
                use(body);
            }
        },
        any);
}

bool is_bind_response(smpp::command_id id) noexcept {
    return id == smpp::command_id::bind_transmitter_resp ||
           id == smpp::command_id::bind_receiver_resp ||
           id == smpp::command_id::bind_transceiver_resp;
}

std::optional<smpp::interface_version> offered(const smpp::body_view& any) {
    return std::visit(
        [](const auto& body) -> std::optional<smpp::interface_version> {
            if constexpr (requires { body.tlvs; }) {
                if (const auto version = body.tlvs.get(smpp::tlv::sc_interface_version)) {
                    return static_cast<smpp::interface_version>(*version);
                }
            }
            return std::nullopt;
        },
        any);
}

}  // namespace

std::string version_text(smpp::interface_version version) {
    const auto number = static_cast<unsigned>(version);
    return fmt::format("{:x}.{:x}", number >> 4, number & 0x0F);
}

std::string negotiated(smpp::interface_version asked, const smpp::body_view& body) {
    const auto server = offered(body);
    if (!server) {
        return fmt::format(
            "SMPP {} was asked for; the server does not say what it speaks (3.3, or it leaves "
            "sc_interface_version out)",
            version_text(asked));
    }
    return fmt::format("SMPP {} counts: {} was asked for, the server speaks {}",
                       version_text(std::min(asked, *server)), version_text(asked),
                       version_text(*server));
}

std::string bind_hint(smpp::command_status status) {
    using enum smpp::command_status;
    switch (status) {
        case invalid_password: return "the password is wrong; SMPP takes 8 octets of it at most";
        case invalid_system_id: return "the system_id is not known there; capitals matter";
        case bind_failed:
            return "user, password, system_type or the address that you come from is not what "
                   "the provider expects";
        case already_bound:
            return "the account is bound already, or has as many sessions as it may";
        case invalid_bind_status: return "this account may not bind so: tx, rx or trx?";
        case throttled: return "too many binds in a short time: wait before trying again";
        case system_error: return "the fault is the server's, or it hides why it refuses";
        default: return {};
    }
}

bool looks_like_tls(smpp::octet_span octets) noexcept {
    return octets.size() >= 3 && (octets[0] == 0x16 || octets[0] == 0x15) && octets[1] == 0x03 &&
           octets[2] <= 0x04;
}

void bind_words::on_record(const record& r) {
    look_at(r);
    next_->on_record(r);
}

void bind_words::look_at(const record& r) {
    if (r.frame.kind == frame_kind::garbage) {
        look_at_garbage(r);
        return;
    }
    asked& bind = open_[r.session->number];
    ++bind.pdus;
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    if_bind(r.pdu.body, [&](const auto& body) {
        bind.what = command_name(r.pdu.header.id);
        bind.version = body.interface_version;
        bind.answered = false;
        std::string who;
        append_printable(who, body.system_id);
        say_(fmt::format("#{} {} as \"{}\" asks for SMPP {}", r.session->number, bind.what, who,
                         version_text(body.interface_version)));
    });
    const bool refused_as_a_whole =
        r.pdu.header.id == smpp::command_id::generic_nack && !bind.what.empty();
    if (!r.from_client && !bind.answered &&
        (is_bind_response(r.pdu.header.id) || refused_as_a_whole)) {
        judge(r, bind);
    }
}

void bind_words::judge(const record& r, asked& bind) {
    bind.answered = true;
    const smpp::command_status status = r.pdu.header.status;
    const double ms =
        r.request ? static_cast<double>(r.frame.last.time - r.request->time) / 1e6 : 0;
    if (status == smpp::command_status::ok) {
        say_(fmt::format("#{} bound; {} ({:.1f} ms)", r.session->number,
                         negotiated(bind.version, r.pdu.body), ms));
        return;
    }
    const std::string hint = bind_hint(status);
    say_(fmt::format("#{} bind FAILED: {}, {} ({:.1f} ms){}{}", r.session->number,
                     name_or_number(status), smpp::meaning(status), ms,
                     hint.empty() ? "" : "; hint: ", hint));
}

void bind_words::look_at_garbage(const record& r) {
    if (looks_like_tls(r.frame.octets)) {
        say_(fmt::format("#{} the {} speaks TLS where plain SMPP was expected; hint: {}",
                         r.session->number, r.from_client ? "client" : "server",
                         r.from_client ? "listen with tls:" : "the target is smpps://"));
    }
}

void bind_words::on_session_end(const session& s) {
    if (const auto at = open_.find(s.number); at != open_.end()) {
        if (!at->second.what.empty() && !at->second.answered) {
            say_(
                fmt::format("#{} ended without an answer to the {}; hint: the server may expect "
                            "TLS (smpps://), or drop whom it does not know",
                            s.number, at->second.what));
        }
        open_.erase(at);
    }
    next_->on_session_end(s);
}

}  // namespace smpp_dump
