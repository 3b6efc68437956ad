#include "smpp-dump/field_list.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp-dump/wireshark_field.hpp"

namespace smpp_dump {
namespace {

std::string_view name(field_kind kind) noexcept {
    switch (kind) {
        case field_kind::number: return "number";
        case field_kind::command: return "command";
        case field_kind::status: return "status";
        case field_kind::duration: return "duration";
        case field_kind::time: return "time";
        case field_kind::address: return "IP address";
        case field_kind::text: return "text";
        case field_kind::octets: return "octets";
    }
    return {};
}

std::vector<std::string> tlv_names() {
    return {
#define X(name, tag, type, least, most, pdus_3_4, pdus_5_0) #name,
#include "smpp/tables/tlv.def"
#undef X
    };
}

void append_group(std::string& to, std::string_view title, const std::vector<std::string>& names) {
    fmt::format_to(std::back_inserter(to), "{}{}:\n", to.empty() ? "" : "\n", title);
    for (const std::string& each : names) {
        if (const auto field = find_filter_field(each)) {
            fmt::format_to(std::back_inserter(to), "  {:34} {}\n", each, name(field->kind));
        }
    }
}

}  // namespace

std::string field_list() {
    std::string out;
    append_group(out, "Headers, messages, sessions and what belongs together", own_field_names());
    append_group(out, "Bodies of PDUs", body_field_names());
    append_group(out, "TLVs, and tlv.0x1401 for one without a name", tlv_names());
    append_group(out, "More of Wireshark's names", wireshark_field_names());
    return out;
}

}  // namespace smpp_dump
