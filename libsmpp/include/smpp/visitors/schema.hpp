// Schema: what the fields of a PDU are called and how they look on the wire. A visitor of fields().
//
//     for (const smpp::field_schema& field : smpp::schema_of(smpp::command_id::submit_sm)) {
//         fmt::print("{:{}}{} {}\n", "", field.depth * 2, field.name, field.kind);
//     }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smpp/command_id.hpp"

namespace smpp {

struct field_schema {
    std::string name;       ///< in the specification
    std::string kind;       ///< "u8", "cstr21" (maximum with NUL), "cstr1|17", "octets[sm_length]",
                            ///< "tlvs", "list"
    std::string_view note;  ///< what must hold for the field to be there; empty: always there
    unsigned depth = 0;     ///< 1 inside a list element
};

/// The fields of a PDU in their order; empty for a number without a row, and for PDUs that are only
/// a header.
[[nodiscard]] std::vector<field_schema> schema_of(command_id id);

}  // namespace smpp
