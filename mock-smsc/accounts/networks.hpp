// Networks that an account may come from: "10.0.0.0/8", "2001:db8::/32", or single addresses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mock_smsc {

/// Whether it is a network or an address.
[[nodiscard]] bool is_network(const std::string& text);

/// `peer` is "127.0.0.1:40000" or "[::1]:40000". REQUIRES: is_network(each).
[[nodiscard]] bool comes_from(std::string_view peer, const std::vector<std::string>& networks);

}  // namespace mock_smsc
