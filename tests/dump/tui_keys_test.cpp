// What the keys of the lists and of ladders do.
#include <gmock/gmock.h>

#include <random>

#include "dump/tui_model.hpp"

namespace smpp_dump_test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(tui_keys, marked_sessions_are_opened_together) {
    const auto model = shown("interleave.pcap");
    const std::string list = after(*model, U" j ");
    EXPECT_THAT(line_with(list, "esme51"), testing::StartsWith("*"));
    EXPECT_THAT(line_with(list, "esme99"), testing::StartsWith("*"));
    EXPECT_THAT(line_with(list, "esme39"), testing::StartsWith(" "));
    EXPECT_THAT(list, HasSubstr("2 marked"));
    const std::string ladder = after(*model, U"\r");
    EXPECT_THAT(ladder, HasSubstr("#1 bind_transceiver seq=1 "));
    EXPECT_THAT(ladder, HasSubstr("#2 bind_receiver seq=1000 "));
    EXPECT_THAT(ladder, HasSubstr("#1    #2"));
    EXPECT_THAT(ladder, Not(HasSubstr("#3")));
    EXPECT_EQ(model->kept().find(1)->wanted.size() + model->kept().find(2)->wanted.size(), 16U);
    EXPECT_THAT(after(*model, U"s"), HasSubstr("Save 16 PDUs as: "));
}

TEST(tui_keys, marks_are_taken_back_and_all_are_marked_at_once) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(after(*model, U" "), HasSubstr("1 marked"));
    EXPECT_THAT(after(*model, U" "), Not(HasSubstr("marked")));
    EXPECT_THAT(after(*model, U"*"), HasSubstr("8 marked"));
    EXPECT_THAT(after(*model, U"*"), Not(HasSubstr("marked")));
    EXPECT_THAT(after(*model, U"*s"), HasSubstr("Save 60 PDUs as: "));
}

TEST(tui_keys, the_list_is_sorted_by_the_column_that_is_chosen) {
    const auto model = shown("interleave.pcap");
    const auto first = [](const std::string& of) { return of.substr(of.find("esme"), 6); };
    EXPECT_THAT(picture(*model), HasSubstr("#^"));
    EXPECT_EQ(first(after(*model, U"z")), "esme02");  // the last by number
    EXPECT_THAT(picture(*model), HasSubstr("#v"));
    const std::string by_account = after(*model, U"z>>>>");
    EXPECT_THAT(by_account, HasSubstr("ACCOUNT^"));
    EXPECT_EQ(first(by_account), "esme02");
    EXPECT_EQ(first(after(*model, U"z")), "esme99");
    EXPECT_THAT(after(*model, U"<"), HasSubstr("SERVERv"));
}

TEST(tui_keys, the_selected_session_stays_selected_when_the_list_is_sorted) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(after(*model, U"jz\r"), HasSubstr("#2 10.1.0.3:20007 esme99"));
}

TEST(tui_keys, columns_are_chosen) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::f10});
    EXPECT_THAT(picture(*model), HasSubstr("[x]  address of the message centre"));
    const std::string menu = after(*model, U"jjjj j ");  // SERVER, ACCOUNT
    EXPECT_THAT(menu, HasSubstr("[ ]  address of the message centre"));
    model->press({key_name::escape});
    EXPECT_THAT(picture(*model), Not(HasSubstr("SERVER")));
    EXPECT_THAT(picture(*model), Not(HasSubstr("esme51")));
    EXPECT_THAT(after(*model, U"tjj "), HasSubstr("[x]  from its first PDU to its last"));
    EXPECT_THAT(after(*model, U"q"), HasSubstr("DURATION"));
}

TEST(tui_keys, statistics_are_those_of_the_marked_sessions_or_of_all) {
    const auto model = shown("interleave.pcap");
    const std::string all = after(*model, U"i");
    EXPECT_THAT(all, HasSubstr("Statistics of 8 sessions"));
    EXPECT_THAT(all, HasSubstr("session #1: 10.1.0.2:20000 > 10.200.0.1:2775"));
    const std::string one = after(*model, U"qj i");
    EXPECT_THAT(one, HasSubstr("Statistics of 1 session,"));
    EXPECT_THAT(one, Not(HasSubstr("session #1:")));
    EXPECT_THAT(one, HasSubstr("session #2:"));
    EXPECT_THAT(one, HasSubstr("2 submit_sm\n"));
    EXPECT_THAT(one, HasSubstr("latency of 4 responses"));
    EXPECT_THAT(one, HasSubstr("closed by the client after unbind"));
}

TEST(tui_keys, statistics_count_what_the_filter_lets_through_and_know_of_the_rest) {
    const auto model = shown("interleave.pcap");
    type(*model, U"fcommand == submit_sm");
    const std::string text = after(*model, U"\r i");
    EXPECT_THAT(text, HasSubstr("of what the filter lets through"));
    EXPECT_THAT(text, HasSubstr("2 submit_sm\n"));
    EXPECT_THAT(text, Not(HasSubstr("submit_sm_resp")));
    EXPECT_THAT(text, Not(HasSubstr("without a response")));
}

TEST(tui_keys, raw_shows_octets_from_the_selected_pdu_on) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(after(*model, U"r"), HasSubstr("Octets of 8 PDUs"));
    EXPECT_THAT(picture(*model), HasSubstr("0010  65 73 6d 65 35 31 00 2a"));  // masked
    model->press({key_name::escape});
    const std::string raw = after(*model, U"\rjjjr");
    EXPECT_THAT(raw, HasSubstr("seq=3 INFO"));
    EXPECT_THAT(raw, HasSubstr("0030  42 61 6c 61 6e 63 65 3a 20 31 32 2e 34 30 20 45  Balance: "));
}

TEST(tui_keys, times_of_a_ladder_take_turns) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(line_with(after(*model, U"\r"), "submit_sm seq=3"), HasSubstr(" 0.004 s"));
    EXPECT_THAT(line_with(after(*model, U"w"), "submit_sm seq=3"), HasSubstr("+0.001 s"));
    EXPECT_THAT(line_with(after(*model, U"w"), "submit_sm seq=3"),
                testing::ContainsRegex("[0-9][0-9]:[0-9][0-9]:00\\.00833"));
    EXPECT_THAT(line_with(after(*model, U"w"), "submit_sm seq=3"), HasSubstr(" 0.004 s"));
}

TEST(tui_keys, texts_in_the_arrows_can_be_left_out) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(after(*model, U"\r"), HasSubstr("Balance"));
    const std::string bare = after(*model, U"d");
    EXPECT_THAT(bare, Not(HasSubstr("Balance")));
    EXPECT_THAT(bare, HasSubstr(" submit_sm seq=3 ---"));
    EXPECT_THAT(bare, HasSubstr(" submit_sm_resp seq=3 ESME_ROK "));
}

TEST(tui_keys, fields_beside_the_ladder_take_more_room_or_less) {
    const auto model = shown("interleave.pcap");
    EXPECT_THAT(after(*model, U"\r"), Not(HasSubstr("command_length")));  // 100 columns
    const auto at = [](const std::string& of) {
        return line_with(of, "command_length").find("command_length");
    };
    const std::size_t begin = at(after(*model, U"t"));
    ASSERT_NE(begin, std::string::npos);
    EXPECT_LT(at(after(*model, U"9")), begin);
    EXPECT_GT(at(after(*model, U"000")), begin);
    EXPECT_EQ(at(after(*model, U"T")), begin);
    EXPECT_THAT(after(*model, U"t"), Not(HasSubstr("command_length")));
    model->press({key_name::escape});
    model->press({key_name::f8});
    EXPECT_THAT(line_with(picture(*model), "Fields beside ladders"), HasSubstr("no"));
}

TEST(tui_keys, octets_of_a_pdu_take_more_room_or_less) {
    const auto model = shown("interleave.pcap");
    after(*model, U"\r\r");
    EXPECT_THAT(picture(*model, 120), HasSubstr("0010  65"));
    EXPECT_THAT((model->press({key_name::character, U'0'}), picture(*model, 120)),
                HasSubstr("0008  00"));
    EXPECT_THAT((model->press({key_name::character, U'9'}), picture(*model, 120)),
                HasSubstr("0010  65"));
}

TEST(tui_keys, settings_say_what_is_and_change_it) {
    const auto model = shown("interleave.pcap");
    EXPECT_FALSE(model->colour());
    const std::string menu = after(*model, U"o ");
    EXPECT_TRUE(model->colour());
    EXPECT_THAT(line_with(menu, "Colours  "), HasSubstr("yes"));
    EXPECT_THAT(line_with(menu, "Colours tell apart"), HasSubstr("what went wrong"));
    EXPECT_THAT(line_with(after(*model, U"jj "), "Times in"), HasSubstr("since the PDU before"));
    EXPECT_THAT(line_with(after(*model, U"q\r"), "submit_sm seq=3"), HasSubstr("+0.001 s"));
}

TEST(tui_keys, ladders_follow_what_comes_when_that_is_set) {
    const auto model = shown("interleave.pcap");
    after(*model, U"\r");
    model->press({key_name::f8});
    after(*model, U"jjjj ");
    model->press({key_name::escape});
    tui::screen to(100, 30);
    model->draw(to);
    EXPECT_EQ(to.at(20, 9).as, tui::look::selected);  // unbind_resp, the last of eight
}

TEST(tui_keys, colours_tell_apart_what_is_wanted) {
    const auto model = shown("interleave.pcap");
    const auto looks = [&](std::u32string_view keys) {
        after(*model, keys);
        tui::screen to(100, 30);
        model->draw(to);
        return std::pair(to.at(40, 4).as, to.at(40, 6).as);  // submit_sm, its response
    };
    EXPECT_EQ(looks(U"\r"), std::pair(tui::look::plain, tui::look::plain));
    EXPECT_EQ(looks(U"c"), std::pair(tui::tint(0), tui::tint(1)));
    EXPECT_THAT(picture(*model), HasSubstr("requests, responses, receipts"));
    EXPECT_EQ(looks(U"c"), std::pair(tui::tint(1), tui::tint(1)));  // session 1
}

TEST(tui_keys, any_keys_in_any_order_on_any_screen) {
    constexpr key_name names[] = {
        key_name::up,        key_name::down,      key_name::left, key_name::right,
        key_name::page_up,   key_name::page_down, key_name::home, key_name::end,
        key_name::enter,     key_name::escape,    key_name::tab,  key_name::f1,
        key_name::backspace, key_name::f3,        key_name::f4,   key_name::f6,
        key_name::f7,        key_name::f8,        key_name::f10,  key_name::clear_line};
    constexpr std::u32string_view letters = U" *<>zxrictwdT90jkgGAnNmp/,.";
    std::minstd_rand random(1);
    const auto pick = [&](std::size_t below) { return random() % below; };
    for (const char* name : {"interleave.pcap", "malformed.pcap", "noise.pcap", "loss.pcap"}) {
        tui::model_options few;
        few.most.pdus = 40;
        few.live = true;
        auto model = shown(name, few);
        for (int i = 0; i < 3000; ++i) {
            if (pick(2) == 0) {
                model->press({names[pick(std::size(names))]});
            } else {
                model->press({key_name::character, letters[pick(letters.size())]});
            }
            if (pick(8) == 0) {
                std::ignore =
                    picture(*model, static_cast<int>(pick(140)), static_cast<int>(pick(40)));
            }
            if (pick(200) == 0) {
                feed(*model, name);
            }
            if (pick(500) == 0) {
                model->press({key_name::escape});
                model->press({key_name::f5});
            }
        }
        EXPECT_FALSE(picture(*model).empty());
    }
}

}  // namespace
}  // namespace smpp_dump_test
