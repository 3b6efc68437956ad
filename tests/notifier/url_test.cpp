#include "notifier/url.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::split_url;
using notifier::split_urls;

std::string refused_part(std::string_view url) {
    const auto result = split_url(url);
    return result ? "" : result.error().part;
}

TEST(url, is_cut_into_its_parts) {
    const auto url =
        split_url(" SMPPS://us%65r:p%40ss@host:3551/+1555/%2B1666?Window=5&tlv=a%3Db ");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->schema, "smpps");
    EXPECT_EQ(url->user, "user");
    EXPECT_EQ(url->password, "p@ss");
    EXPECT_EQ(url->host, "host");
    EXPECT_EQ(url->port, "3551");
    EXPECT_EQ(url->path, (std::vector<std::string>{"+1555", "+1666"}));
    ASSERT_EQ(url->query.size(), 2U);
    EXPECT_EQ(url->query[0].key, "window");
    EXPECT_EQ(url->query[1].value, "a=b");
}

TEST(url, percent_is_decoded_once_and_a_stray_one_stays) {
    EXPECT_EQ(notifier::percent_decode("%2541+%zz%4"), "%41+%zz%4");
    std::size_t stray = 0;
    EXPECT_EQ(notifier::percent_decode("100%", &stray), "100%");
    EXPECT_EQ(stray, 1U);
    EXPECT_EQ(notifier::percent_decode("%00%ff").size(), 2U);
}

TEST(url, warns_of_a_stray_percent_in_the_password) {
    const auto url = split_url("smpp://user:100%@host/1/2");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->password, "100%");
    EXPECT_EQ(url->warnings.size(), 1U);
}

TEST(url, asks_to_encode_what_makes_it_ambiguous) {
    EXPECT_EQ(refused_part("smpp://user:p@ss@host/1/2"), "password");
    EXPECT_EQ(refused_part("smpp://user:p:ss@host/1/2"), "password");
    EXPECT_EQ(refused_part("smpp://user:p/ss@host/1/2"), "port");
    EXPECT_EQ(refused_part("smpp://h?user=u&pass=a&b"), "password");
    EXPECT_EQ(refused_part("smpp://h?user=u&pass=a?b"), "pass");
    EXPECT_EQ(refused_part("smpp://h?user=u&pass=a#b"), "pass");
    EXPECT_NE(split_url("smpp://user:p@ss@host/1/2").error().message.find("%40"),
              std::string::npos);
}

TEST(url, knows_only_its_schemas) {
    EXPECT_EQ(refused_part("mailto://user:pass@host"), "schema");
    EXPECT_EQ(refused_part("smpp:user:pass@host"), "schema");
    EXPECT_EQ(refused_part(""), "schema");
}

TEST(url, host_and_port_are_told_apart) {
    struct row {
        const char *text, *host, *port;
    };
    for (const auto& [text, host, port] :
         {row{"h", "h", ""}, row{"h:1", "h", "1"}, row{"h:", "h", ""}, row{"[::1]", "[::1]", ""},
          row{"[::1]:5", "[::1]", "5"}}) {
        const auto split = notifier::split_host_port(text);
        ASSERT_TRUE(split) << text;
        EXPECT_EQ(split->host, host) << text;
        EXPECT_EQ(split->port, port) << text;
    }
    for (const char* text : {"[::1", "[::1]x", "::1", "h:2x"}) {
        EXPECT_FALSE(notifier::split_host_port(text)) << text;
    }
}

TEST(url, several_in_one_argument_are_cut_apart) {
    EXPECT_EQ(split_urls("smpp://a/1,smpps://b/2 , SMPP://c/3\nsmpp://d").size(), 4U);
    EXPECT_EQ(split_urls("smpp://a/1, 2"), (std::vector<std::string>{"smpp://a/1, 2"}));
    EXPECT_EQ(split_urls("smpp://a/1,+2 +3"), (std::vector<std::string>{"smpp://a/1,+2 +3"}));
    EXPECT_TRUE(split_urls(" \n").empty());
}

TEST(url, masking_hides_only_the_password_of_a_good_url) {
    EXPECT_EQ(notifier::mask_url("smpp://user:secret@host:2775/1/2?window=1", true),
              "smpp://user:****@host:2775/1/2?window=1");
    EXPECT_EQ(notifier::mask_url("smpp://user:secret@host/1/a@b", true),
              "smpp://user:****@host/1/a@b");
    EXPECT_EQ(notifier::mask_url("smpp://_?user=u&PASS=secret&host=h", true),
              "smpp://_?user=u&PASS=****&host=h");
    EXPECT_EQ(notifier::mask_url("smpp://host:2775?user=u&p%61ss=secret", true),
              "smpp://host:2775?user=u&p%61ss=****");
}

TEST(url, masking_hides_whatever_may_be_the_password_of_a_bad_one) {
    for (const char* url :
         {"smpp://user:secret", "smpp://user:secret/1/2", "smpp://user:a@secret@host/1",
          "smpp://user:a/secret@host/1", "smpp://user:a?secret@host/1?window=2",
          "smpp://user:a#secret@host/1", "smpp:user:secret@host/1", "user:secret@host",
          "smpp://h?pass=a&secret&to=1", "smpp://h?password=a/b@secret", "smpp://h?passwd=secret",
          "smpp://user:a:secret@[::1]/1", "smpp://[::1:secret@host", "smpp://u:secret?to=1@2",
          "smpp://u:a@b/secret@h/1"}) {
        EXPECT_EQ(notifier::mask_url(url).find("secret"), std::string::npos)
            << url << " -> " << notifier::mask_url(url);
    }
}

TEST(url, masking_leaves_host_and_recipients_of_a_bad_one_readable) {
    EXPECT_EQ(notifier::mask_url("smpp://user:pass@host:0/1/2"), "smpp://user:****@host:0/1/2");
    EXPECT_EQ(notifier::mask_url("smpp://host:2775?user=u&pass=p&to=1"),
              "smpp://host:2775?user=u&pass=****&to=1");
    EXPECT_EQ(notifier::mask_url("smpp://host/1/2"), "smpp://host/1/2");
}

TEST(url, every_url_of_a_text_is_masked) {
    using notifier::mask_urls;
    EXPECT_EQ(mask_urls("cannot open smpp://u:S3@h/1/2: no such file; see https://x/y"),
              "cannot open smpp://u:****@h/1/2: no such file; see https://x/y");
    EXPECT_EQ(mask_urls("'smpp://u:S3@h','smpp://v:S3@h'").find("S3"), std::string::npos);
    EXPECT_EQ(mask_urls("smpp://u:S 3@h/1/2 is no file").find("S 3"), std::string::npos);
    EXPECT_EQ(mask_urls("to smpp://, or http://?pass=S3&x=smpp://u:S3@h").find("S3"),
              std::string::npos);
    EXPECT_EQ(mask_urls("if it speaks no TLS, try smpp://"), "if it speaks no TLS, try smpp://");
    EXPECT_EQ(mask_urls("foo://x: no such schema"), "foo://x: no such schema");
    EXPECT_EQ(mask_urls("foo://u:S3: no such schema"), "foo://u:****: no such schema");
    EXPECT_EQ(mask_urls("plain: text @ all"), "plain: text @ all");
    const std::string masked = "smpp://u:****@h:2775/1555/1666?window=5: window: too small";
    EXPECT_EQ(mask_urls(masked), masked);
}

}  // namespace
