// Who may bind.
#pragma once

#include <string_view>
#include <vector>

#include "mock-smsc/options.hpp"
#include "smpp/command_status.hpp"
#include "smpp/values.hpp"

namespace mock_smsc {

class accounts {
public:
    /// None: everybody may bind.
    explicit accounts(std::vector<credentials> known) : known_(std::move(known)) {}

    /// The status that answers a bind. 5.0 has one status for all refusals.
    [[nodiscard]] smpp::command_status check(std::string_view system_id, std::string_view password,
                                             smpp::interface_version version) const noexcept;

private:
    std::vector<credentials> known_;
};

}  // namespace mock_smsc
