#include "smpp/command_status.hpp"

#include <gtest/gtest.h>

namespace {

using smpp::command_status;

TEST(command_status, names_and_meanings_come_from_the_table) {
    EXPECT_EQ(smpp::name(command_status::throttled), "ESME_RTHROTTLED");
    EXPECT_EQ(smpp::name(command_status(0x45)), "ESME_RSUBMITFAIL");
    EXPECT_EQ(smpp::name_or_number(command_status(0x512)), "0x00000512");
    EXPECT_EQ(smpp::meaning(command_status(0x400)), "vendor specific error");
}

TEST(command_status, is_found_by_name_and_number) {
    EXPECT_EQ(smpp::command_status_named("ESME_RTHROTTLED"), command_status::throttled);
    EXPECT_EQ(smpp::command_status_named("rthrottled"), command_status::throttled);
    EXPECT_EQ(smpp::command_status_named("0x58"), command_status::throttled);
    EXPECT_EQ(smpp::command_status_named("88"), command_status::throttled);
    EXPECT_EQ(smpp::command_status_named("ESME_"), std::nullopt);
    EXPECT_EQ(smpp::command_status_named("0x"), std::nullopt);
}

TEST(command_status, is_an_error_code_of_its_own_category) {
    const smpp::error_code ec = command_status::throttled;
    EXPECT_TRUE(ec == command_status::throttled);
    EXPECT_FALSE(ec == smpp::session_errc(0x58));
    EXPECT_EQ(ec.message(), "ESME_RTHROTTLED (rate limit exceeded; slow down and retry)");
    EXPECT_FALSE(smpp::error_code(command_status::ok));
}

TEST(command_status, numbers_of_3_3_are_failures_and_are_not_guessed_at) {
    // Those that 3.3 gave to other meanings than 3.4, and some that no version has.
    for (std::uint32_t number = 0x0D; number <= 0x60; ++number) {
        const smpp::error_code ec = command_status(number);
        EXPECT_TRUE(ec) << number;
        EXPECT_EQ(ec.value(), static_cast<int>(number));
    }
    EXPECT_FALSE(smpp::is_temporary(command_status(0x10)));
}

TEST(command_status, wrong_credentials_are_permanent) {
    for (const command_status status :
         {command_status::bind_failed, command_status::invalid_password,
          command_status::invalid_system_id}) {
        EXPECT_FALSE(smpp::is_temporary(status)) << smpp::name(status);
    }
}

TEST(command_status, temporary_ones_may_be_retried) {
    EXPECT_TRUE(smpp::is_temporary(command_status::message_queue_full));
    EXPECT_FALSE(smpp::is_temporary(command_status::invalid_destination_address));
}

}  // namespace
