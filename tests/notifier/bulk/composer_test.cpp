#include "notifier/bulk/composer.hpp"

#include <gmock/gmock.h>

namespace {

using notifier::command_line;
using notifier::bulk::column_names;
using notifier::bulk::composer;
using notifier::bulk::row;
using notifier::bulk::text_template;
using testing::HasSubstr;
using texts = std::vector<std::string>;

notifier::target target_of(const char* url = "smpp://user:pass@host/1555") {
    notifier::target_defaults defaults;
    defaults.recipients_elsewhere = true;
    return *parse_target(url, defaults);
}

row make_row(const texts& names, const texts& values) {
    row out;
    out.number = out.line = 1;
    out.columns = std::make_shared<column_names>(names);
    out.values = values;
    return out;
}

command_line with_body(const char* body) {
    command_line out;
    out.body = body;
    return out;
}

notifier::work composed(const notifier::target& target, const command_line& options,
                        const row& from) {
    composer maker(target, options);
    notifier::work out;
    const auto mistake = maker.compose(from, out);
    EXPECT_FALSE(mistake) << *mistake;
    return out;
}

std::string mistake_of(const texts& names, const texts& values, const command_line& options = {},
                       const char* url = "smpp://user:pass@host/1555") {
    const auto target = target_of(url);
    composer maker(target, options);
    notifier::work out;
    return maker.compose(make_row(names, values), out).value_or("");
}

TEST(bulk_template, places_and_braces) {
    const auto parsed = text_template::parse("{{x}} {Name}{ b }!");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->names(), (texts{"name", "b"}));
    std::string out;
    parsed->expand(out, [](std::size_t i) { return i == 0 ? "Ann" : "{}"; });
    EXPECT_EQ(out, "{x} Ann{}!");
}

TEST(bulk_template, wrong_braces_are_told_with_their_place) {
    for (const char* text : {"ab {name", "{a{b}}", "{}", "{ }", "a } b"}) {
        const auto parsed = text_template::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_THAT(parsed.error().message, HasSubstr("at octet ")) << text;
    }
}

TEST(bulk_composer, text_of_the_row_or_of_the_body) {
    const auto target = target_of();
    const auto from = make_row({"to", "text", "name"}, {"+1 666-777", "Hi {name}", "Ann"});
    const auto plain = composed(target, {}, from);
    EXPECT_EQ(plain.to.addr, "1666777");
    EXPECT_EQ(plain.message->parts.at(0).text, "Hi {name}");
    EXPECT_EQ(plain.id, 1U);
    const auto filled = composed(target, with_body("Dear {name}: {text}"), from);
    EXPECT_EQ(filled.message->parts.at(0).text, "Dear Ann: Hi {name}");
}

TEST(bulk_composer, parameters_and_sender_of_the_row_do_not_outlive_it) {
    const auto target = target_of();
    const command_line options;
    composer maker(target, options);
    const texts names{"to", "text", "from", "priority", "data_coding"};
    notifier::work first;
    ASSERT_FALSE(maker.compose(make_row(names, {"1666777", "x", "Shop", "2", "4"}), first));
    const auto& special = first.message->parts.at(0).pdu;
    EXPECT_EQ(special.source.digits, "Shop");
    EXPECT_EQ(special.priority_flag, 2);
    EXPECT_EQ(special.data_coding, smpp::data_coding(4));
    notifier::work second;
    ASSERT_FALSE(maker.compose(make_row(names, {"1666777", "x", "", "", ""}), second));
    const auto& usual = second.message->parts.at(0).pdu;
    EXPECT_EQ(usual.source.digits, "1555");
    EXPECT_EQ(usual.priority_flag, 0);
}

TEST(bulk_composer, rows_with_one_text_share_the_message_if_it_has_one_part) {
    const auto target = target_of();
    const auto options = with_body("Hello");
    composer maker(target, options);
    notifier::work first, second;
    ASSERT_FALSE(maker.compose(make_row({"to"}, {"1666777"}), first));
    ASSERT_FALSE(maker.compose(make_row({"to"}, {"1666778"}), second));
    EXPECT_EQ(first.message, second.message);
    const auto longer = with_body(std::string(200, 'x').c_str());
    composer other(target, longer);
    ASSERT_FALSE(other.compose(make_row({"to"}, {"1666777"}), first));
    ASSERT_FALSE(other.compose(make_row({"to"}, {"1666778"}), second));
    EXPECT_NE(first.message->parts.at(0).pdu.short_message,
              second.message->parts.at(0).pdu.short_message);
}

TEST(bulk_composer, mistakes_name_the_column) {
    EXPECT_THAT(mistake_of({"number", "text"}, {"1", "x"}), HasSubstr("no column 'to'"));
    EXPECT_THAT(mistake_of({"to"}, {"1666777"}), HasSubstr("no column 'text'"));
    EXPECT_THAT(mistake_of({"to", "text"}, {"12ab", "x"}), HasSubstr("to: '12ab'"));
    EXPECT_THAT(mistake_of({"to", "text"}, {"1666777", ""}), HasSubstr("text: "));
    EXPECT_THAT(mistake_of({"to", "text"}, {"1666777", "\xC3"}), HasSubstr("not UTF-8"));
    EXPECT_THAT(mistake_of({"to", "text", "from"}, {"1666777", "x", "Far too long a name"}),
                HasSubstr("from: "));
    EXPECT_THAT(mistake_of({"to", "text", "priority"}, {"1666777", "x", "9"}),
                HasSubstr("priority: '9' is not valid"));
    EXPECT_THAT(mistake_of({"to", "text", "window"}, {"1666777", "x", "9"}),
                HasSubstr("'window' is the same for the whole session"));
    EXPECT_THAT(mistake_of({"to", "text"}, {"1666777", "x"}, with_body("Hi {nam}")),
                HasSubstr("no column 'nam'"));
    EXPECT_THAT(mistake_of({"to", "text"}, {"1666777", "x"}, {}, "smpp://user:pass@host"),
                HasSubstr("no sender"));
    EXPECT_EQ(
        mistake_of({"to", "text", "from"}, {"1666777", "x", "1555"}, {}, "smpp://user:pass@host"),
        "");
}

TEST(bulk_composer, a_body_with_wrong_braces_is_a_mistake_of_the_command_line) {
    const auto target = target_of();
    const auto options = with_body("Hi {name");
    EXPECT_THROW(composer(target, options), notifier::usage_error);
}

}  // namespace
