// --query: which PDUs are shown, in the query language of mock-smsc.
//
//     const auto wanted = smpp_dump::read_query("to:1555 -status:ok");
//     if (wanted->test(record, smpp::alphabet::gsm7)) { ... }
#pragma once

#include <string_view>

#include "smpp-dump/filter_nodes.hpp"

namespace smpp_dump {

/// Throws filter_error.
[[nodiscard]] detail::node_ptr read_query(std::string_view text);

}  // namespace smpp_dump
