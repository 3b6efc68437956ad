// Prints docs/pdus.md from the library's own tables and field lists.
//
//     build/release/bin/generate_pdus > docs/pdus.md
#include <fmt/format.h>

#include "smpp/command_status.hpp"
#include "smpp/tlv.hpp"
#include "smpp/visitors/schema.hpp"

namespace {

void print_command(smpp::command_id id) {
    fmt::print("\n### {} (0x{:08X})\n\n", smpp::name(id), static_cast<std::uint32_t>(id));
    const auto fields = smpp::schema_of(id);
    if (fields.empty()) {
        fmt::print("Header only.\n");
        return;
    }
    fmt::print("| field | kind |\n|---|---|\n");
    for (const smpp::field_schema& field : fields) {
        const std::string note = field.note.empty() ? "" : fmt::format(" ({})", field.note);
        fmt::print("| {}{} | {}{} |\n", field.depth == 0 ? "" : "&nbsp;&nbsp;", field.name,
                   field.kind, note);
    }
}

std::string_view type_name(smpp::tlv_type type) {
    switch (type) {
        case smpp::tlv_type::u8: return "u8";
        case smpp::tlv_type::u16: return "u16";
        case smpp::tlv_type::u32: return "u32";
        case smpp::tlv_type::cstring: return "cstring";
        case smpp::tlv_type::octets: return "octets";
    }
    return "";
}

void print_tlv(smpp::tlv_tag tag) {
    const smpp::tlv_info& row = *smpp::find_tlv(tag);
    const std::string length = row.min_length == row.max_length
                                   ? fmt::format("{}", row.min_length)
                                   : fmt::format("{}..{}", row.min_length, row.max_length);
    std::string carriers;
#define X(name, number, esme_states, mc_states)                               \
    if (smpp::may_carry(smpp::command_id::name, tag)) {                       \
        carriers += fmt::format("{}{}", carriers.empty() ? "" : ", ", #name); \
    }
#include "smpp/tables/command_id.def"
#undef X
    fmt::print("| 0x{:04X} | {} | {} | {} | {} |\n", static_cast<std::uint16_t>(tag), row.name,
               type_name(row.type), length, carriers);
}

}  // namespace

int main() {
    fmt::print(
        "# PDUs, TLVs and error codes\n\n"
        "Made by `build/release/bin/generate_pdus > docs/pdus.md` from the tables and field lists "
        "that\n"
        "the library encodes and decodes with; a test fails when this page is older than they "
        "are.\n\n"
        "Kinds: `u8`, `u16`, `u32` big-endian integers; `cstrN` characters and a NUL, at most N "
        "octets\n"
        "with it; `cstr1|17` empty or 16 characters, and a NUL; `octets[n]` as many octets as the "
        "count\n"
        "before says; `list` as many elements as the count before says; `tlvs` the rest of the "
        "PDU.\n\n"
        "## Commands\n");
#define X(name, number, esme_states, mc_states) print_command(smpp::command_id::name);
#include "smpp/tables/command_id.def"
#undef X
    fmt::print(
        "\n## TLVs\n\nA carrier is listed when 3.4 or 5.0 allows it.\n\n"
        "| tag | name | type | octets | carried by |\n|---|---|---|---|---|\n");
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) print_tlv(smpp::tlv_tag::name);
#include "smpp/tables/tlv.def"
#undef X
    fmt::print(
        "\n## Error codes\n\n| command_status | name | meaning | versions |\n|---|---|---|---|\n");
#define X(enumerator, number, name, meaning, versions) \
    fmt::print("| 0x{:08X} | {} | {} | {} |\n", number, name, meaning, versions);
#include "smpp/tables/command_status.def"
#undef X
}
