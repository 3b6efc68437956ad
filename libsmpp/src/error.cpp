#include "smpp/error.hpp"

#include <string>

namespace smpp {
namespace {

const char* text(codec_errc code) noexcept {
    switch (code) {
        case codec_errc::none: return "success";
        case codec_errc::invalid_command_length: return "command_length is not acceptable";
        case codec_errc::unknown_command_id: return "unknown command_id";
        case codec_errc::truncated: return "the PDU ends inside a field";
        case codec_errc::missing_terminator: return "C-octet string without its NUL";
        case codec_errc::too_long: return "field longer than its maximum";
        case codec_errc::embedded_nul: return "NUL inside a C-octet string";
        case codec_errc::invalid_time: return "not a time: neither empty nor 16 characters of one";
        case codec_errc::invalid_value: return "value is none of the known ones";
        case codec_errc::invalid_tlv_stream: return "TLVs do not end where the PDU ends";
        case codec_errc::trailing_octets: return "octets after the last field";
        case codec_errc::too_many: return "too many list elements";
        case codec_errc::too_few: return "too few list elements";
        case codec_errc::not_ascii: return "octet above 127 inside a C-octet string";
        case codec_errc::reserved_tag: return "TLV tag 0 is reserved";
        case codec_errc::invalid_tlv_length: return "a length that this TLV cannot have";
        case codec_errc::missing_tlv: return "a TLV that must be there is not";
        case codec_errc::both_texts: return "both short_message and message_payload have a text";
        case codec_errc::missing_udh:
            return "esm_class announces a user data header, and none is there";
        case codec_errc::sar_with_udh: return "sar_* TLVs beside a user data header";
        case codec_errc::not_in_version:
            return "not part of the SMPP version that the session speaks";
    }
    return "unknown codec error";
}

const char* text(session_errc code) noexcept {
    switch (code) {
        case session_errc::none: return "success";
        case session_errc::window_full: return "window is full";
        case session_errc::response_timeout: return "no response in time";
        case session_errc::not_bound: return "not allowed in the present session state";
        case session_errc::bind_refused: return "bind refused";
        case session_errc::link_dead: return "peer does not answer enquire_link";
        case session_errc::write_timeout: return "peer does not read what is sent to it";
        case session_errc::closed: return "session is closed";
        case session_errc::connection_lost: return "connection lost before the response";
        case session_errc::protocol_error: return "peer broke the protocol";
        case session_errc::unexpected_response: return "response of another operation";
        case session_errc::bind_timeout: return "no bind in time";
        case session_errc::inactivity: return "no activity";
        case session_errc::cancelled: return "cancelled";
        case session_errc::not_smpp: return "the peer does not speak SMPP";
        case session_errc::queue_timeout: return "no room in the window in time, never sent";
    }
    return "unknown session error";
}

template <class Errc>
class category final : public boost::system::error_category {
public:
    constexpr category(const char* name, std::uint64_t id) noexcept
        : error_category(id), name_(name) {}
    [[nodiscard]] const char* name() const noexcept override { return name_; }
    [[nodiscard]] std::string message(int value) const override { return text(Errc(value)); }

private:
    const char* name_;
};

}  // namespace

const boost::system::error_category& codec_category() noexcept {
    static constexpr category<codec_errc> instance("smpp.codec", 0x6a4c3b2e11f05d91U);
    return instance;
}

const boost::system::error_category& session_category() noexcept {
    static constexpr category<session_errc> instance("smpp.session", 0x8d1b77c2904ea3f6U);
    return instance;
}

}  // namespace smpp
