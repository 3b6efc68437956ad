// Fields that Wireshark has and the specification has not: parts of others, counts, times in two
// readings.
#pragma once

#include "smpp-dump/filter_field.hpp"

namespace smpp_dump {

/// `name` without "smpp.".
[[nodiscard]] std::optional<filter_field> find_wireshark_field(std::string_view name);

/// What it knows, but for the times that are fields of bodies as well.
[[nodiscard]] std::vector<std::string> wireshark_field_names();

/// A giver: the durations among the times of a field.
void give_duration(const filter_field& field, const record& r, smpp::alphabet standard,
                   value_sink& to);

}  // namespace smpp_dump
