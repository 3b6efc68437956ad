#include <gmock/gmock.h>

#include "support.hpp"

namespace lint_test {
namespace {

rule_case of_gsm(rule which, const std::string& offence, const std::string& good) {
    return of_submit(
        which, [=](auto& sm) { sm.short_message = offence; },
        [=](auto& sm) { sm.short_message = good; });
}

/// Raw octets under data_coding 8.
change raw_ucs2(const std::string& octets) {
    return [=](submit_sm& sm) {
        sm.data_coding = data_coding::ucs2;
        sm.short_message = octets;
    };
}

change in_ucs2(const std::u16string& text) {
    return [=](submit_sm& sm) { set_ucs2(sm, text); };
}

rule_case of_ucs2(rule which, const std::u16string& offence, const std::u16string& good) {
    return of_submit(which, in_ucs2(offence), in_ucs2(good));
}

}  // namespace

rule_cases text_cases() {
    using namespace std::string_literals;
    const std::string packed = gsm7::pack(as_octets(std::string_view("hello packed world")));
    return {
        of_gsm(rule::text_utf8_as_gsm, "d\xC3\xA9j\xC3\xA0", "d\x05j\x7F"),
        of_gsm(rule::text_latin1_as_gsm, "d\xE9j\xE0 vu", "d\x05j\x7F vu"),
        of_gsm(rule::text_packed_septets, packed, "hello packed world"),
        of_gsm(rule::text_ascii_as_gsm, "me@example.com", "me\0example.com"s),
        of_gsm(rule::text_ascii_as_gsm, "price $5", "price \x02"s + "5"),
        of_gsm(rule::text_ascii_as_gsm, "my_name", "my\x11name"),
        of_gsm(rule::text_ascii_as_gsm, "{x}", "\x1B(x\x1B)"),
        of_gsm(rule::text_ascii_as_gsm, "a[0]", "a\x1B<0\x1B>"),
        of_gsm(rule::text_ascii_as_gsm, "a@b", "@hola, |que tal"),  // inverted exclamation mark
        of_gsm(rule::text_ascii_as_gsm, "a_b", "l{t _5"),           // a umlaut, section sign
        of_submit(rule::text_utf8_as_ucs2, raw_ucs2("hello world"), in_ucs2(u"\u4F60\u597D")),
        of_submit(rule::text_utf8_as_ucs2, raw_ucs2("Hi there!!"),
                  in_ucs2(u"\u4F60\u4ECA\u5929\u597D")),
        of_submit(rule::text_utf8_as_ucs2, raw_ucs2("some words"), in_ucs2(u"\u5730\u56FE")),
        of_submit(rule::text_little_endian, raw_ucs2("h\0e\0l\0l\0o\0"s),
                  in_ucs2(u"\u4E00\u4E00\u4E2D")),
        of_ucs2(rule::text_byte_order_mark, u"\uFEFF\u0416", u"\u0416"),
        of_submit(rule::text_odd_octets, raw_ucs2("\x04\x16\0"s), in_ucs2(u"\u0416")),
        of_ucs2(rule::text_unpaired_surrogate, u"\u0416\xDC00\u0416", u"\u0416\xD83D\xDE00\u0416"),
        of_ucs2(rule::text_could_be_gsm, u"hello", u"hell\u014D"),
        of_submit(
            rule::text_control_characters,
            [](auto& sm) {
                sm.data_coding = data_coding::latin1;
                sm.short_message = "bell\x07";
            },
            [](auto& sm) {
                sm.data_coding = data_coding::latin1;
                sm.short_message = "line\r\nline";
            }),
    };
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(pdu_lint, ideographs_are_judged_as_such) {
    submit_sm sm = good_submit();
    for (const auto* text :
         {u"\u4F60\u597D", u"\u4E2D\u56FD\u4EBA\u6C11", u"\u4F60\u5728\u54EA\u91CC",
          u"\u6F22\u5B57", u"\u65E5\u672C\u8A9E", u"\u6771\u4EAC\u90FD"}) {
        set_ucs2(sm, text);
        EXPECT_THAT(rules_of(sm), IsEmpty());
    }
    // All of their octets are ASCII, and the rules behind that one still count.
    set_ucs2(sm, u"\uFEFF\u4F60\u597D");
    EXPECT_THAT(rules_of(sm), ElementsAre(rule::text_byte_order_mark));
}

TEST(pdu_lint, national_tables_have_other_characters_there) {
    submit_sm sm = good_submit();
    gsm7::shift turkish;
    turkish.locking = gsm7::language::turkish;
    sm.esm_class.set_udhi(true);
    sm.short_message = udh::writer().add(turkish).octets() + "price $5";
    EXPECT_THAT(rules_of(sm), IsEmpty());
}

TEST(pdu_lint, another_default_alphabet_is_not_judged_as_gsm) {
    submit_sm sm = good_submit();
    sm.short_message = "price $5, d\xE9j\xE0 vu";
    lint::options options;
    options.smsc_default = alphabet::latin1;
    EXPECT_THAT(rules_of(sm, options), IsEmpty());
}

TEST(pdu_lint, receipts_are_ascii_by_custom) {
    EXPECT_THAT(rules_of(receipt_of("id:a_b-7 stat:DELIVRD err:000 text:$5 {x}")), IsEmpty());
}

}  // namespace
}  // namespace lint_test
