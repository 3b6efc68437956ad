// Any text as a query: it is understood or refused, and then decides about a message.
#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/query/query.hpp"

namespace {

struct one_message {
    mock_smsc::session_registry sessions;
    mock_smsc::message_store store{mock_smsc::message_store::limits{}};

    one_message() {
        mock_smsc::session_info& session = sessions.open();
        session.system_id = "account";
        session.scope = "scope";
        smpp::submit_sm submit;
        submit.source.digits = "ACME";
        submit.destination.digits = "15551234567";
        submit.short_message = "hello, world";
        submit.tlvs.set(smpp::tlv::user_message_reference, 7);
        std::string frame;
        std::ignore = smpp::append(frame, smpp::command_status::ok, 1, submit);
        const auto id = store.add(1, 1'000'000, smpp::command_status::ok, smpp::as_octets(frame));
        store.annotate(id).add_tag("seen");
        store.publish();
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const one_message world;
    const auto parsed = mock_smsc::query::parse(smpp::as_text(smpp::octet_span(data, size)));
    if (parsed.error.empty()) {
        mock_smsc::message_reader message(world.store, world.sessions, 1);
        const bool matches = parsed.query.matches(message);
        const bool in_scope = parsed.query.in_scope("scope").matches(message);
        if (matches != in_scope) {
            __builtin_trap();  // the scope is the message's
        }
        std::ignore = parsed.query.matches_account("account");
    }
    return 0;
}
