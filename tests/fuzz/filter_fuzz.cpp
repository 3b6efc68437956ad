// Any text as a filter: it is understood or refused, and then decides about PDUs.
#include "smpp-dump/filter.hpp"
#include "smpp-dump/octet_session.hpp"

namespace {

struct quiet_sink final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record&) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string octets = [] {
        smpp::submit_sm submit;
        submit.short_message = "hello";
        submit.tlvs.set(smpp::tlv::user_message_reference, 7);
        std::string made;
        std::ignore = smpp::append(made, smpp::command_status::ok, 1, submit);
        return made;
    }();
    try {
        quiet_sink quiet;
        smpp_dump::filter_output filtered(
            smpp_dump::filter(smpp::as_text(smpp::octet_span(data, size))), quiet);
        smpp_dump::octet_session session(filtered, 1);
        session.add(smpp::as_octets(octets));
        session.finish();
    } catch (const smpp_dump::filter_error&) {
        return 0;
    }
    return 0;
}
