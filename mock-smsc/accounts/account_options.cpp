#include "mock-smsc/accounts/account_options.hpp"

#include <boost/json.hpp>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/accounts/password.hpp"
#include "mock-smsc/json_in.hpp"

namespace mock_smsc {

std::string accounts_json(const options& wanted) {
    boost::json::array list;
    for (const credentials& each : wanted.users) {
        list.push_back(
            boost::json::object{{"system_id", each.system_id}, {"password", each.password}});
    }
    for (const auto& each : wanted.accounts) {
        const auto value = json_in::parse(each);
        const auto* object = value.if_object();
        const auto* named = object == nullptr ? nullptr : object->if_contains("accounts");
        const auto& given = named == nullptr ? value : *named;
        if (given.is_array()) {
            list.insert(list.end(), given.get_array().begin(), given.get_array().end());
        } else {
            list.push_back(given);
        }
    }
    return boost::json::serialize(list);
}

credentials first_credentials(const options& wanted) {
    const auto all = parse_accounts(accounts_json(wanted));
    if (all.empty()) {
        return {"mock", "mock"};
    }
    const account_settings& first = all.front().settings;
    const auto password = first.password.value_or("mock");
    return {first.system_id, is_password_hash(password) ? std::string() : password};
}

}  // namespace mock_smsc
