#include "notifier/host.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::check_host;

TEST(host, names_and_addresses_are_kept) {
    for (const char* host :
         {"localhost", "HOST.Example.COM", "host.example.", "10.0.0.1", "my_smsc", "a-b.c", "[::1]",
          "[2001:db8::10]", "[fe80::1%eth0]", "1host"}) {
        const auto checked = check_host(host);
        ASSERT_TRUE(checked) << host;
        EXPECT_EQ(*checked, host);
    }
}

TEST(host, international_names_become_ascii) {
    EXPECT_EQ(*check_host("münchen.example"), "xn--mnchen-3ya.example");
    EXPECT_EQ(*check_host("MÜNCHEN.example"), "xn--mnchen-3ya.example");
}

TEST(host, impossible_ones_are_refused) {
    for (const std::string host :
         {"", "_", "-bad-", "a..b", ".", "999.1.1.1", "1.2.3", "a b", "a,b", "{host}", "[zz]",
          "[::1", "[]", "[fe80::1%]", "h\n", "\xff\xfe.example"}) {
        EXPECT_FALSE(check_host(host)) << host;
    }
    EXPECT_FALSE(check_host(std::string(64, 'a') + ".example"));
    EXPECT_FALSE(check_host(std::string(64, 'a')));
    EXPECT_TRUE(check_host(std::string(63, 'a')));
}

TEST(host, brackets_are_taken_off_to_connect) {
    EXPECT_EQ(notifier::bare_host("[::1]"), "::1");
    EXPECT_EQ(notifier::bare_host("host"), "host");
}

}  // namespace
