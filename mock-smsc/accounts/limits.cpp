#include "mock-smsc/accounts/limits.hpp"

#include "mock-smsc/accounts/account.hpp"

namespace mock_smsc {

std::optional<refusal> refused_by_limits(const session_info& session, const message_fields& fields,
                                         microseconds_utc now) {
    account& who = session.account->get();
    const account_settings& settings = who.settings();
    if (settings.window != 0 && session.traffic.unanswered() > settings.window) {
        return refusal{smpp::command_status::throttled, "window"};
    }
    if (!who.take_token(now)) {
        return refusal{smpp::command_status::throttled, "tps"};
    }
    if (!who.may_send_from(fields.source.digits)) {
        return refusal{smpp::command_status::invalid_source_address, "addresses"};
    }
    return std::nullopt;
}

}  // namespace mock_smsc
