#include "failures.hpp"

#include <fmt/format.h>

#include "smpp/command_status.hpp"

namespace notifier {
namespace {

std::string place(const target& where) { return fmt::format("{}:{}", where.host, where.port); }

bool is_status(const smpp::error_code& code) { return code.category() == smpp::status_category(); }

/// What to try, for what people run into most.
std::string hint(const target& where, std::string_view detail) {
    const auto says = [&](std::string_view words) {
        return detail.find(words) != std::string_view::npos;
    };
    if (where.tls &&
        (says("speak TLS on this port") || (says("TLS handshake") && says("timed out")))) {
        return "; if it speaks no TLS, try smpp://";
    }
    if (where.tls && says("certificate is not for")) {
        return "; if that is the right server, say its name with servername=, or switch the check "
               "off with verify=no";
    }
    if (where.tls && says("certificate is not trusted")) {
        return "; trust its authority with ca=FILE, or switch the check off with verify=no";
    }
    return {};
}

/// The specification's words for these speak of field lengths; message centres mean what they say.
std::string_view bind_meaning(smpp::command_status status) {
    switch (status) {
        case smpp::command_status::invalid_password: return "the password is not accepted";
        case smpp::command_status::invalid_system_id: return "the user is not accepted";
        default: return smpp::meaning(status);
    }
}

}  // namespace

std::string connect_failure(const target& where, const smpp::error_code& code,
                            std::string_view detail) {
    const std::string what =
        detail.empty() ? fmt::format("cannot connect to {}: {}", place(where), code.message())
                       : std::string(detail);
    return what + hint(where, what);
}

std::string bind_failure(const target& where, const smpp::error_code& code,
                         std::string_view detail) {
    if (is_status(code)) {
        const auto status = smpp::command_status(code.value());
        return fmt::format("bind to {} as {} refused: {} ({})", place(where), where.user,
                           smpp::name_or_number(status), bind_meaning(status));
    }
    if (code == smpp::session_errc::response_timeout || code == smpp::session_errc::bind_timeout) {
        return fmt::format("no answer to the bind from {} within {} s{}", place(where),
                           where.options.response_timeout.count(),
                           where.tls ? "" : "; if it expects TLS, try smpps://");
    }
    const std::string what = detail.empty() ? code.message() : std::string(detail);
    return fmt::format("bind to {} failed: {}{}", place(where), what,
                       where.tls ? "" : "; if it expects TLS, try smpps://");
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
    const std::string what = detail.empty() ? code.message() : std::string(detail);
    return fmt::format("connection to {} lost before the answer ({}); it may or may not arrive",
                       place(where), what);
}

}  // namespace notifier
