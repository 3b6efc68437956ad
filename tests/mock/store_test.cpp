#include "mock-smsc/store/message_store.hpp"

#include <gmock/gmock.h>

#include "mock-smsc/sessions.hpp"

namespace {

using namespace mock_smsc;
using smpp::command_status;
using testing::ElementsAre;

message_number add(message_store& store, std::string_view octets, microseconds_utc received = 0) {
    const auto id = store.add(1, received, command_status::ok, smpp::as_octets(octets));
    store.publish();
    return id;
}

std::vector<std::string> kept(const message_store& store) {
    std::vector<std::string> out;
    for (auto id = store.first(); id < store.end(); ++id) {
        if (store.find(id) != nullptr) {
            out.emplace_back(smpp::as_text(store.octets(id)));
        }
    }
    return out;
}

TEST(message_store, numbers_ascend_and_octets_are_kept) {
    message_store store({});
    EXPECT_EQ(add(store, "one"), 1U);
    EXPECT_EQ(add(store, "two"), 2U);
    EXPECT_THAT(kept(store), ElementsAre("one", "two"));
    EXPECT_EQ(store.find(0), nullptr);
    EXPECT_EQ(store.find(3), nullptr);
}

TEST(message_store, what_is_not_published_is_not_seen) {
    message_store store({});
    int told = 0;
    store.on_publish = [&] { ++told; };
    const auto id = store.add(1, 0, command_status::ok, {});
    EXPECT_EQ(store.find(id), nullptr);
    EXPECT_NE(store.find_any(id), nullptr);
    store.publish();
    EXPECT_NE(store.find(id), nullptr);
    store.publish();
    EXPECT_EQ(told, 1);
}

TEST(message_store, the_oldest_give_way_across_many_segments) {
    message_store store({1000, 1U << 30U});
    std::vector<message_number> dropped;
    store.on_drop = [&](message_number id, const record&) { dropped.push_back(id); };
    for (int i = 1; i <= 5000; ++i) {
        add(store, std::to_string(i));
    }
    EXPECT_EQ(store.size(), 1000U);
    EXPECT_EQ(store.first(), 4001U);
    EXPECT_EQ(kept(store).front(), "4001");
    EXPECT_EQ(kept(store).back(), "5000");
    EXPECT_EQ(dropped.size(), 4000U);
    EXPECT_EQ(store.recorded(), 5000U);
}

TEST(message_store, octets_are_bounded_too) {
    message_store store({1000, 3 * (100 + sizeof(record))});
    for (int i = 0; i < 10; ++i) {
        add(store, std::string(100, 'x'));
    }
    EXPECT_EQ(store.size(), 3U);
    EXPECT_LE(store.octets_kept(), 3 * (100 + sizeof(record)));
    add(store, std::string(100'000, 'y'));  // alone above the limit: kept, as the newest
    EXPECT_EQ(store.size(), 1U);
}

TEST(message_store, deleted_ones_leave_holes_and_count_until_they_are_passed) {
    message_store store({4, 1U << 20U});
    for (const char* text : {"a", "b", "c", "d"}) {
        add(store, text);
    }
    store.erase(2);
    store.erase(2);
    store.erase(99);
    EXPECT_THAT(kept(store), ElementsAre("a", "c", "d"));
    store.erase(1);
    EXPECT_EQ(store.first(), 3U);
    add(store, "e");
    add(store, "f");
    EXPECT_THAT(kept(store), ElementsAre("c", "d", "e", "f"));
    store.clear();
    EXPECT_EQ(store.size(), 0U);
    EXPECT_EQ(store.octets_kept(), 0U);
    EXPECT_EQ(add(store, "g"), 7U);
}

TEST(message_store, memory_stays_bounded_when_one_old_message_is_kept_and_all_others_are_deleted) {
    message_store store({100, 1U << 20U});
    add(store, "old");
    for (int i = 0; i < 1000; ++i) {
        store.erase(add(store, "x"));
    }
    EXPECT_LE(store.next() - store.first(), 100U);
}

TEST(message_store, starts_anywhere_and_leaves_numbers_out) {
    message_store store({1000, 1U << 20U});
    store.start_at(700);
    EXPECT_EQ(add(store, "a"), 700U);
    store.skip_to(1300);
    EXPECT_EQ(add(store, "b"), 1300U);
    EXPECT_THAT(kept(store), ElementsAre("a", "b"));
    store.skip_to(5000);
    EXPECT_EQ(add(store, "c"), 5000U);
    EXPECT_THAT(kept(store), ElementsAre("c"));
}

TEST(message_store, old_ones_expire) {
    message_store store({});
    for (int i = 1; i <= 5; ++i) {
        add(store, std::to_string(i), i * 10);
    }
    store.expire(35);
    EXPECT_THAT(kept(store), ElementsAre("4", "5"));
    store.expire(1000);
    EXPECT_THAT(kept(store), ElementsAre());
}

TEST(sessions, closed_ones_stay_as_long_as_records_refer_to_them) {
    session_registry sessions;
    session_info& first = sessions.open();
    const auto id = first.id;
    sessions.hold(id);
    sessions.close(first, "unbound");
    for (std::size_t i = 0; i < session_registry::idle_kept + 10; ++i) {
        sessions.close(sessions.open(), "closed");
    }
    ASSERT_NE(sessions.find(id), nullptr);
    EXPECT_EQ(sessions.find(id)->close_reason, "unbound");
    EXPECT_EQ(sessions.all().size(), session_registry::idle_kept + 1);
    sessions.release(id);
    sessions.close(sessions.open(), "closed");
    EXPECT_NE(sessions.find(id), nullptr);  // the newest of the idle ones
    for (std::size_t i = 0; i < session_registry::idle_kept; ++i) {
        sessions.close(sessions.open(), "closed");
    }
    EXPECT_EQ(sessions.find(id), nullptr);
    EXPECT_EQ(sessions.live(), 0U);
}

TEST(message_store, what_a_receipt_is_due_for_is_kept_out_of_sight_until_it_is_settled) {
    message_store store({2, 1U << 20U});
    std::vector<message_number> dropped, forgotten;
    store.on_drop = [&](message_number id, const record&) { dropped.push_back(id); };
    store.on_forget = [&](message_number id, const record&) { forgotten.push_back(id); };
    const std::uint8_t octets[] = {1, 2, 3};
    const auto awaited = store.add(1, 0, smpp::command_status::ok, octets);
    store.find_any(awaited)->awaited = true;
    for (int i = 0; i < 3; ++i) {
        store.add(1, 0, smpp::command_status::ok, {});
    }
    store.publish();
    EXPECT_EQ(dropped, (std::vector<message_number>{1, 2}));
    EXPECT_EQ(forgotten, (std::vector<message_number>{2}));
    EXPECT_EQ(store.find(awaited), nullptr);
    ASSERT_NE(store.find_any(awaited), nullptr);
    EXPECT_EQ(store.octets(awaited).size(), 3U);
    store.settled(awaited);  // not yet: it has no final state
    record& r = *store.find_any(awaited);
    r.done = 5;
    r.receipts_due = 1;
    store.settled(awaited);
    ASSERT_NE(store.find_any(awaited), nullptr);
    r.receipts_due = 0;
    store.settled(awaited);
    EXPECT_EQ(store.find_any(awaited), nullptr);
    EXPECT_EQ(forgotten, (std::vector<message_number>{2, 1}));
}

TEST(message_store, receipts_are_noted_with_their_message) {
    message_store store({1000, 1U << 20U});
    for (int i = 0; i < 600; ++i) {
        add(store, "x");
    }
    sent_receipt one;
    one.sequence_number = 7;
    const auto first = store.add_receipt(300, one);
    one.sequence_number = 8;
    std::ignore = store.add_receipt(301, one);
    std::ignore = store.add_receipt(300, one);
    store.receipt_at(300, first)->attempts = 3;
    EXPECT_EQ(store.receipt_at(301, first), nullptr);
    EXPECT_EQ(store.add_receipt(601, one), message_store::not_kept);
    ASSERT_EQ(store.receipts(300).size(), 2U);
    EXPECT_EQ(store.receipts(300)[0].attempts, 3U);
    EXPECT_EQ(store.receipts(300)[1].sequence_number, 8U);
    EXPECT_EQ(store.receipts(556).size(), 0U);  // the same place in another segment
    store.clear();
    EXPECT_EQ(store.octets_kept(), 0U);
    EXPECT_EQ(store.receipt_at(300, first), nullptr);
}

TEST(message_store, what_is_kept_for_receipts_is_bounded) {
    message_store store({1, 1U << 30U});
    const std::vector<std::uint8_t> octets(1U << 20U);
    for (int i = 0; i < 200; ++i) {
        store.find_any(store.add(1, 0, smpp::command_status::ok, octets))->awaited = true;
    }
    EXPECT_EQ(store.find_any(1), nullptr);
    EXPECT_NE(store.find_any(150), nullptr);
    store.clear();
    EXPECT_EQ(store.find_any(150), nullptr);
}

}  // namespace
