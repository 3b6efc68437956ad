#include "mock-smsc/accounts.hpp"

#include <algorithm>

namespace mock_smsc {

smpp::command_status accounts::check(std::string_view system_id, std::string_view password,
                                     smpp::interface_version version) const noexcept {
    using smpp::command_status;
    if (known_.empty()) {
        return command_status::ok;
    }
    bool known_name = false;
    for (const credentials& each : known_) {
        if (each.system_id == system_id) {
            if (each.password == password) {
                return command_status::ok;
            }
            known_name = true;
        }
    }
    if (version >= smpp::interface_version::v5_0) {
        return command_status::bind_failed;
    }
    return known_name ? command_status::invalid_password : command_status::invalid_system_id;
}

}  // namespace mock_smsc
