// Owners that see to enquire_link and unbind themselves.
#include "support/lone_core.hpp"

namespace {

using namespace smpp_test;
using smpp::session_state;

TEST(control_hook, takes_what_it_wants_and_leaves_the_rest_to_the_session) {
    lone_core centre(smpp::role::mc, session_state::bound_trx);
    std::vector<smpp::command_id> seen;
    bool mine = true;
    centre.core.set_control_hook([&](const smpp::header& head) {
        seen.push_back(head.id);
        return mine;
    });
    centre.feed(smpp::enquire_link(), 7);
    centre.feed(smpp::unbind(), 8);
    centre.feed(smpp::submit_sm(), 9);
    EXPECT_EQ(centre.events().size(), 1U);  // the submit
    EXPECT_TRUE(centre.sent().empty());
    EXPECT_EQ(centre.core.state(), session_state::bound_trx);
    mine = false;
    centre.feed(smpp::enquire_link(), 10);
    centre.feed(smpp::unbind(), 11);
    EXPECT_EQ(centre.events().size(), 1U);  // the peer's unbind
    const auto sent = centre.sent();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent.back().id, smpp::command_id::unbind_resp);
    EXPECT_EQ(centre.core.state(), session_state::unbound);
    EXPECT_EQ(seen.size(), 4U);
}

TEST(control_hook, may_end_the_session_from_inside) {
    lone_core centre(smpp::role::mc, session_state::bound_trx);
    centre.core.set_control_hook([&](const smpp::header&) {
        centre.core.abort(smpp::session_errc::closed);
        return true;
    });
    centre.feed(smpp::enquire_link(), 7);
    centre.feed(smpp::enquire_link(), 8);
    std::vector<seen_event> all = centre.events();
    for (const auto& each : centre.events()) {
        all.push_back(each);
    }
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.back().type, smpp::event_type::closed);
}

}  // namespace
