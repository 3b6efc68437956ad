#include "notifier/explain.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace {

boost::json::object explained(std::string_view url, bool secrets = false) {
    return boost::json::parse(notifier::explain_json(url, notifier::parse_target(url), secrets))
        .as_object();
}

TEST(explain, json_has_the_documented_shape) {
    const std::string url =
        "smpp://user:secret@host:2775/+15551234567/+15557654321/Joe?window=5&x=1";
    const auto text = notifier::explain_json(url, notifier::parse_target(url));
    EXPECT_TRUE(text.starts_with(
        R"({"url":"smpp://user:****@host:2775/+15551234567/+15557654321/Joe?window=5&x=1","accepted":true,"schema":"smpp",)"
        R"("user":"user","password":"****","host":"host","port":2775,"tls":false,)"
        R"("from":{"addr":"15551234567","ton":1,"npi":1},"targets":[{"addr":"15557654321","ton":1,"npi":1}],)"
        R"("invalid_targets":[{"addr":"Joe","reason":)"))
        << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const auto object = explained(url);
    EXPECT_EQ(object.at("warnings").as_array().size(), 1U);
    EXPECT_EQ(object.at("options").at("window").as_int64(), 5);
    EXPECT_EQ(object.at("options").at("split").as_string(), "udh");
}

TEST(explain, json_of_a_refused_url) {
    EXPECT_EQ(notifier::explain_json("smpp://user:secret@host:0/1/2",
                                     notifier::parse_target("smpp://user:secret@host:0/1/2")),
              R"({"url":"smpp://user:****@host:0/1/2","accepted":false,"error":{"part":"port",)"
              R"("message":"the port is not a number from 1 to 65535"}})");
}

TEST(explain, every_parameter_has_its_place_in_the_options) {
    const auto options = explained("smpp://u:p@h/1555/1666").at("options").as_object();
    for (const auto& rule : notifier::parameter_rules()) {
        const bool no_effect =
            rule.help.find("no effect") != std::string_view::npos || rule.name == "tags";
        EXPECT_EQ(options.contains(rule.name), !no_effect) << rule.name;
    }
}

TEST(explain, secrets_are_shown_only_on_request) {
    const std::string url = "smpp://user:secret@host/1555/1666";
    EXPECT_EQ(explained(url, true).at("password").as_string(), "secret");
    EXPECT_NE(notifier::explain_text(url, notifier::parse_target(url), true).find("secret"),
              std::string::npos);
    for (const std::string each : {"smpp://user:secret@host/1555/1666",
                                   "smpp://user:secret/x@host/1/2", "smpp://_?pass=secret"}) {
        const auto result = notifier::parse_target(each);
        EXPECT_EQ(notifier::explain_text(each, result).find("secret"), std::string::npos) << each;
        EXPECT_EQ(notifier::explain_json(each, result).find("secret"), std::string::npos) << each;
    }
}

TEST(explain, text_is_for_people) {
    const std::string url = "smpps://user:pw@host/ACME/+15557654321/1?class=flash";
    EXPECT_EQ(notifier::explain_text(url, notifier::parse_target(url)),
              "smpps://user:****@host/ACME/+15557654321/1?class=flash\n"
              "  connect    host:3550 with TLS\n"
              "  bind as    user (password ****)\n"
              "  sender     ACME (TON 5 alphanumeric, NPI 0 unknown)\n"
              "  recipient  15557654321 (TON 1 international, NPI 1 isdn)\n"
              "  INVALID    '1' has 1 digits; a number has 3 to 15\n"
              "  option     class = 0\n");
}

}  // namespace
