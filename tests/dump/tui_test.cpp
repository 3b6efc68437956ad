#include "dump/tui_model.hpp"
#include "smpp-dump/tui/list_cursor.hpp"

namespace smpp_dump_test {
namespace {

TEST(tui, sessions_open_a_ladder_and_that_a_pdu_and_escape_goes_back) {
    const auto model = shown("interleave.pcap");
    EXPECT_NE(picture(*model).find("8 sessions"), std::string::npos);
    EXPECT_NE(picture(*model).find("esme51"), std::string::npos);
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("bind_transceiver seq=1"), std::string::npos);
    model->press({key_name::down});
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("command_id = 0x80000009  bind_transceiver_resp"),
              std::string::npos);
    EXPECT_NE(picture(*model).find("0000  00 00 00"), std::string::npos);
    model->press({key_name::escape});
    EXPECT_NE(picture(*model).find("bind_transceiver seq=1"), std::string::npos);
    model->press({key_name::escape});
    EXPECT_FALSE(model->quit());
    model->press({key_name::character, U'q'});
    EXPECT_TRUE(model->quit());
}

TEST(tui, the_octets_of_the_selected_field_are_marked) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::enter});
    model->press({key_name::enter});
    model->press({key_name::down});  // command_id
    tui::screen to(100, 30);
    model->draw(to);
    for (int y = 0; y < to.height(); ++y) {
        if (to.row(y).find("0000  00 00 00") != std::string::npos) {
            const auto begin = static_cast<int>(to.row(y).find("00 00 00 09"));
            EXPECT_EQ(to.looking(y, tui::look::linked).first, begin);
            EXPECT_NE(to.at(begin - 2, y).as, tui::look::linked);
            return;
        }
    }
    FAIL() << "no octets are shown";
}

TEST(tui, a_password_is_not_shown_unless_that_was_asked_for) {
    tui::model_options open;
    open.output.show_secrets = true;
    const auto masked = shown("interleave.pcap");
    const auto bare = shown("interleave.pcap", open);
    for (const auto& model : {masked.get(), bare.get()}) {
        model->press({key_name::enter});
        model->press({key_name::enter});
    }
    EXPECT_NE(picture(*masked).find("password = ***"), std::string::npos);
    EXPECT_EQ(picture(*bare).find("password = ***"), std::string::npos);
}

TEST(tui, a_filter_narrows_and_an_empty_one_shows_all) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::f7});
    type(*model, U"command == unbind");
    model->press({key_name::enter});
    model->press({key_name::enter});
    EXPECT_EQ(picture(*model).find("submit_sm"), std::string::npos);
    EXPECT_NE(picture(*model).find("- unbind seq"), std::string::npos);
    model->press({key_name::f7});
    for (int i = 0; i < 30; ++i) {
        model->press({key_name::backspace});
    }
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("submit_sm"), std::string::npos);
}

TEST(tui, a_filter_that_is_none_says_why_and_stays_to_be_mended) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::f7});
    type(*model, U"nonsense == 3");
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("nonsense"), std::string::npos);
    EXPECT_NE(picture(*model).find("Filter: "), std::string::npos);
    model->press({key_name::escape});
    EXPECT_NE(picture(*model).find("8 sessions"), std::string::npos);
    model->press({key_name::f7});
    type(*model, U"!answered");
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("not known here"), std::string::npos);
}

TEST(tui, search_finds_what_is_there_and_says_what_is_not) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::enter});
    model->press({key_name::f3});
    type(*model, U"BALANCE");
    model->press({key_name::enter});
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("sequence_number = 3"), std::string::npos);
    model->press({key_name::escape});
    model->press({key_name::f3});
    type(*model, U"no such thing");
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("'no such thing' is not there"), std::string::npos);
}

TEST(tui, the_oldest_pdus_give_way) {
    tui::model_options few;
    few.most.pdus = 10;
    const auto model = shown("all_commands.pcap", few);
    EXPECT_EQ(model->kept().size(), 10U);
    EXPECT_GT(model->kept().came(), 10U);
    model->press({key_name::enter});
    EXPECT_NE(picture(*model).find("unbind_resp"), std::string::npos);
}

TEST(tui, every_capture_is_drawn_on_screens_of_every_size) {
    for (const char* name : {"malformed.pcap", "noise.pcap", "all_commands.pcap", "loss.pcap"}) {
        const auto model = shown(name);
        for (int depth = 0; depth < 3; ++depth) {
            for (int width = 0; width < 24; ++width) {
                for (int height = 0; height < 8; ++height) {
                    std::ignore = picture(*model, width, height);
                }
            }
            model->press({key_name::down});
            model->press({key_name::enter});
        }
        for (const auto each : {key_name::page_down, key_name::end, key_name::tab, key_name::right,
                                key_name::left, key_name::home, key_name::f1, key_name::end}) {
            model->press({each});
            std::ignore = picture(*model, 80, 24);
            std::ignore = picture(*model, 7, 3);
        }
    }
}

TEST(tui, a_page_down_shows_what_follows) {
    tui::list_cursor cursor;
    cursor.fit(100, 10);
    cursor.press({key_name::page_down}, 100);
    cursor.fit(100, 10);
    EXPECT_EQ(cursor.top(), 10U);
    EXPECT_EQ(cursor.index(), 10U);
    cursor.press({key_name::down}, 100);
    cursor.press({key_name::page_up}, 100);
    cursor.fit(100, 10);
    EXPECT_EQ(cursor.top(), 0U);
    EXPECT_EQ(cursor.index(), 1U);
}

TEST(tui, what_a_peer_sends_cannot_move_the_cursor) {
    tui::screen to(12, 1);
    to.put(0, 0, 12,
           "a\x1b[2Jb\r\n\x9b"
           "c");
    const std::string row = to.row(0);
    EXPECT_EQ(row.find_first_of("\x1b\r\n\x9b"), std::string::npos);
    EXPECT_EQ(row.front(), 'a');
    EXPECT_EQ(row.back(), 'c');
}

TEST(tui, a_list_that_follows_keeps_the_newest_selected) {
    tui::list_cursor cursor(true);
    cursor.place(0, 5);
    EXPECT_EQ(cursor.index(), 4U);
    EXPECT_TRUE(cursor.press({key_name::up}, 5));
    cursor.place(cursor.index(), 9);
    EXPECT_EQ(cursor.index(), 3U);
    EXPECT_TRUE(cursor.press({key_name::end}, 9));
    cursor.place(cursor.index(), 20);
    EXPECT_EQ(cursor.index(), 19U);
    cursor.fit(20, 5);
    EXPECT_EQ(cursor.top(), 15U);
}

}  // namespace
}  // namespace smpp_dump_test
