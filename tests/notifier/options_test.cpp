#include "notifier/options.hpp"

#include <gtest/gtest.h>

namespace {

using notifier::action;
using notifier::command_line;

command_line parse(std::vector<const char*> arguments) {
    return notifier::parse_command_line(arguments);
}

std::string mistake(std::vector<const char*> arguments) {
    try {
        (void)parse(std::move(arguments));
    } catch (const notifier::usage_error& error) {
        return error.what();
    }
    return "none";
}

TEST(options, of_apprise_are_understood) {
    const auto options = parse(
        {"-b", "text", "-t", "title", "-n", "warn", "-i", "markdown", "-e", "-d", "smpp://a"});
    EXPECT_EQ(options.body, "text");
    EXPECT_EQ(options.title, "title");
    EXPECT_EQ(options.input_format, notifier::text_format::markdown);
    EXPECT_TRUE(options.interpret_escapes);
    EXPECT_EQ(options.action, action::dry_run);
    EXPECT_EQ(options.urls, (std::vector<std::string>{"smpp://a"}));
    EXPECT_FALSE(parse({"smpp://a"}).body);
    EXPECT_EQ(parse({"-b", ""}).body, "");
}

TEST(options, verbosity_is_counted_in_every_form) {
    EXPECT_EQ(parse({"-v"}).verbosity, 1U);
    EXPECT_EQ(parse({"-vv", "--verbose", "-v"}).verbosity, 4U);
    EXPECT_EQ(parse({"-vvd"}).verbosity, 2U);
    EXPECT_EQ(parse({"-vvd"}).action, action::dry_run);
    EXPECT_EQ(parse({"-D"}).verbosity, 9U);
    EXPECT_TRUE(parse({"-Da"}).one_by_one);
}

TEST(options, grouped_letters_end_with_the_first_that_takes_a_value) {
    const auto out = parse({"-vvb", "hi", "-vbyou", "-evt", "-v", "-dcfile", "smpp://a"});
    EXPECT_EQ(out.body, "you");
    EXPECT_EQ(out.verbosity, 4U);
    EXPECT_EQ(out.title, "-v");
    EXPECT_TRUE(out.interpret_escapes);
    EXPECT_EQ(out.action, action::dry_run);
    EXPECT_EQ(out.configs, (std::vector<std::string>{"file"}));
    EXPECT_EQ(out.urls, (std::vector<std::string>{"smpp://a"}));
}

TEST(options, the_last_one_counts) {
    const auto out = parse({"-b", "a", "-b", "b", "-e", "-e", "--strict", "--strict", "--output",
                            "json", "--output=text", "-R", "1", "-R2"});
    EXPECT_EQ(out.body, "b");
    EXPECT_TRUE(out.interpret_escapes);
    EXPECT_TRUE(out.strict);
    EXPECT_FALSE(out.json);
    EXPECT_EQ(out.recursion_depth, 2U);
}

TEST(options, of_apprise_without_a_use_here_are_taken_with_a_note) {
    const auto out =
        parse({"-T", "x", "--theme=y", "-P", "/p", "-vj", "--interpret-emojis", "-S", "/s", "-SM",
               "flush", "-SPD", "3", "-SUL=8", "--storage-path", "-x", "-b", "hi", "smpp://a"});
    EXPECT_EQ(out.notes.size(), 10U);
    EXPECT_EQ(out.body, "hi");
    EXPECT_EQ(out.verbosity, 1U);
    EXPECT_EQ(out.urls, (std::vector<std::string>{"smpp://a"}));
    for (const auto& form : std::vector<std::vector<const char*>>{
             {"-a", "file"}, {"--attach", "file"}, {"--attach=file"}, {"-vafile"}}) {
        EXPECT_NE(mistake(form).find("an SMS carries no files"), std::string::npos) << form[0];
    }
}

TEST(options, unknown_ones_are_named_without_what_they_hold) {
    for (const char* word : {"--password=S3cret", "-pS3cret", "-vpS3cret"}) {
        const auto said = mistake({word});
        EXPECT_NE(said.find("unrecognised option '-"), std::string::npos) << said;
        EXPECT_EQ(said.find("S3cret"), std::string::npos) << said;
    }
}

TEST(options, a_text_may_begin_with_a_dash) {
    EXPECT_EQ(parse({"-b", "-t"}).body, "-t");
    EXPECT_EQ(parse({"--body", "-v -d"}).body, "-v -d");
    EXPECT_EQ(parse({"-t", "--help", "-b", "x"}).title, "--help");
    EXPECT_EQ(parse({"-b", "a=b"}).body, "a=b");
    EXPECT_EQ(parse({"-bshort"}).body, "short");
}

TEST(options, what_follows_two_dashes_are_urls) {
    EXPECT_EQ(parse({"-b", "x", "--", "-v"}).urls, (std::vector<std::string>{"-v"}));
}

TEST(options, several_urls_in_one_argument) {
    EXPECT_EQ(parse({"smpp://a,smpp://b smpp://c", "smpps://d"}).urls.size(), 4U);
}

TEST(options, parameters_have_options_of_their_name) {
    const auto options = parse({"--window", "5", "--data-coding=8", "--tlv", "1:str:a",
                                "--tlv=2:str:b", "--verify", "no"});
    ASSERT_EQ(options.parameters.size(), 5U);
    EXPECT_EQ(options.parameters[0].key, "data_coding");
    EXPECT_EQ(options.parameters[0].value, "8");
    EXPECT_EQ(options.parameters[1].value, "1:str:a");
    EXPECT_EQ(options.parameters[2].value, "2:str:b");
}

TEST(options, mistakes_are_named) {
    EXPECT_NE(mistake({"--bogus"}).find("--bogus"), std::string::npos);
    EXPECT_NE(mistake({"-x"}).find("-x"), std::string::npos);
    EXPECT_NE(mistake({"--window", "many"}).find("--window"), std::string::npos);
    EXPECT_NE(mistake({"--retry", "-1"}).find("--retry"), std::string::npos);
    EXPECT_NE(mistake({"-b"}).find("body"), std::string::npos);
    EXPECT_NE(mistake({"--output", "xml"}).find("text, json"), std::string::npos);
    EXPECT_NE(mistake({"-n", "urgent"}).find("warning"), std::string::npos);
    EXPECT_NE(mistake({"--reference", "65536"}).find("65535"), std::string::npos);
    EXPECT_NE(mistake({"--explai"}).find("--explai"), std::string::npos);  // no guessing
}

TEST(options, configurations_tags_and_depth) {
    const auto out = parse({"-c", "a", "--config=b", "-g", "x,2:y", "--tag", "z", "-R", "3"});
    EXPECT_EQ(out.configs, (std::vector<std::string>{"a", "b"}));
    ASSERT_EQ(out.tags.size(), 2U);
    EXPECT_EQ(out.tags[0].size(), 2U);
    EXPECT_EQ(out.tags[0][1].priority, 2U);
    EXPECT_EQ(out.recursion_depth, 3U);
    EXPECT_NE(mistake({"-g", "a:b"}).find("--tag"), std::string::npos);
    EXPECT_EQ(parse({"-g", "on.call"}).tags[0][0].name, "on.call");
    EXPECT_TRUE(parse({"-g", ""}).tags.empty());
    EXPECT_NE(mistake({"-R", "33"}).find("32"), std::string::npos);
}

TEST(options, help_names_every_parameter) {
    const auto help = notifier::help_text();
    for (const auto& rule : notifier::parameter_rules()) {
        if (rule.name == "tag") {
            continue;  // in a URL it names its tags; --tag chooses by them
        }
        const bool option =
            rule.name != "tags" && rule.help.find("no effect") == std::string_view::npos;
        EXPECT_EQ(help.find("--" + std::string(rule.name)) != std::string::npos, option)
            << rule.name;
    }
}

}  // namespace
