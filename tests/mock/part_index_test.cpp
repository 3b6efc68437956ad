#include "mock-smsc/store/part_index.hpp"

#include <gmock/gmock.h>

namespace {

using namespace mock_smsc;
using testing::ElementsAre;
using testing::IsEmpty;

part_index::key key(std::uint8_t total, std::string account = "a") {
    return {std::move(account), "1", "2", 7, total};
}

TEST(part_index, joins_in_any_order) {
    part_index index;
    index.add(10, key(3), 3);
    EXPECT_FALSE(index.find(10)->complete());
    EXPECT_TRUE(index.find(10)->out_of_order);
    index.add(11, key(3), 1);
    index.add(12, key(3), 2);
    EXPECT_THAT(index.find(10)->by_number, ElementsAre(11, 12, 10));
    EXPECT_TRUE(index.find(12)->complete());
}

TEST(part_index, keeps_duplicates_apart) {
    part_index index;
    index.add(1, key(2), 1);
    index.add(2, key(2), 1);
    EXPECT_THAT(index.find(2)->by_number, ElementsAre(1, 0));
    EXPECT_THAT(index.find(1)->duplicates, ElementsAre(2));
    EXPECT_FALSE(index.find(1)->out_of_order);
}

TEST(part_index, a_reference_used_again_is_another_message) {
    part_index index;
    index.add(1, key(1), 1);
    index.add(2, key(1), 1);
    EXPECT_THAT(index.find(1)->duplicates, IsEmpty());
    EXPECT_THAT(index.find(2)->by_number, ElementsAre(2));
}

TEST(part_index, references_of_another_kind_do_not_mix) {
    part_index index;
    part_index::key wide = key(2);
    wide.how = "udh16";
    index.add(1, key(2), 1);
    index.add(2, wide, 2);
    EXPECT_THAT(index.find(1)->by_number, ElementsAre(1, 0));
    EXPECT_THAT(index.find(2)->by_number, ElementsAre(0, 2));
}

TEST(part_index, accounts_do_not_mix) {
    part_index index;
    index.add(1, key(2, "a"), 1);
    index.add(2, key(2, "b"), 2);
    EXPECT_THAT(index.find(1)->by_number, ElementsAre(1, 0));
    EXPECT_THAT(index.find(2)->by_number, ElementsAre(0, 2));
}

TEST(part_index, forgets_what_is_removed) {
    part_index index;
    index.add(1, key(2), 1);
    index.add(2, key(2), 1);
    index.add(3, key(2), 2);
    index.remove(1);
    EXPECT_EQ(index.find(1), nullptr);
    EXPECT_THAT(index.find(3)->by_number, ElementsAre(0, 3));
    index.remove(3);
    index.remove(2);
    index.remove(2);
    index.add(4, key(2), 2);
    EXPECT_THAT(index.find(4)->by_number, ElementsAre(0, 4));
}

}  // namespace
