// Two PDUs of a ladder beside each other.
#include "smpp-dump/tui/compare_view.hpp"

#include <gmock/gmock.h>

#include "dump/tui_model.hpp"

namespace smpp_dump_test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<tui::tree_line> lines(std::initializer_list<std::string> texts) {
    std::vector<tui::tree_line> out;
    for (const std::string& each : texts) {
        out.push_back({each, 0, 0, false});
    }
    return out;
}

/// "left|right" a row, with the sign of diff --side-by-side between them.
std::vector<std::string> rows(std::initializer_list<std::string> left,
                              std::initializer_list<std::string> right) {
    std::vector<std::string> out;
    for (const tui::line_pair& each : tui::pairs_of(lines(left), lines(right))) {
        const char* const sign = each.how == tui::relation::same        ? "="
                                 : each.how == tui::relation::differs   ? "|"
                                 : each.how == tui::relation::left_only ? "<"
                                                                        : ">";
        out.push_back(each.left + sign + each.right);
    }
    return out;
}

TEST(tui_compare, lines_of_the_same_field_stand_in_one_row) {
    using testing::ElementsAre;
    EXPECT_THAT(rows({"a = 1", "b = 2", "c = 3"}, {"a = 1", "b = 3", "c = 3"}),
                ElementsAre("a = 1=a = 1", "b = 2|b = 3", "c = 3=c = 3"));
    EXPECT_THAT(rows({"a = 1", "c = 3"}, {"a = 1", "b = 3", "c = 3"}),
                ElementsAre("a = 1=a = 1", ">b = 3", "c = 3=c = 3"));
    EXPECT_THAT(rows({"a = 1", "b = 2"}, {"a = 1"}), ElementsAre("a = 1=a = 1", "b = 2<"));
    EXPECT_THAT(rows({}, {"a = 1"}), ElementsAre(">a = 1"));
    EXPECT_THAT(rows({}, {}), ElementsAre());
    EXPECT_THAT(rows({"a = 1"}, {"  a = 1"}), ElementsAre("a = 1<", ">  a = 1"));
    EXPECT_THAT(rows({"  text (gsm7) = x"}, {"  text (ucs2) = x"}),
                ElementsAre("  text (gsm7) = x|  text (ucs2) = x"));
}

TEST(tui_compare, nothing_is_left_out_of_long_trees) {
    std::vector<tui::tree_line> left;
    std::vector<tui::tree_line> right;
    for (int i = 0; i < 1000; ++i) {
        left.push_back({"l" + std::to_string(i), 0, 0, false});
        right.push_back({"r" + std::to_string(i), 0, 0, false});
    }
    left.push_back({"both = 1", 0, 0, false});
    right.insert(right.begin() + 970, {"both = 2", 0, 0, false});
    const auto pairs = tui::pairs_of(left, right);
    const auto count = [&](tui::relation how) {
        return std::count_if(pairs.begin(), pairs.end(),
                             [how](const tui::line_pair& each) { return each.how == how; });
    };
    EXPECT_EQ(count(tui::relation::left_only), 1000);
    EXPECT_EQ(count(tui::relation::right_only), 1000);
    EXPECT_EQ(count(tui::relation::differs), 1);
}

TEST(tui_compare, two_marked_pdus_stand_beside_each_other) {
    const auto model = shown("all_commands.pcap");
    const std::string marked = after(*model, U"\rjjj ");
    EXPECT_THAT(line_with(marked, "submit_sm seq=3"), HasSubstr("s*|"));
    EXPECT_THAT(marked, HasSubstr("marked for comparison"));
    const std::string both = after(*model, U"jj ");
    EXPECT_THAT(line_with(both, "#1 > submit_sm seq=3"), HasSubstr("#1 > submit_sm seq=4"));
    EXPECT_THAT(line_with(both, "sequence_number"),
                testing::ContainsRegex("sequence_number = 3 +\\| sequence_number = 4"));
    EXPECT_THAT(line_with(both, "command_status"),
                testing::ContainsRegex("ESME_ROK +command_status"));
    EXPECT_THAT(both, testing::ContainsRegex("source_addr = 44770413684 +\\| source_addr = ACME"));
    EXPECT_THAT(both, HasSubstr(" lines differ"));
    EXPECT_THAT(after(*model, U"s"), HasSubstr("Save 2 PDUs as: "));
    model->press({key_name::escape});
    model->press({key_name::escape});
    EXPECT_THAT(picture(*model), Not(HasSubstr("marked for comparison")));
}

TEST(tui_compare, tab_goes_to_what_differs_and_it_is_shown_whole) {
    const auto model = shown("all_commands.pcap");
    after(*model, U"\rjjj jj ");
    const auto selected = [&] {
        tui::screen to(100, 30);
        model->draw(to);
        std::vector<std::string> out;
        for (int y = 2; y < 28; ++y) {
            if (to.looking(y, tui::look::selected).first == 0) {
                out.push_back(to.row(y));
            }
        }
        return out;
    };
    model->press({key_name::tab});
    ASSERT_EQ(selected().size(), 1U);
    EXPECT_THAT(selected()[0], HasSubstr("sequence_number"));
    after(*model, U"/short_message\r");
    EXPECT_EQ(selected().size(), 6U);  // 132 octets in hexadecimal, in half of 100 columns
    EXPECT_THAT(after(*model, U"/no such thing\r"), HasSubstr("no such thing"));
}

TEST(tui_compare, a_mark_is_taken_back_and_what_is_alike_says_so) {
    const auto model = shown("all_commands.pcap");
    EXPECT_THAT(after(*model, U"\rjjj  "), Not(HasSubstr("marked for comparison")));
    const tui::compare_view same(model->kept(), 3, 3);
    EXPECT_EQ(same.about(), "both are the same");
}

TEST(tui_compare, a_mark_on_what_is_no_longer_kept_is_none) {
    tui::model_options options;
    options.most.pdus = 5;
    tui::model model(options);
    feed(model, "plain.pcap");
    after(model, U"\rg ");
    feed(model, "plain.pcap");
    EXPECT_THAT(after(model, U" "), Not(HasSubstr(" lines differ")));
}

TEST(tui_compare, screens_of_any_size) {
    const auto model = shown("all_commands.pcap");
    after(*model, U"\rjjj jj ");
    for (int width = 1; width < 60; ++width) {
        for (int height = 1; height < 12; ++height) {
            EXPECT_FALSE(picture(*model, width, height).empty());
        }
    }
}

}  // namespace
}  // namespace smpp_dump_test
