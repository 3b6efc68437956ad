#include "notifier/message_time.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace {

using namespace std::chrono_literals;
using notifier::parse_message_time;

TEST(message_time, relative_times_add_up) {
    EXPECT_EQ(parse_message_time("2h")->after, 2h);
    EXPECT_EQ(parse_message_time(" 1d12h ")->after, 36h);
    EXPECT_EQ(parse_message_time("1w2d3h4m5s")->after, 9 * 24h + 3h + 4min + 5s);
    EXPECT_EQ(parse_message_time("90M")->after, 90min);
}

TEST(message_time, absolute_times_know_their_zone) {
    const auto noon = std::chrono::sys_days{std::chrono::year{2026} / 5 / 1} + 12h;
    EXPECT_EQ(parse_message_time("2026-05-01T12:00:00Z")->at, noon);
    EXPECT_EQ(parse_message_time("2026-05-01T14:00+02:00")->at, noon);
    EXPECT_EQ(parse_message_time("2026-05-01 06:30-0530")->at, noon);
    EXPECT_EQ(parse_message_time("2026-05-01t14:00:00+02")->at, noon);
    EXPECT_FALSE(parse_message_time("2026-05-01T12:00Z")->after);
}

TEST(message_time, without_a_zone_it_is_local_time) {
    const char* before = std::getenv("TZ");
    const std::string saved = before == nullptr ? "" : before;
    setenv("TZ", "UTC-3", 1);
    tzset();
    EXPECT_EQ(parse_message_time("2026-05-01T15:00")->at,
              std::chrono::sys_days{std::chrono::year{2026} / 5 / 1} + 12h);
    before == nullptr ? unsetenv("TZ") : setenv("TZ", saved.c_str(), 1);
    tzset();
}

TEST(message_time, anything_else_is_refused) {
    for (const char* text :
         {"", "2", "h", "2x", "2h1d", "-2h", "0s", "99999999999h", "2026-02-30T00:00Z",
          "2026-05-01", "2026-05-01T24:00Z", "2026-05-01T12:60Z", "2026-5-1T12:00Z",
          "2026-05-01T12:00+15:00", "2026-05-01T12:00Zx", "tomorrow"}) {
        EXPECT_FALSE(parse_message_time(text)) << text;
    }
}

}  // namespace
