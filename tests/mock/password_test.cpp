#include "mock-smsc/accounts/password.hpp"

#include <gmock/gmock.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <vector>

#include "mock-smsc/accounts/password_checker.hpp"

namespace {

using namespace mock_smsc;
using testing::Each;
using testing::HasSubstr;
using testing::StartsWith;

TEST(password, hashes_of_the_reference_implementation) {
    // Of test.c in phc-winner-argon2; "password" with the salt "somesalt".
    for (const char* kept :
         {"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
          "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
          "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
          "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"}) {
        EXPECT_EQ(check_kept_password(kept), "") << kept;
        EXPECT_TRUE(verify_password(kept, "password")) << kept;
        EXPECT_FALSE(verify_password(kept, "passwore")) << kept;
    }
}

TEST(password, what_is_made_can_be_checked) {
    for (const auto& [how, name] :
         {std::pair(hash_kind::scrypt, "$scrypt$ln=14,r=8,p=1$"),
          std::pair(hash_kind::argon2id, "$argon2id$v=19$m=19456,t=2,p=1$")}) {
        const auto kept = hash_password("secret", how);
        EXPECT_THAT(kept, StartsWith(name));
        EXPECT_NE(kept, hash_password("secret", how));
        EXPECT_TRUE(verify_password(kept, "secret"));
        EXPECT_FALSE(verify_password(kept, ""));
        EXPECT_FALSE(verify_password(kept, kept));
    }
}

TEST(password, a_hash_may_not_take_all_memory_nor_all_time) {
    const std::string rest = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_EQ(check_kept_password("$argon2id$v=19$m=262144,t=4,p=1" + rest), "");
    for (const char* cost :
         {"m=262145,t=1,p=1", "m=262144,t=5,p=1", "m=4294967295,t=1,p=1", "m=8,t=4294967295,p=1",
          "m=4096,t=1,p=17", "m=7,t=1,p=1", "m=8,t=0,p=1", "m=8,t=1,p=0", "m=8,t=1", "m=x,t=1,p=1",
          "t=1,m=8,p=1"}) {
        const auto kept = std::string("$argon2id$v=19$") + cost + rest;
        EXPECT_THAT(check_kept_password(kept), HasSubstr("expected, with no more than 256 MiB"))
            << kept;
        EXPECT_FALSE(verify_password(kept, "password"));
    }
}

TEST(password, hashes_that_are_not_whole_are_refused) {
    for (const char* kept :
         {"$argon2id$", "$argon2id$v=19$m=256,t=2,p=1", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
          "$argon2id$v=19$m=256,t=2,p=1$c29tc2Fs$nf65EOgLrQMR",     // too short a salt
          "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf6",           // too short a hash
          "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR",  // no such version
          "$argon2id$v=19$m=256,t=2,p=1,data=x$c29tZXNhbHQ$nf65EOgLrQMR", "$scrypt$x", "$argon2$x",
          "$2b$12$x"}) {
        EXPECT_NE(check_kept_password(kept), "") << kept;
    }
    EXPECT_EQ(check_kept_password("$ecret"), "");
}

class Checker : public testing::Test {
protected:
    void ask(const std::string& wanted, const std::string& given) {
        checker.check(wanted, given, [this](password_check said) { answers.push_back(said); });
    }

    boost::asio::io_context context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
        context.get_executor()};
    password_checker checker{context.get_executor()};
    std::vector<password_check> answers;
    const std::string kept = hash_password("secret", hash_kind::argon2id);
};

TEST_F(Checker, plain_ones_are_answered_at_once) {
    ask("secret", "secret");
    ask("secret", "wrong");
    EXPECT_THAT(answers, testing::ElementsAre(password_check::right, password_check::wrong));
}

TEST_F(Checker, who_waits_for_the_same_password_is_answered_with_the_first) {
    for (int i = 0; i < 1000; ++i) {
        ask(kept, "secret");
    }
    EXPECT_THAT(answers, testing::IsEmpty());
    context.run_one();
    EXPECT_EQ(answers.size(), 1000U);
    EXPECT_THAT(answers, Each(password_check::right));
    ask(kept, "secret");
    EXPECT_EQ(answers.size(), 1001U);
    ask(kept, "wrong");
    EXPECT_EQ(answers.size(), 1001U);
    context.run_one();
    EXPECT_EQ(answers.back(), password_check::wrong);
}

TEST_F(Checker, no_more_wait_than_may) {
    for (std::size_t i = 0; i < password_checker::most_waiting + 10; ++i) {
        ask(kept, "wrong");
    }
    ASSERT_EQ(answers.size(), 9U);  // one is being worked out
    EXPECT_THAT(answers, Each(password_check::impossible));
}

}  // namespace
