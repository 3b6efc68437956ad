#include "smpp/capture/secret_mask.hpp"

#include <gtest/gtest.h>

#include <string>

#include "smpp/codec.hpp"
#include "smpp/pdu/bind.hpp"
#include "smpp/pdu/submit_sm.hpp"

namespace {

std::string stream_with_bind(std::string_view password) {
    smpp::submit_sm sm;
    sm.destination = smpp::address("15557654321");
    sm.short_message = std::string("secret\0secret\0secret", 20);
    smpp::bind_transceiver bind;
    bind.system_id = "user";
    bind.password = password;
    bind.system_type = "secret";
    std::string octets;
    EXPECT_FALSE(append(octets, smpp::command_status::ok, 1, sm));
    EXPECT_FALSE(append(octets, smpp::command_status::ok, 2, bind));
    EXPECT_FALSE(append(octets, smpp::command_status::ok, 3, sm));
    return octets;
}

std::span<std::uint8_t> writable(std::string& octets) {
    return {reinterpret_cast<std::uint8_t*>(octets.data()), octets.size()};
}

TEST(secret_mask, blanks_the_password_and_nothing_else) {
    std::string octets = stream_with_bind("secret");
    smpp::capture::mask_secrets(writable(octets));
    EXPECT_EQ(octets, stream_with_bind("******"));
}

TEST(secret_mask, follows_a_stream_cut_anywhere) {
    const std::string want = stream_with_bind("******");
    for (std::size_t first = 0; first <= want.size(); ++first) {
        for (const std::size_t step : {1U, 7U, 1000U}) {
            std::string octets = stream_with_bind("secret");
            smpp::capture::secret_mask mask;
            mask.apply(writable(octets).first(first));
            for (std::size_t at = first; at < octets.size(); at += step) {
                mask.apply(writable(octets).subspan(at, std::min(step, octets.size() - at)));
            }
            ASSERT_EQ(octets, want) << "cut at " << first << ", then every " << step;
        }
    }
}

TEST(secret_mask, masks_outbind_and_a_password_without_end) {
    std::string outbind("\0\0\0\x18\0\0\0\x0B\0\0\0\0\0\0\0\1mc\0pass\0", 24);
    smpp::capture::mask_secrets(writable(outbind));
    EXPECT_EQ(outbind.substr(16), std::string("mc\0****\0", 8));
    std::string endless("\0\0\0\x17\0\0\0\x09\0\0\0\0\0\0\0\1me\0pass", 23);
    smpp::capture::mask_secrets(writable(endless));
    EXPECT_EQ(endless.substr(16), std::string("me\0****", 7));
}

TEST(secret_mask, leaves_alone_what_is_no_smpp) {
    std::string text(64, '\0');
    const std::string before = text;
    smpp::capture::mask_secrets(writable(text));
    EXPECT_EQ(text, before);
}

}  // namespace
