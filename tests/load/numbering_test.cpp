#include "smpp-load/numbering.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using smpp_load::numbering;

TEST(numbering, an_address_without_braces_is_itself) {
    const numbering one("15551234567");
    EXPECT_FALSE(one.counts());
    EXPECT_EQ(one.first(), "15551234567");
}

TEST(numbering, counts_within_its_width) {
    const numbering to("1555{n:3}00");
    EXPECT_TRUE(to.counts());
    std::string address = to.first();
    EXPECT_EQ(address, "155500000");
    to.write(address, 42);
    EXPECT_EQ(address, "155504200");
    to.write(address, 1'007);  // anew after 999
    EXPECT_EQ(address, "155500700");
}

TEST(numbering, what_is_no_pattern_is_refused) {
    for (const char* pattern :
         {"1{", "1{}", "1{n}", "1{n:}", "1{n:0}", "1{n:19}", "1{n:2x}", "1{n:2", "1{m:2}"}) {
        EXPECT_THROW(numbering{pattern}, std::invalid_argument) << pattern;
    }
}

}  // namespace
