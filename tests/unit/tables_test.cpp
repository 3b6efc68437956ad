// The library's tables against the specification's (tests/data/spec).
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "smpp/command_status.hpp"
#include "smpp/tlv.hpp"
#include "smpp/values.hpp"
#include "smpp/visitors/schema.hpp"
#include "support/tsv.hpp"

namespace {

using smpp_test::read_tsv;
using smpp_test::tsv_row;

std::uint32_t number(const std::string& text) {
    return static_cast<std::uint32_t>(std::stoul(text, nullptr, 0));
}

bool is_number(const std::string& text) {
    return text.size() > 2 &&
           text.find_first_not_of("0123456789ABCDEFabcdefx") == std::string::npos;
}

bool is_one_name(const std::string& name) { return name.find_first_of(" (|") == std::string::npos; }

/// "service_type:cstr6 source_addr_ton:u8" as the tables write it: limits and remarks behind the
/// kind left out.
std::vector<std::string> fields_in(std::string text) {
    text = text.substr(0, text.find("; TLV"));
    text = text.substr(0, text.find("; mandatory TLVs"));
    std::vector<std::string> fields;
    int depth = 0;
    for (const std::string& word : smpp_test::split(text, ' ')) {
        depth += word.find('{') != std::string::npos ? 1 : 0;
        const auto colon = word.find(':');
        if (depth == 0 && colon != std::string::npos && colon > 0 && word[colon - 1] != ']') {
            fields.push_back(word.substr(0, word.find('(')));
        }
        depth -= word.find('}') != std::string::npos ? 1 : 0;
    }
    return fields;
}

std::vector<std::string> fields_of(smpp::command_id id) {
    std::vector<std::string> fields;
    for (const smpp::field_schema& field : smpp::schema_of(id)) {
        if (field.depth == 0 && field.kind != "tlvs" && field.kind != "list") {
            fields.push_back(field.name + ":" + field.kind);
        }
    }
    return fields;
}

constexpr smpp::command_id all_commands[] = {
#define X(name, number, esme_states, mc_states) smpp::command_id::name,
#include "smpp/tables/command_id.def"
#undef X
};

std::set<std::string> carriers_in(const std::string& list) {
    std::set<std::string> out;
    for (const std::string& pdu : smpp_test::split(list, ',')) {
        out.insert(pdu.substr(0, pdu.find('(')));
    }
    return out;
}

/// By its name, or by that of its kind.
bool listed(const std::set<std::string>& pdus, smpp::command_id id) {
    const std::string name(smpp::name(id));
    const bool bind_resp = smpp::is_response(id) && name.starts_with("bind_");
    return pdus.count(name) != 0 || (bind_resp && pdus.count("bind_resp") != 0) ||
           (smpp::is_response(id) && pdus.count("any_resp") != 0) || pdus.count("any") != 0;
}

TEST(tables, every_command_has_its_number_and_its_fields) {
    std::set<std::uint32_t> seen;
    for (const tsv_row& row : read_tsv("spec/commands.tsv")) {
        if (!is_one_name(row.at("command"))) {
            continue;
        }
        const auto id = smpp::command_id(number(row.at("id")));
        EXPECT_EQ(smpp::name(id), row.at("command"));
        seen.insert(number(row.at("id")));
        if (row.at("mandatory_fields").find("[] ") != std::string::npos) {
            continue;  // a row that lists without types
        }
        EXPECT_EQ(fields_of(id), fields_in(row.at("mandatory_fields"))) << row.at("command");
    }
    std::size_t ours = 0;
#define X(name, number, esme_states, mc_states) ++ours;
#include "smpp/tables/command_id.def"
#undef X
    EXPECT_EQ(seen.size(), ours);
}

TEST(tables, every_tlv_has_its_tag_type_and_limits) {
    constexpr std::string_view types[] = {"u8", "u16", "u32", "cstring", "octets"};
    std::size_t rows = 0;
    for (const tsv_row& row : read_tsv("spec/tlvs.tsv")) {
        if (!is_number(row.at("tag")) || row.at("name").front() == '(') {
            continue;
        }
        ++rows;
        const smpp::tlv_info* info = smpp::find_tlv(smpp::tlv_tag(number(row.at("tag"))));
        ASSERT_NE(info, nullptr) << row.at("name");
        EXPECT_EQ(info->name, row.at("name"));
        EXPECT_EQ(info->min_length, number(row.at("min_len"))) << info->name;
        EXPECT_EQ(info->max_length, number(row.at("max_len"))) << info->name;
        // An integer of 1 to 5 octets has no C++ type: it stays octets.
        const std::string type = row.at("value_type") == "uint" ? "octets" : row.at("value_type");
        EXPECT_EQ(types[static_cast<std::size_t>(info->type)], type) << info->name;
    }
    std::size_t ours = 0;
#define X(name, tag, kind, min, max, pdus_3_4, pdus_5_0) ++ours;
#include "smpp/tables/tlv.def"
#undef X
    EXPECT_EQ(rows, ours);
}

TEST(tables, tlvs_know_the_pdus_that_carry_them) {
    for (const tsv_row& row : read_tsv("spec/tlvs.tsv")) {
        if (!is_number(row.at("tag")) || row.at("name").front() == '(') {
            continue;
        }
        const auto tag = smpp::tlv_tag(number(row.at("tag")));
        const std::set<std::string> pdus =
            carriers_in(row.at("pdus_3_4") + "," + row.at("pdus_5_0"));
        for (const smpp::command_id id : all_commands) {
            EXPECT_EQ(smpp::may_carry(id, tag), listed(pdus, id))
                << smpp::name(tag) << " in " << smpp::name(id);
        }
    }
}

TEST(tables, pdus_know_the_tlvs_that_they_must_have) {
    std::set<std::string> wanted;
    for (const tsv_row& row : read_tsv("spec/tlvs.tsv")) {
        for (const std::string& pdu : smpp_test::split(row.at("pdus_5_0"), ',')) {
            if (const auto at = pdu.find("(mandatory)"); at != std::string::npos) {
                wanted.insert(pdu.substr(0, at) + " " + row.at("name"));
            }
        }
    }
    std::set<std::string> ours;
    for (const smpp::command_id id : all_commands) {
        for (const smpp::tlv_tag tag : smpp::mandatory_tlvs(id)) {
            ours.insert(std::string(smpp::name(id)) + " " + std::string(smpp::name(tag)));
        }
    }
    EXPECT_EQ(ours, wanted);
}

std::string versions_of(smpp::command_status status) {
    static const std::map<smpp::command_status, std::string> all{
#define X(enumerator, number, name, meaning, versions) {smpp::command_status::enumerator, versions},
#include "smpp/tables/command_status.def"
#undef X
    };
    return all.at(status);
}

TEST(tables, every_error_code_has_its_name_meaning_and_versions) {
    std::set<std::uint32_t> seen;
    for (const tsv_row& row : read_tsv("spec/errors.tsv")) {
        if (!is_number(row.at("hex")) || !is_one_name(row.at("name")) ||
            !seen.insert(number(row.at("hex"))).second) {
            continue;  // ranges, conflicts, and older names of a number that has one
        }
        const auto status = smpp::command_status(number(row.at("hex")));
        EXPECT_EQ(smpp::name(status), row.at("name"));
        EXPECT_EQ(smpp::meaning(status), row.at("meaning"));
        EXPECT_EQ(versions_of(status), row.at("version")) << row.at("name");
    }
    std::size_t ours = 0;
#define X(enumerator, number, name, meaning, versions) ++ours;
#include "smpp/tables/command_status.def"
#undef X
    EXPECT_EQ(seen.size(), ours);
}

TEST(tables, versions_of_the_requests_are_those_of_the_specification) {
    std::map<smpp::command_id, std::string> listed;  // some have a row for 3.3 and one for later
    for (const tsv_row& row : read_tsv("spec/commands.tsv")) {
        if (is_number(row.at("id"))) {
            listed[smpp::command_id(number(row.at("id")))] += row.at("versions") + ",";
        }
    }
    const std::pair<smpp::interface_version, const char*> versions[] = {
        {smpp::interface_version(0), "3.3"},
        {smpp::interface_version::v3_3, "3.3"},
        {smpp::interface_version::v3_4, "3.4"},
        {smpp::interface_version::v5_0, "5.0"}};
    for (const smpp::command_id id : all_commands) {
        for (const auto& [version, called] : versions) {
            const bool has = listed[id].find(called) != std::string::npos;
            EXPECT_EQ(in_version(id, version), has || is_response(id)) << name(id) << " " << called;
        }
    }
}

}  // namespace
