// --fields: what filters can ask for.
#pragma once

#include <string>

namespace smpp_dump {

/// A line a field in groups: its name, and what kind of values it has.
[[nodiscard]] std::string field_list();

}  // namespace smpp_dump
