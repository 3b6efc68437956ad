// The fields of a PDU and the octets that they stand for.
#include <gmock/gmock.h>

#include "dump/tui_model.hpp"
#include "smpp-dump/tree_output.hpp"
#include "smpp-dump/tui/memory_file.hpp"
#include "smpp-dump/tui/pdu_view.hpp"

namespace smpp_dump_test {
namespace {

using testing::HasSubstr;

TEST(tui_tree, says_what_the_tree_output_says) {
    const auto model = shown("all_commands.pcap");
    std::size_t seen = 0;
    model->kept().each_pdu([&](const tui::kept_pdu& pdu) {
        const smpp_dump::record r = model->kept().again(pdu);
        std::string all;
        for (const tui::tree_line& each : tui::tree_of(r, {})) {
            all += each.text + '\n';
            EXPECT_LE(each.offset + each.size, pdu.octets.size()) << each.text;
        }
        tui::memory_file memory;
        {
            smpp_dump::octet_writer out(memory.file());
            smpp_dump::tree_output(out, {}).on_record(r);
        }
        for (const std::string& each : memory.lines()) {
            if (each.starts_with("  ")) {
                EXPECT_THAT(all, HasSubstr(each.substr(9)));
                ++seen;
            }
        }
    });
    EXPECT_GT(seen, 1000U);
}

TEST(tui_tree, elements_and_texts_stand_for_their_own_octets) {
    const auto one = session_of(1, "a");
    smpp::submit_sm submit;
    submit.esm_class = smpp::esm_class(0x40);
    submit.short_message = std::string("\x05\x00\x03\x2a\x02\x01hello", 11);
    std::string octets;
    const smpp_dump::record r = record_of(one, true, 7, submit, octets);
    const auto lines = tui::tree_of(r, {});
    const auto octets_of = [&](std::string_view begins) {
        for (const tui::tree_line& each : lines) {
            const std::string_view text = each.text;
            if (text.substr(std::min(text.find_first_not_of(' '), text.size()))
                    .starts_with(begins)) {
                return octets.substr(each.offset, each.size);
            }
        }
        return std::string("nothing");
    };
    EXPECT_EQ(octets_of("short_message"), submit.short_message);
    EXPECT_EQ(octets_of("udh 00"), std::string("\x00\x03\x2a\x02\x01", 5));
    EXPECT_EQ(octets_of("text"), "hello");
}

}  // namespace
}  // namespace smpp_dump_test
