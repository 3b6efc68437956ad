#include "smpp/text/smpp_time.hpp"

#include <gtest/gtest.h>

#include "unit/text/random_text.hpp"

namespace {

namespace chrono = std::chrono;
using namespace std::chrono_literals;
using smpp::absolute_time;
using smpp::parse_time;
using smpp::relative_time;
using smpp::tenths;
using smpp::utc_time;

utc_time at(chrono::sys_days day, chrono::seconds clock = 0s, int tenth = 0) {
    return utc_time(day) + clock + tenths(tenth);
}

absolute_time absolute(std::string_view text) {
    return std::get<absolute_time>(parse_time(text).value());
}

TEST(smpp_time, absolute_times_mean_local_time_minus_offset) {
    const struct {
        std::string_view text;
        utc_time utc;
        chrono::minutes offset;
    } cases[] = {
        {"241231235959900+", at(2024y / 12 / 31, 23h + 59min + 59s, 9), 0min},
        {"240101003000004+", at(2023y / 12 / 31, 23h + 30min), 60min},
        {"240101003000004-", at(2024y / 1 / 1, 1h + 30min), -60min},
        {"240229120000022+", at(2024y / 2 / 29, 6h + 30min), 330min},  // India
        {"240229120000023+", at(2024y / 2 / 29, 6h + 15min), 345min},  // Nepal
        {"240229120000048-", at(2024y / 3 / 1), -720min},
        {"380101000000000+", at(1938y / 1 / 1), 0min},
        {"991231000000000+", at(1999y / 12 / 31), 0min},
        {"371231000000000+", at(2037y / 12 / 31), 0min},
        {"000101000000000+", at(2000y / 1 / 1), 0min},
    };
    for (const auto& [text, utc, offset] : cases) {
        EXPECT_EQ(absolute(text), (absolute_time{utc, offset})) << text;
        EXPECT_EQ(smpp::format_time(absolute_time{utc, offset}), text);
    }
}

TEST(smpp_time, relative_times_keep_their_fields) {
    EXPECT_EQ(std::get<relative_time>(parse_time("020610233429000R").value()),
              (relative_time{2, 6, 10, 23, 34, 29}));  // the specification's example
    EXPECT_EQ(smpp::format_time(relative_time{.hours = 48}), "000000480000000R");
    EXPECT_EQ(smpp::format_time(relative_time{}), "000000000000000R");
    EXPECT_EQ(smpp::format_time(relative_time{.days = 100}), std::nullopt);
}

TEST(smpp_time, what_is_no_time_is_refused) {
    for (const char* text : {"",
                             "24123123595990+",
                             "2412312359599000+",
                             "241231235959900",
                             "241231235959900Z",
                             "2412312359x9900+",
                             "240230000000000+",
                             "230229000000000+",
                             "241301000000000+",
                             "240001000000000+",
                             "240100000000000+",
                             "240101240000000+",
                             "240101006000000+",
                             "240101000060000+",
                             "240101000000049+",
                             "240101000000049-",
                             "000000480000001R",
                             "000000480000100R",
                             "000000480000000r",
                             " 40101000000000+"}) {
        EXPECT_EQ(parse_time(text), std::nullopt) << text;
    }
}

TEST(smpp_time, years_outside_the_format_cannot_be_written) {
    EXPECT_EQ(smpp::format_time(absolute_time{at(1937y / 12 / 31, 23h)}), std::nullopt);
    EXPECT_EQ(smpp::format_time(absolute_time{at(2038y / 1 / 1)}), std::nullopt);
    EXPECT_EQ(smpp::format_time(absolute_time{at(2037y / 12 / 31, 23h), 60min}), std::nullopt);
    EXPECT_EQ(smpp::format_time(absolute_time{at(1937y / 12 / 31, 23h), 60min}),
              "380101000000004+");
}

TEST(smpp_time, an_offset_that_the_format_lacks_is_written_as_utc) {
    const utc_time noon = at(2024y / 6 / 1, 12h);
    for (const chrono::minutes offset : {7min, 735min, 840min, -735min}) {
        EXPECT_EQ(smpp::format_time(absolute_time{noon, offset}), "240601120000000+");
    }
}

TEST(smpp_time, durations_become_relative_times) {
    EXPECT_EQ(smpp::make_relative(0s), relative_time{});
    EXPECT_EQ(smpp::make_relative(26h + 3min + 4s),
              (relative_time{.days = 1, .hours = 2, .minutes = 3, .seconds = 4}));
    EXPECT_EQ(smpp::make_relative(chrono::days(100) - 1s),
              (relative_time{.days = 99, .hours = 23, .minutes = 59, .seconds = 59}));
    EXPECT_EQ(smpp::make_relative(chrono::days(100)), std::nullopt);
    EXPECT_EQ(smpp::make_relative(-1s), std::nullopt);
}

TEST(smpp_time, relative_times_go_by_the_calendar) {
    const utc_time now = at(2024y / 1 / 31, 10h, 5);
    EXPECT_EQ(smpp::resolve(relative_time{.months = 1}, now), at(2024y / 2 / 29, 10h, 5));
    EXPECT_EQ(smpp::resolve(relative_time{.years = 1, .months = 1}, now),
              at(2025y / 2 / 28, 10h, 5));
    EXPECT_EQ(smpp::resolve(relative_time{.months = 13, .days = 1}, now),
              at(2025y / 3 / 1, 10h, 5));
    EXPECT_EQ(smpp::resolve(relative_time{.hours = 48}, now), at(2024y / 2 / 2, 10h, 5));
    EXPECT_EQ(smpp::resolve(relative_time{.years = 1}, at(2024y / 2 / 29)), at(2025y / 2 / 28));
    EXPECT_EQ(smpp::resolve(absolute_time{at(2020y / 1 / 1), 60min}, now), at(2020y / 1 / 1));
}

TEST(smpp_time, random_absolute_times_round_trip) {
    text_tests::generator random(13);
    for (int i = 0; i < 20000; ++i) {
        const auto seconds = static_cast<std::int64_t>(text_tests::below(random, 3124137600));
        const int quarters = static_cast<int>(text_tests::below(random, 97)) - 48;
        absolute_time time{
            at(1938y / 1 / 2) + chrono::seconds(seconds) + tenths(text_tests::below(random, 10)),
            quarters * 15min};
        const auto text = smpp::format_time(time);
        ASSERT_TRUE(text);
        ASSERT_EQ(absolute(*text), time) << *text;
    }
}

TEST(smpp_time, what_parses_is_written_back_the_same) {
    text_tests::generator random(14);
    int parsed = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string text(15, '0');
        for (char& c : text) {
            c = static_cast<char>('0' + text_tests::below(random, 3));
        }
        text += "+-R"[text_tests::below(random, 3)];
        if (const auto time = parse_time(text)) {
            ++parsed;
            const auto back =
                std::visit([](const auto& each) { return smpp::format_time(each); }, *time);
            const bool minus_zero = text.substr(13) == "00-";  // written with a plus
            ASSERT_EQ(minus_zero ? text : back, text);
        }
    }
    EXPECT_GT(parsed, 100);
}

}  // namespace
