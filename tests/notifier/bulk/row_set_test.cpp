#include "notifier/bulk/row_set.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace {

using notifier::bulk::row_set;

TEST(bulk_row_set, rows_in_order_are_one_range) {
    row_set rows;
    for (std::uint64_t row = 1; row <= 1000; ++row) {
        rows.insert(row % 2 == 0 ? row - 1 : row + 1);
    }
    EXPECT_EQ(rows.size(), 1000U);
    EXPECT_EQ(rows.ranges(), 1U);
    rows.erase(500);
    EXPECT_EQ(rows.ranges(), 2U);
    rows.insert(1, 1000);
    EXPECT_EQ(rows.ranges(), 1U);
}

TEST(bulk_row_set, is_a_set) {
    std::mt19937 random(7);  // NOLINT: the same numbers each time
    row_set rows;
    std::set<std::uint64_t> expected;
    for (int i = 0; i < 5000; ++i) {
        const std::uint64_t row = 1 + random() % 200;
        if (random() % 2 == 0) {
            const auto last = row + random() % 5;
            rows.insert(row, last);
            for (auto each = row; each <= last; ++each) {
                expected.insert(each);
            }
        } else {
            rows.erase(row);
            expected.erase(row);
        }
        ASSERT_EQ(rows.size(), expected.size());
        const std::uint64_t probe = 1 + random() % 210;
        ASSERT_EQ(rows.contains(probe), expected.count(probe) > 0);
    }
}

}  // namespace
