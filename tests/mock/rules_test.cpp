#include <gmock/gmock.h>

#include "mock-smsc/rules/fault_player.hpp"
#include "mock-smsc/rules/presets.hpp"
#include "mock-smsc/rules/rule_set.hpp"
#include "mock/support.hpp"

namespace {

using namespace mock_smsc;
using smpp::command_status;
using testing::ElementsAre;

class rules : public testing::Test {
protected:
    verdict judge(mock_smsc::message_number id) {
        auto message = world.read(id);
        return set.judge_submit(message);
    }
    std::vector<bool> refused(int count) {
        std::vector<bool> out;
        const auto id = world.add_text("x");
        for (int i = 0; i < count; ++i) {
            out.push_back(judge(id).status != command_status::ok);
        }
        return out;
    }

    mock_test::world world;
    rule_set set{1};
};

TEST_F(rules, none_means_a_plain_answer) {
    const auto said = judge(world.add_text("x"));
    EXPECT_EQ(said.status, command_status::ok);
    EXPECT_TRUE(said.plain_answer());
    EXPECT_EQ(said.faults, "");
}

TEST_F(rules, the_first_that_matches_decides_unless_it_goes_on) {
    set.add(R"([{"match":{"to":"^9"},"actions":[{"status":"RSYSERR"}]},
                {"match":{"to":"^1"},"actions":[{"delay":"2ms"}],"continue":true},
                {"actions":{"status":"RTHROTTLED"}}])");
    EXPECT_EQ(judge(world.add_text("x", "1", "9")).status, command_status::system_error);
    const auto both = judge(world.add_text("x", "1", "1"));
    EXPECT_EQ(both.status, command_status::throttled);
    EXPECT_EQ(both.delay, std::chrono::milliseconds(2));
    EXPECT_EQ(both.faults, "delay,status");
    EXPECT_FALSE(both.plain_answer());
}

TEST_F(rules, decide_on_each_destination_of_submit_multi) {
    const auto send = [&](std::initializer_list<const char*> to) {
        smpp::submit_multi many;
        for (const char* each : to) {
            many.dest_address.emplace_back(smpp::address(each));
        }
        return judge(world.add(many));
    };
    const auto refused = [&](const verdict& said) {
        std::vector<std::pair<int, command_status>> out;
        for (const auto& each : said.refused) {
            out.emplace_back(each.index, each.status);
        }
        return out;
    };
    using testing::Pair;
    set.add(R"([{"match":{"to":"^9"},"actions":[{"status":"RINVDSTADR"},{"tag":"nine"}]},
                {"match":{"to":"^8"},"actions":[{"status":"RSYSERR"}]},
                {"match":{"from":"^$","to":"^[79]"},"actions":[{"delay":"1ms"}]}])");
    const auto some = send({"8", "1", "9", "99"});
    EXPECT_EQ(some.status, command_status::ok);
    EXPECT_THAT(refused(some), ElementsAre(Pair(0, command_status::system_error),
                                           Pair(2, command_status::invalid_destination_address),
                                           Pair(3, command_status::invalid_destination_address)));
    EXPECT_EQ(some.faults, "status,tag,status");
    EXPECT_EQ(some.delay, std::chrono::microseconds(0));  // 9 and 99 are decided
    EXPECT_EQ(send({"9", "7"}).delay, std::chrono::milliseconds(1));
    EXPECT_THAT(refused(send({"1", "2"})), ElementsAre());
    // None is left.
    EXPECT_EQ(send({"9", "99"}).status, command_status::invalid_destination_address);
    EXPECT_EQ(send({"8", "9"}).status, command_status::system_error);
    EXPECT_THAT(refused(send({"8", "9"})), ElementsAre());
    // The rule matches once, however many destinations it refuses.
    set.replace(R"({"match":{"to":"^9","nth":2},"actions":[{"status":"RSYSERR"}]})");
    EXPECT_THAT(refused(send({"9", "1", "9"})), ElementsAre());
    EXPECT_EQ(refused(send({"9", "1", "9"})).size(), 2);
    // What is not for single destinations refuses all.
    set.replace(R"({"actions":[{"status":"RTHROTTLED"}]})");
    EXPECT_EQ(send({"9", "1"}).status, command_status::throttled);
}

TEST_F(rules, nth_and_first_count_what_matches) {
    set.add(R"([{"match":{"nth":2},"actions":[{"status":"RSYSERR"}]}])");
    EXPECT_THAT(refused(4), ElementsAre(false, true, false, false));
    set.replace(R"({"match":{"first":2},"actions":[{"status":"RSYSERR"}]})");
    EXPECT_THAT(refused(4), ElementsAre(true, true, false, false));
    set.restart();
    EXPECT_THAT(refused(3), ElementsAre(true, true, false));
}

TEST_F(rules, dice_repeat_after_a_restart) {
    set.add(R"({"match":{"probability":0.3},"actions":[{"status":"RSYSERR"}]})");
    const auto once = refused(200);
    const auto hits = std::count(once.begin(), once.end(), true);
    EXPECT_GT(hits, 30);
    EXPECT_LT(hits, 90);
    set.restart();
    EXPECT_EQ(refused(200), once);
}

TEST_F(rules, delays_of_all_shapes_are_in_range) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 1000; ++i) {
        const auto uniform = random_delay{random_delay::shape::uniform, 10, 20}.draw(random);
        EXPECT_GE(uniform, std::chrono::milliseconds(10));
        EXPECT_LT(uniform, std::chrono::milliseconds(20));
        EXPECT_GE(random_delay({random_delay::shape::normal, 1, 100}).draw(random).count(), 0);
        EXPECT_GT(random_delay({random_delay::shape::lognormal, 10, 0.5}).draw(random).count(), 0);
    }
}

TEST_F(rules, binds_are_judged_by_rules_that_name_them) {
    set.add(R"([{"actions":[{"status":"RSYSERR"}]},
                {"match":{"command":"bind_receiver","account":"^x$"},"actions":[{"status":"RBINDFAIL"}]}])");
    EXPECT_EQ(set.judge_command("x", smpp::command_id::bind_receiver).status,
              command_status::bind_failed);
    EXPECT_EQ(set.judge_command("x", smpp::command_id::bind_transmitter).status,
              command_status::ok);
    EXPECT_EQ(set.judge_command("y", smpp::command_id::bind_receiver).status, command_status::ok);
}

TEST_F(rules, any_is_every_request_and_no_connection) {
    set.add(R"({"match":{"command":"any"},"actions":[{"stall":true}]})");
    EXPECT_TRUE(set.judge_command("x", smpp::command_id::bind_receiver).stall);
    EXPECT_TRUE(set.judge_command("x", smpp::command_id::enquire_link).stall);
    EXPECT_TRUE(judge(world.add_text("x")).stall);
    EXPECT_FALSE(set.judge_connection().stall);
    set.replace(R"({"match":{"command":"connect","nth":2},"actions":[{"close":"rst"}]})");
    EXPECT_EQ(set.judge_connection().close, ending::none);
    EXPECT_EQ(set.judge_connection().close, ending::rst);
}

TEST_F(rules, what_could_do_nothing_is_refused) {
    for (const char* json :
         {R"({"match":{"command":"deliver_sm"},"actions":[]})",
          R"({"match":{"command":"submit_sm_resp"},"actions":[]})",
          R"({"match":{"command":"nonsense"},"actions":[]})",
          R"({"match":{"command":"bind","to":"1"},"actions":[]})",
          R"({"match":{"command":"query_sm"},"actions":[{"receipt":"never"}]})",
          R"({"match":{"command":"unbind"},"actions":[{"corrupt":"missing_nul"}]})",
          R"({"match":{"command":"connect"},"actions":[{"status":"RSYSERR"}]})",
          R"({"match":{"command":"connect","account":"x"},"actions":[{"close":"fin"}]})",
          R"({"match":{"command":"connect"},"actions":[{"delay":"1s"}]})",
          R"({"rules":[],"more":1})"}) {
        EXPECT_THROW(set.add(json), std::runtime_error) << json;
    }
    EXPECT_NO_THROW(set.add(R"({"match":{"command":"unbind"},"actions":[{"corrupt":"tlv"}]})"));
}

TEST_F(rules, replacing_is_all_or_nothing) {
    set.add(R"({"actions":[]})");
    EXPECT_THROW(set.replace(R"([{"actions":[]},{"nope":1}])"), std::runtime_error);
    EXPECT_EQ(set.rules().size(), 1U);
    EXPECT_FALSE(set.erase(99));
    EXPECT_TRUE(set.erase(set.rules().front().id));
    EXPECT_TRUE(set.empty());
}

TEST_F(rules, what_was_shown_can_be_given_back) {
    set.add(R"({"id":9,"matched":3,"applied":2,"name":"n","actions":[{"stall":true}]})");
    EXPECT_EQ(set.rules().front().json, R"({"name":"n","actions":[{"stall":true}]})");
    EXPECT_EQ(set.rules().front().id, 1U);
}

TEST_F(rules, presets_are_rules) {
    for (const char* name : {"healthy", "slow", "flaky", "throttling", "strict", "dead"}) {
        const auto preset = carrier_rules(name);
        ASSERT_TRUE(preset) << name;
        EXPECT_NO_THROW(set.replace(*preset)) << name;
    }
    EXPECT_FALSE(carrier_rules("perfect"));
    set.replace(magic_rules());
    EXPECT_EQ(judge(world.add_text("x", "1", "1555990088")).status, command_status::throttled);
    EXPECT_EQ(judge(world.add_text("x", "1", "1555980003")).receipt->states.back().state,
              smpp::message_state::expired);
    EXPECT_TRUE(judge(world.add_text("x", "1", "1555980000")).receipt->never);
}

TEST(spoilt, each_kind_breaks_what_it_names) {
    std::string answer;
    smpp::submit_sm_resp response;
    response.message_id = "17";
    std::ignore = smpp::append(answer, command_status::ok, 7, response);
    const auto make = [&](damage how) { return spoilt(answer, how); };
    const auto reads = [](const std::string& octets) {
        smpp::pdu_view pdu;
        return !smpp::decode(smpp::as_octets(octets), smpp::decode_mode::strict, pdu);
    };
    EXPECT_TRUE(reads(make(damage::none)));
    for (const auto how : {damage::length, damage::tlv, damage::missing_nul, damage::garbage}) {
        EXPECT_FALSE(reads(make(how))) << static_cast<int>(how);
    }
    EXPECT_EQ(smpp::decode_header(smpp::as_octets(make(damage::command_id))).id,
              smpp::command_id(0x8000007F));
    // A length that is wrong, octets that are right.
    EXPECT_EQ(make(damage::length).substr(4), make(damage::none).substr(4));
}

}  // namespace
