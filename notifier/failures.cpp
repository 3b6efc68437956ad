#include "failures.hpp"

#include <fmt/format.h>

#include <utility>

#include "smpp/command_status.hpp"

namespace notifier {
namespace {

std::string place(const target& where) { return fmt::format("{}:{}", where.host, where.port); }

bool is_status(const smpp::error_code& code) { return code.category() == smpp::status_category(); }

struct known_cause {
    std::string_view words;  ///< of the library's account
    std::string_view hint;
};

/// What to try, for what people run into most; the first whose words are there.
constexpr known_cause causes[] = {
    {"cannot resolve", "; is the name right, and does DNS work here?"},
    {"Connection refused", "; nothing listens there: are host and port right?"},
    {"connecting to",
     "; a firewall may be in between, or want to know this address; cto= waits longer"},
    {"unreachable", "; is there a way to that network from here (VPN, firewall)?"},
    {"No route to host", "; is there a way to that network from here (VPN, firewall)?"},
    {"cannot use the certificate authorities", "; ca= is a file of certificates in PEM"},
    {"cannot use the", "; cert= and key= are files in PEM that belong together"},
    {"certificate is not for",
     "; if that is the right server, say its name with servername=, or switch the check off with "
     "verify=no"},
    {"has expired", "; the server needs a new one; verify=no switches the check off"},
    {"not yet valid", "; is the clock right here? If so, the server needs another one"},
    {"too weak", "; the server needs a stronger one; verify=no switches the check off"},
    {"certificate is not trusted",
     "; trust its authority with ca=FILE, or switch the check off with verify=no"},
    {"alert certificate required", "; it asks for a client certificate: cert=FILE and key=FILE"},
    {"alert handshake failure", "; it may ask for a client certificate: cert=FILE and key=FILE"},
    {"alert unknown ca", "; it does not accept the client certificate of cert="},
    {"alert bad certificate", "; it does not accept the client certificate of cert="},
    {"alert certificate", "; it does not accept the client certificate of cert="},
    {"no TLS version in common", "; tls_min= is the oldest version to accept"},
    {"speak TLS on this port", "; if it speaks no TLS, try smpp://"},
    {"TLS handshake", "; if it speaks no TLS, try smpp://"},
};

std::string hint(std::string_view detail) {
    for (const auto& [words, advice] : causes) {
        if (detail.find(words) != std::string_view::npos) {
            return std::string(advice);
        }
    }
    return {};
}

/// Words of OpenSSL and the resolver that mean something to their authors only; a file that could
/// not be read may be a URL in a wrong place.
std::string without_jargon(std::string_view detail) {
    constexpr std::pair<std::string_view, std::string_view> jargon[] = {
        {"stream truncated; ", ""},
        {" (authoritative)", ""},
        {" (SSL routines)", ""},
        {"tlsv13 alert", "TLS alert"},
        {"tlsv1 alert", "TLS alert"},
        {"sslv3 alert", "TLS alert"},
        {"End of file", "the peer closed it"},
        {"end of file", "the peer closed it"}};
    auto out = mask_urls(detail);
    for (const auto& [from, to] : jargon) {
        if (const auto at = out.find(from); at != std::string::npos) {
            out.replace(at, from.size(), to);
        }
    }
    return out;
}

/// The specification's words for these speak of field lengths; message centres mean what they say.
std::string_view bind_meaning(smpp::command_status status) {
    switch (status) {
        case smpp::command_status::invalid_password: return "the password is not accepted";
        case smpp::command_status::invalid_system_id: return "the user is not accepted";
        case smpp::command_status::bind_failed: return "it does not say why";
        default: return smpp::meaning(status);
    }
}

std::string_view bind_hint(smpp::command_status status) {
    using enum smpp::command_status;
    switch (status) {
        case bind_failed:
            return "; check user, password and system_type=, and whether this address is allowed";
        case invalid_password: return "; in a URL special characters of it are written as %XX";
        case invalid_system_id: return "; check its spelling, and that the account is open";
        case already_bound: return "; end the other session of this account, or ask for more";
        case invalid_system_type: return "; system_type= says it";
        case invalid_command_id: return "; try bind=trx, or bind=tx";
        default: return smpp::is_temporary(status) ? "; retry=N tries again" : "";
    }
}

}  // namespace

std::string connect_failure(const target& where, const smpp::error_code& code,
                            std::string_view detail) {
    const std::string what =
        detail.empty() ? fmt::format("cannot connect to {}: {}", place(where), code.message())
                       : without_jargon(detail);
    return what + hint(what);
}

std::string bind_failure(const target& where, const smpp::error_code& code,
                         std::string_view detail) {
    if (is_status(code)) {
        const auto status = smpp::command_status(code.value());
        return fmt::format("bind to {} as {} refused: {} ({}){}", place(where), where.user,
                           smpp::name_or_number(status), bind_meaning(status), bind_hint(status));
    }
    if (code == smpp::session_errc::response_timeout || code == smpp::session_errc::bind_timeout) {
        return fmt::format("no answer to the bind from {} within {} s{}", place(where),
                           where.options.response_timeout.count(),
                           where.tls ? "" : "; if it expects TLS, try smpps://");
    }
    const auto what = without_jargon(detail.empty() ? code.message() : std::string(detail));
    return fmt::format("bind to {} failed: {}{}", place(where), what,
                       where.tls ? hint(what) : "; if it expects TLS, try smpps://");
}

std::string connection_loss(const target& where, std::string_view detail) {
    return fmt::format("connection to {} lost: {}", place(where), without_jargon(detail));
}

bool may_pass(const smpp::error_code& code) {
    return is_status(code) ? smpp::is_temporary(smpp::command_status(code.value()))
                           : code != smpp::session_errc::not_smpp;
}

std::string unanswered(const target& where, const smpp::error_code& code, std::string_view detail) {
    if (code == smpp::session_errc::response_timeout) {
        return fmt::format("no answer from {} within {} s; it may or may not arrive", place(where),
                           where.options.response_timeout.count());
    }
    const auto what = without_jargon(detail.empty() ? code.message() : std::string(detail));
    return fmt::format("connection to {} lost before the answer ({}); it may or may not arrive",
                       place(where), what);
}

}  // namespace notifier
