// Any text as what API calls take: rules, accounts, expectations, messages from mobiles. It is
// taken or refused with std::runtime_error; rules that are taken judge a bind.
#include <stdexcept>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/http/expectation.hpp"
#include "mock-smsc/http/http_types.hpp"
#include "mock-smsc/http/mo.hpp"
#include "mock-smsc/rules/rule_set.hpp"

namespace {

template <class F>
void tolerate(const F& parse) {
    try {
        parse();
    } catch (const std::runtime_error& refused) {
        if (*refused.what() == '\0') {
            __builtin_trap();  // a refusal says why
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = smpp::as_text(smpp::octet_span(data, size));
    tolerate([&] {
        mock_smsc::rule_set rules(1);
        rules.replace(text);
        std::ignore = rules.judge_command("account", smpp::command_id::bind_transceiver);
    });
    tolerate([&] { std::ignore = mock_smsc::parse_accounts(text); });
    tolerate([&] { std::ignore = mock_smsc::parse_expectation(text); });
    tolerate([&] { std::ignore = mock_smsc::parse_mo(text, 1); });
    mock_smsc::http_request request;
    mock_smsc::parse_target(text, request);
    return 0;
}
