#include "smpp/text/reassembler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "smpp/text/segmenter.hpp"
#include "unit/text/random_text.hpp"

namespace {

using namespace std::chrono_literals;
using smpp::as_octets;
using smpp::reassembler;
using outcome = reassembler::outcome;

constexpr reassembler::time_point start{};

reassembler::part part(std::uint8_t number, std::uint8_t total, std::string_view text,
                       std::uint16_t reference = 7) {
    return {.source = "111",
            .destination = "222",
            .reference = reference,
            .total = total,
            .number = number,
            .octets = as_octets(text),
            .tag = number};
}

TEST(reassembler, parts_in_any_order_make_the_message) {
    std::vector<std::uint8_t> order{1, 2, 3, 4};
    do {
        reassembler joiner;
        const std::string_view texts[] = {"one ", "two ", "three ", "four"};
        reassembler::added last;
        for (const std::uint8_t number : order) {
            EXPECT_FALSE(last.message);
            last = joiner.add(part(number, 4, texts[number - 1]), start);
        }
        ASSERT_EQ(last.what, outcome::complete);
        EXPECT_EQ(last.message->octets, "one two three four");
        EXPECT_EQ(last.message->tags, (std::vector<std::uint64_t>{1, 2, 3, 4}));
        EXPECT_EQ(last.message->id, (reassembler::key{"111", "222", 7, 4}));
        EXPECT_EQ(joiner.messages(), 0U);
        EXPECT_EQ(joiner.octets(), 0U);
        EXPECT_EQ(joiner.deadline(), std::nullopt);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(reassembler, a_message_of_one_part_is_complete_at_once) {
    reassembler joiner;
    EXPECT_EQ(joiner.add(part(1, 1, "x"), start).message->octets, "x");
    EXPECT_EQ(joiner.octets(), 0U);
}

TEST(reassembler, duplicates_do_not_count_and_the_first_one_wins) {
    reassembler joiner;
    EXPECT_EQ(joiner.add(part(1, 2, "a"), start).what, outcome::stored);
    EXPECT_EQ(joiner.add(part(1, 2, "a"), start).what, outcome::duplicate);
    EXPECT_EQ(joiner.add(part(1, 2, "X"), start).what, outcome::conflict);
    const auto last = joiner.add(part(2, 2, "b"), start);
    EXPECT_EQ(last.message->octets, "ab");
}

TEST(reassembler, impossible_numbers_are_refused) {
    reassembler joiner;
    EXPECT_EQ(joiner.add(part(0, 2, "a"), start).what, outcome::impossible);
    EXPECT_EQ(joiner.add(part(3, 2, "a"), start).what, outcome::impossible);
    EXPECT_EQ(joiner.add(part(0, 0, "a"), start).what, outcome::impossible);
    EXPECT_EQ(joiner.messages(), 0U);
}

TEST(reassembler, source_destination_reference_and_total_keep_messages_apart) {
    reassembler joiner;
    auto other_source = part(2, 2, "b");
    other_source.source = "112";
    auto other_destination = part(2, 2, "b");
    other_destination.destination = "223";
    EXPECT_EQ(joiner.add(part(1, 2, "a"), start).what, outcome::stored);
    EXPECT_EQ(joiner.add(other_source, start).what, outcome::stored);
    EXPECT_EQ(joiner.add(other_destination, start).what, outcome::stored);
    EXPECT_EQ(joiner.add(part(2, 2, "b", 8), start).what, outcome::stored);
    EXPECT_EQ(joiner.add(part(2, 3, "b"), start).what, outcome::stored);
    EXPECT_EQ(joiner.messages(), 5U);
    EXPECT_EQ(joiner.add(part(2, 2, "b"), start).message->octets, "ab");
}

TEST(reassembler, references_of_another_kind_are_other_messages) {
    reassembler joiner;
    auto wide = part(2, 2, "b");
    wide.kind = reassembler::reference_kind::udh16;
    auto sar = part(2, 2, "c");
    sar.kind = reassembler::reference_kind::sar;
    EXPECT_EQ(joiner.add(part(1, 2, "a"), start).what, outcome::stored);
    EXPECT_EQ(joiner.add(wide, start).what, outcome::stored);
    EXPECT_EQ(joiner.add(sar, start).what, outcome::stored);
    wide.number = sar.number = 1;
    EXPECT_EQ(joiner.add(wide, start).message->octets, "bb");
    EXPECT_EQ(joiner.add(sar, start).message->id.kind, reassembler::reference_kind::sar);
    EXPECT_EQ(joiner.add(part(2, 2, "d"), start).message->octets, "ad");
}

TEST(reassembler, a_message_that_stays_incomplete_expires) {
    reassembler joiner({.timeout = 10s});
    static_cast<void>(joiner.add(part(1, 3, "a"), start));
    static_cast<void>(joiner.add(part(3, 3, "c"), start + 9s));  // does not prolong
    EXPECT_EQ(joiner.deadline(), start + 10s);
    EXPECT_TRUE(joiner.expire(start + 9999ms).empty());
    const auto lost = joiner.expire(start + 10s);
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].missing, std::vector<std::uint8_t>{2});
    EXPECT_EQ(lost[0].tags, (std::vector<std::uint64_t>{1, 3}));
    EXPECT_EQ(joiner.octets(), 0U);
    EXPECT_TRUE(joiner.expire(start + 99s).empty());
}

TEST(reassembler, adding_expires_what_is_over_first) {
    reassembler joiner({.timeout = 10s});
    static_cast<void>(joiner.add(part(1, 2, "old"), start));
    const auto fresh = joiner.add(part(2, 2, "new"), start + 10s);
    EXPECT_EQ(fresh.what, outcome::stored);
    ASSERT_EQ(fresh.dropped.size(), 1U);
    EXPECT_EQ(joiner.messages(), 1U);
}

TEST(reassembler, memory_is_bounded_and_the_oldest_gives_way) {
    reassembler joiner({.octets = 64 * 1024});
    const std::string text(134, 'x');
    std::size_t dropped = 0;
    for (unsigned n = 0; n < 20000; ++n) {
        const auto added = joiner.add(part(1, 255, text, static_cast<std::uint16_t>(n)), start);
        for (const auto& lost : added.dropped) {
            ASSERT_EQ(lost.id.reference, dropped);  // oldest first
            ++dropped;
        }
        ASSERT_LE(joiner.octets(), 64U * 1024);
    }
    EXPECT_EQ(dropped + joiner.messages(), 20000U);
    EXPECT_GT(joiner.messages(), 50U);
}

TEST(reassembler, one_part_larger_than_the_bound_leaves_nothing_behind) {
    reassembler joiner({.octets = 1000});
    const auto added = joiner.add(part(1, 2, std::string(2000, 'x')), start);
    ASSERT_EQ(added.dropped.size(), 1U);
    EXPECT_EQ(joiner.octets(), 0U);
    EXPECT_EQ(joiner.messages(), 0U);
}

TEST(reassembler, what_the_segmenter_cuts_comes_back_whole) {
    text_tests::generator random(12);
    for (int i = 0; i < 200; ++i) {
        const std::string encoded =
            smpp::encode_text(text_tests::random_text(random, text_tests::gsm_characters, 900),
                              smpp::alphabet::gsm7)
                .value();
        auto parts = smpp::split(encoded, smpp::alphabet::gsm7).value();
        std::shuffle(parts.begin(), parts.end(), random);
        reassembler joiner;
        for (std::size_t n = 0; n < parts.size(); ++n) {
            const auto added = joiner.add({.source = "a",
                                           .destination = "b",
                                           .reference = 1,
                                           .total = parts[n].total,
                                           .number = parts[n].number,
                                           .octets = parts[n].body()},
                                          start);
            ASSERT_EQ(added.message.has_value(), n + 1 == parts.size());
            if (added.message) {
                ASSERT_EQ(added.message->octets, encoded);
            }
        }
    }
}

}  // namespace
