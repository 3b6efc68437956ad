#include "client_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp/codec.hpp"
#include "smpp/command_status.hpp"

namespace notifier {
namespace {

smpp::duration to_duration(seconds value) {
    return std::chrono::duration_cast<smpp::duration>(value);
}

}  // namespace

smpp::client_options client_settings(const target& target) {
    const auto& p = target.options;
    smpp::client_options out;
    out.session.window = p.window;
    out.session.response_timer = to_duration(p.response_timeout);
    out.session.session_init_timer = to_duration(p.response_timeout);
    out.session.enquire_link_timer = to_duration(p.keepalive);
    out.session.unbind_timer = std::min(to_duration(p.response_timeout), out.session.unbind_timer);
    out.connect_timer = to_duration(p.connect_timeout);
    out.tls = target.tls;
    out.tls_options.verify = p.verify;
    out.tls_options.ca_file = p.ca;
    out.tls_options.cert_file = p.cert;
    out.tls_options.key_file = p.key;
    out.tls_options.server_name = p.servername;
    out.tls_options.min_version =
        p.tls_min == "1.3" ? smpp::tls_version::v1_3 : smpp::tls_version::v1_2;
    return out;
}

std::string pdu_line(smpp::direction way, smpp::octet_span frame) {
    if (frame.size() < smpp::header_size) {
        return fmt::format("{} octets", frame.size());
    }
    const auto header = smpp::decode_header(frame);
    const bool response = smpp::is_response(header.id);
    const auto known = smpp::name(header.id);
    return fmt::format(
        "{} {} {}{}{}, {} octets", way == smpp::direction::out ? '>' : '<',
        known.empty() ? fmt::format("0x{:08X}", static_cast<std::uint32_t>(header.id))
                      : std::string(known),
        header.sequence_number, response ? " " : "",
        response ? smpp::name_or_number(header.status) : std::string(), frame.size());
}

}  // namespace notifier
