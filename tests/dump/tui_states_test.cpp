// What the terminal interface says of sessions and PDUs, and how it keeps to the room there is.
#include <gmock/gmock.h>

#include <clocale>

#include "dump/tui_model.hpp"
#include "smpp-dump/tui/partners.hpp"
#include "smpp-dump/tui/pdu_list.hpp"
#include "smpp-dump/tui/session_columns.hpp"

namespace smpp_dump_test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* ellipsis = "\xe2\x80\xa6";

tui::kept_session kept(std::string outcome, std::string ending, std::optional<bool> by_client) {
    tui::kept_session s;
    s.about = session_of(1, "somebody");
    s.pdus = 4;
    s.outcome = std::move(outcome);
    s.ended = true;
    s.about.ending = std::move(ending);
    s.about.closed_by_client = by_client;
    return s;
}

TEST(tui_states, a_state_says_what_it_came_to_and_how_it_ended) {
    EXPECT_EQ(tui::state_of(kept("unbound", "closed by the client after unbind", true)),
              "unbound, closed by the client");
    EXPECT_EQ(tui::state_of(kept("bound TRX", "reset by the server, 3 requests unanswered", false)),
              "bound TRX, reset by the server");
    EXPECT_EQ(tui::state_of(kept("bind refused: ESME_RINVPASWD",
                                 "closed by the server after the bind was refused: X", false)),
              "bind refused: ESME_RINVPASWD, closed by the server");
    EXPECT_EQ(tui::state_of(kept("bound RX", "open at the end of the capture, 1 request unanswered",
                                 std::nullopt)),
              "bound RX, end not seen");
    tui::kept_session open = kept("bound TX", "", std::nullopt);
    open.ended = false;
    EXPECT_EQ(tui::state_of(open), "bound TX");
    EXPECT_EQ(tui::course_of(kept("unbound", "closed by the client after unbind", true)),
              "unbound; closed by the client after unbind");
}

TEST(tui_states, another_bind_that_is_refused_does_not_end_the_first) {
    tui::store store({});
    const auto one = session_of(1, "a");
    std::string octets;
    const smpp_dump::matched_request bind{0, 0, smpp::command_id::bind_transceiver};
    for (const auto status : {smpp::command_status::ok, smpp::command_status::already_bound}) {
        store.add(record_of(one, true, 1, smpp::bind_transceiver{}, octets));
        auto answer = record_of(one, false, 1, smpp::bind_transceiver_resp{}, octets, status);
        answer.request = bind;
        store.add(answer);
    }
    EXPECT_EQ(store.find(1)->outcome, "bound TRX");
}

TEST(tui_states, a_connection_that_never_came_about_is_listed) {
    const auto model = shown("interleave.pcap");
    smpp_dump::session refused = session_of(9, "");
    refused.failed = true;
    refused.closed_by_client = false;
    refused.ending = "refused: the SYN was answered by a reset; nothing listens there";
    model->on_session_end(refused);
    EXPECT_THAT(line_with(picture(*model), "client9"), HasSubstr(" refused: the SYN"));
    model->press({key_name::end});
    EXPECT_THAT(picture(*model), HasSubstr("client9 > server: refused: the SYN was answered"));
    model->press({key_name::enter});
    EXPECT_THAT(picture(*model), HasSubstr("nothing listens there"));
}

TEST(tui_states, the_oldest_of_too_many_sessions_give_way) {
    tui::limits few;
    few.sessions = 20;
    tui::store store({}, few);
    std::string octets;
    const auto first = session_of(1, "a");
    store.add(record_of(first, true, 1, smpp::enquire_link{}, octets));
    for (std::uint32_t number = 2; number < 100; ++number) {
        smpp_dump::session refused = session_of(number, "");
        refused.failed = true;
        store.end(refused);
        ASSERT_LE(store.sessions().size(), 20U);
        ASSERT_NE(store.find(number), nullptr);
    }
    EXPECT_NE(store.find(1), nullptr);  // has a PDU
    EXPECT_EQ(store.find(2), nullptr);
    for (std::uint32_t number = 100; number < 200; ++number) {
        const auto next = session_of(number, "a");
        store.add(record_of(next, true, 1, smpp::enquire_link{}, octets));
        ASSERT_LE(store.sessions().size(), 20U);
        ASSERT_NE(store.find(number), nullptr);
    }
    EXPECT_EQ(store.find(1), nullptr);
}

TEST(tui_states, a_ladder_ends_with_how_the_session_did) {
    const auto model = shown("rst.pcap");
    EXPECT_THAT(picture(*model), HasSubstr("unbound, reset by the server"));
    EXPECT_THAT(after(*model, U"\r"),
                HasSubstr("\n               reset by the server after unbind"));
}

TEST(tui_states, help_explains_every_state) {
    const auto model = shown("interleave.pcap");
    model->press({key_name::f1});
    std::string help;
    for (int i = 0; i < 6; ++i) {
        help += picture(*model, 80, 24);
        EXPECT_THAT(help, Not(HasSubstr("\xef\xbf\xbd")));  // an ellipsis where it cannot be shown
        model->press({key_name::page_down});
    }
    for (const char* each :
         {"LIVE ", "READING ", "END ", "PAUSED ", "bound TX, RX, TRX", "bind refused",
          "bind not answered", "no bind seen", "unbound", "no SMPP", "TLS, not plain SMPP",
          "closed by", "reset by", "end not seen", "refused: ...", "no answer to"}) {
        EXPECT_THAT(help, HasSubstr(each));
    }
}

class tui_room : public testing::Test {
protected:
    void SetUp() override { ASSERT_NE(std::setlocale(LC_CTYPE, "C.UTF-8"), nullptr); }
    void TearDown() override { std::setlocale(LC_CTYPE, before_.c_str()); }

private:
    std::string before_ = std::setlocale(LC_CTYPE, nullptr);
};

TEST_F(tui_room, arrows_that_do_not_fit_say_so_and_keep_what_stands_behind_the_text) {
    const auto model = shown("interleave.pcap");
    after(*model, U"\r");
    const std::string narrow = picture(*model, 70, 24);
    EXPECT_THAT(line_with(narrow, "submit_sm seq=3"), HasSubstr(ellipsis));
    EXPECT_THAT(line_with(picture(*model, 60, 24), "submit_sm_resp seq=3"), HasSubstr(ellipsis));
    EXPECT_THAT(line_with(picture(*model, 100, 24), "submit_sm_resp seq=3"),
                Not(HasSubstr(ellipsis)));
}

TEST_F(tui_room, states_are_whole_or_end_in_an_ellipsis) {
    const auto model = shown("interleave.pcap");
    for (int width = 60; width < 130; ++width) {
        const std::string line = line_with(picture(*model, width, 24), "esme51");
        EXPECT_TRUE(line.ends_with("unbound, closed by the client") || line.ends_with(ellipsis))
            << width << line;
    }
    EXPECT_THAT(line_with(picture(*model, 80, 24), "esme51"),
                testing::EndsWith("unbound, closed by the client"));
}

TEST_F(tui_room, keys_in_the_last_line_are_whole) {
    const auto model = shown("interleave.pcap");
    for (const char* depth : {"list", "ladder", "pdu"}) {
        for (int width = 20; width < 160; ++width) {
            const std::string all = picture(*model, width, 24);
            const std::string last = all.substr(all.rfind('\n', all.size() - 2) + 1);
            EXPECT_THAT(last, HasSubstr("F1 Help")) << depth << width;
        }
        const std::string all = picture(*model, 80, 24);
        for (const char* each : {"F1 Help", "F2 Save", "F3 Search", "F7 Filter", "Esc "}) {
            EXPECT_THAT(all, HasSubstr(each)) << depth;
        }
        model->press({key_name::enter});
    }
}

TEST(tui_related, sessions_of_the_same_account_belong_together) {
    tui::store store({});
    std::string octets;
    for (const auto& s : {session_of(1, "a"), session_of(2, "b"), session_of(3, "a")}) {
        store.add(record_of(s, true, 1, smpp::enquire_link{}, octets));
    }
    EXPECT_EQ(tui::related_to(store, {1}), (std::vector<std::uint32_t>{1, 3}));
    EXPECT_EQ(tui::related_to(store, {2}), (std::vector<std::uint32_t>{2}));
    EXPECT_EQ(tui::pdu_list(store, {1}).ids().size(), 1U);
    tui::pdu_list list(store, {1});
    list.relate(true);
    EXPECT_EQ(list.ids(), (std::vector<std::uint64_t>{0, 2}));
    store.add(record_of(session_of(3, "a"), true, 2, smpp::enquire_link{}, octets));
    EXPECT_EQ(list.ids(), (std::vector<std::uint64_t>{0, 2, 3}));  // as they are now
}

TEST(tui_related, a_submit_its_response_and_its_receipt_belong_together) {
    const auto one = session_of(1, "a");
    const auto two = session_of(2, "a");
    smpp::submit_sm submit;
    smpp::submit_sm_resp response;
    response.message_id = "42";
    smpp::deliver_sm receipt;
    receipt.esm_class = smpp::esm_class(0x04);
    receipt.short_message =
        "id:42 sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 "
        "stat:DELIVRD err:000 text:";
    std::string octets[5];
    std::vector<smpp_dump::record> pdus{
        record_of(one, true, 7, submit, octets[0]), record_of(one, false, 7, response, octets[1]),
        record_of(one, true, 8, submit, octets[2]), record_of(two, false, 9, receipt, octets[3]),
        record_of(two, true, 9, smpp::deliver_sm_resp{}, octets[4])};
    pdus[1].request = smpp_dump::matched_request{0, 0, smpp::command_id::submit_sm};
    pdus[4].request = smpp_dump::matched_request{0, 0, smpp::command_id::deliver_sm};
    const std::vector<bool> all{true, true, false, true, true};
    for (std::size_t i = 0; i < pdus.size(); ++i) {
        std::vector<bool> wanted = i == 2 ? std::vector<bool>(5) : all;
        wanted[i] = false;
        EXPECT_EQ(tui::partners_of(pdus, i, smpp::alphabet::gsm7), wanted) << i;
    }
}

}  // namespace
}  // namespace smpp_dump_test
