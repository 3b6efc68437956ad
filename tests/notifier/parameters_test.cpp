#include "notifier/parameters.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using notifier::parameters;
using notifier::set_parameter;

struct attempt {
    parameters values;
    std::vector<std::string> warnings;
    std::string refused;

    attempt(std::string key, std::string value) {
        if (const auto error =
                set_parameter(values, {std::move(key), std::move(value)}, warnings)) {
            refused = error->part + ": " + error->message;
        }
    }
};

TEST(parameters, set_what_they_name) {
    EXPECT_EQ(attempt("encoding", "UCS2").values.encoding, smpp::alphabet::ucs2);
    EXPECT_FALSE(attempt("encoding", "auto").values.encoding);
    EXPECT_EQ(attempt("data_coding", "0xF0").values.data_coding, 0xF0);
    EXPECT_EQ(attempt("default_alphabet", "latin1").values.default_alphabet,
              smpp::alphabet::latin1);
    EXPECT_EQ(attempt("split", "sar").values.split, smpp::split_mode::sar);
    EXPECT_EQ(attempt("bind", "trx").values.bind, notifier::bind_mode::trx);
    EXPECT_EQ(attempt("interface_version", "5.0").values.interface_version,
              smpp::interface_version::v5_0);
    EXPECT_EQ(attempt("receipt", "failure").values.receipt, notifier::receipt_mode::failure);
    EXPECT_EQ(attempt("validity", "2h").values.validity->after, std::chrono::hours(2));
    EXPECT_EQ(attempt("class", "flash").values.message_class, 0);
    EXPECT_EQ(attempt("class", "2").values.message_class, 2);
    EXPECT_EQ(attempt("priority", "3").values.priority, 3);
    EXPECT_EQ(attempt("window", "100").values.window, 100U);
    EXPECT_DOUBLE_EQ(attempt("rate", "30/m").values.rate, 0.5);
    EXPECT_DOUBLE_EQ(attempt("rto", "3.5").values.response_timeout.count(), 3.5);
    EXPECT_FALSE(attempt("verify", "no").values.verify);
    EXPECT_EQ(attempt("to_ton", "2").values.to.ton, smpp::ton::national);
    EXPECT_EQ(attempt("tags", "ops, dev").values.tags, (std::vector<std::string>{"ops", "dev"}));
    EXPECT_EQ(attempt("tlv", "0x1400:hex:0a0B").values.tlvs.at(0).value, "\x0a\x0b");
    EXPECT_EQ(attempt("tlv", "5120:str:a:b").values.tlvs.at(0).value, "a:b");
    EXPECT_EQ(attempt("tlv", "5120:str:a").values.tlvs.at(0).tag, 0x1400);
}

TEST(parameters, bad_values_are_refused_by_name) {
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{
             {"encoding", "utf7"},
             {"encoding", "octets"},
             {"data_coding", "256"},
             {"data_coding", "-1"},
             {"split", ""},
             {"bind", "rx"},
             {"system_type", "thirteenchars"},
             {"service_type", "sixsix"},
             {"interface_version", "3"},
             {"receipt", "yes"},
             {"validity", "soon"},
             {"class", "4"},
             {"priority", "4"},
             {"window", "0"},
             {"window", "10001"},
             {"rate", "5/d"},
             {"rate", "fast"},
             {"tls_min", "1.1"},
             {"tlv", "0x1400"},
             {"tlv", "0x1400:hex:0"},
             {"tlv", "0x10000:str:a"},
             {"tlv", "0x1400:bin:0"},
             {"default_alphabet", "ucs2"}}) {
        const attempt tried(key, value);
        EXPECT_EQ(tried.refused.substr(0, std::string(key).size() + 1), std::string(key) + ':')
            << key << '=' << value;
    }
}

TEST(parameters, those_of_apprise_warn_and_keep_the_default) {
    for (const auto& [key, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"format", "pdf"},
                                                                    {"overflow", ""},
                                                                    {"verify", "bogus"},
                                                                    {"cto", "abc"},
                                                                    {"rto", "0"},
                                                                    {"retry", "-1"},
                                                                    {"wait", "-1"},
                                                                    {"optional", "maybe"}}) {
        const attempt tried(key, value);
        EXPECT_EQ(tried.refused, "") << key;
        EXPECT_EQ(tried.warnings.size(), 1U) << key;
    }
    EXPECT_TRUE(attempt("verify", "bogus").values.verify);
    EXPECT_DOUBLE_EQ(attempt("rto", "0").values.response_timeout.count(),
                     parameters{}.response_timeout.count());
}

TEST(parameters, unknown_and_useless_ones_are_named) {
    EXPECT_NE(attempt("windows", "5").warnings.at(0).find("'windows'"), std::string::npos);
    EXPECT_NE(attempt("tz", "UTC").warnings.at(0).find("no effect"), std::string::npos);
}

TEST(parameters, every_rule_has_its_own_name_and_help) {
    std::set<std::string_view> names;
    for (const auto& rule : notifier::parameter_rules()) {
        EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
        EXPECT_FALSE(rule.help.empty()) << rule.name;
        EXPECT_EQ(notifier::find_parameter(rule.name), &rule);
    }
}

}  // namespace
