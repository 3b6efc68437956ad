#include "mock-smsc/clock.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mock_smsc;

TEST(clock, reads_what_it_writes) {
    for (const char* text : {"2026-01-01T00:00:00.000000Z", "1999-12-31T23:59:59.123456Z"}) {
        const auto when = parse_iso_time(text);
        ASSERT_TRUE(when) << text;
        EXPECT_EQ(iso_time(*when), text);
    }
    EXPECT_EQ(parse_iso_time("1970-01-01T00:01:00Z"), 60'000'000);
}

TEST(clock, refuses_what_is_no_time) {
    for (const char* text :
         {"", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
          "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.5Z", "+026-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parse_iso_time(text)) << text;
    }
}

TEST(clock, starts_at_a_given_time) {
    start_clock_at(1'000'000);
    const auto now = utc_now();
    EXPECT_GE(now, 1'000'000);
    EXPECT_LT(now, 600'000'000);
}

}  // namespace
