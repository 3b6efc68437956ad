// Each rule of rules.def: it fires on its offence, and is silent on what comes nearest to that.
#include <gmock/gmock.h>

#include <set>

#include "support.hpp"

namespace {

using namespace lint_test;
using testing::Contains;
using testing::IsEmpty;

rule_cases all_cases() {
    rule_cases out;
    for (auto* const cases : {&framing_cases, &address_cases, &message_cases, &long_message_cases,
                              &text_cases, &tlv_cases, &receipt_cases, &session_state_cases,
                              &session_link_cases, &session_message_cases, &client_cases}) {
        const rule_cases some = cases();
        out.insert(out.end(), some.begin(), some.end());
    }
    return out;
}

constexpr rule all_rules[] = {
#define X(enumerator, id, severity, clause, sentence) rule::enumerator,
#include "smpp/lint/rules.def"
#undef X
};

std::string names(const rules& found) {
    std::string out;
    for (const rule each : found) {
        out += lint::info(each).id;
        out += ' ';
    }
    return out;
}

TEST(rules, each_fires_on_its_offence_and_is_silent_on_the_nearest_good) {
    std::size_t index = 0;
    for (const rule_case& each : all_cases()) {
        SCOPED_TRACE(testing::Message() << lint::info(each.which).id << ", case " << index++);
        const rules offence = each.offence();
        EXPECT_THAT(offence, Contains(each.which)) << names(offence);
        const rules good = each.good();
        EXPECT_THAT(good, IsEmpty()) << names(good);
    }
}

TEST(rules, each_has_a_case) {
    std::set<rule> with_case;
    for (const rule_case& each : all_cases()) {
        with_case.insert(each.which);
    }
    for (const rule each : all_rules) {
        EXPECT_TRUE(with_case.contains(each)) << lint::info(each).id;
    }
}

TEST(rules, ids_are_unique_and_lead_back) {
    std::set<std::string_view> seen;
    for (const rule each : all_rules) {
        const auto& about = lint::info(each);
        EXPECT_TRUE(seen.insert(about.id).second) << about.id;
        EXPECT_EQ(lint::rule_named(about.id), each);
        EXPECT_FALSE(about.sentence.empty());
    }
    EXPECT_EQ(lint::rule_named("no.such-rule"), std::nullopt);
}

}  // namespace
