#include "mock-smsc/receipts/delivery_plan.hpp"

#include <gmock/gmock.h>

#include "mock-smsc/receipts/receipt_text.hpp"
#include "mock/support.hpp"
#include "smpp/text/receipt.hpp"

namespace {

using namespace mock_smsc;
using namespace std::chrono_literals;
using smpp::message_state;
using asked = smpp::registered_delivery::receipt;

constexpr microseconds_utc now = 1'700'000'000'000'000;
constexpr microseconds_utc second = 1'000'000;

smpp::registered_delivery asks(asked what) {
    smpp::registered_delivery out;
    out.set_smsc_receipt(what);
    return out;
}

TEST(delivery_plan, at_once_unless_told_otherwise) {
    const auto plan = plan_delivery({}, now, {});
    EXPECT_EQ(plan.at, now);
    EXPECT_EQ(plan.outcome, message_state::delivered);
    EXPECT_EQ(plan.first, message_state::enroute);
}

TEST(delivery_plan, schedule_delay_and_validity) {
    message_fields fields;
    fields.schedule_delivery_time = "000000000010000R";
    auto plan = plan_delivery(fields, now, {2s});
    EXPECT_EQ(plan.at, now + 12 * second);
    EXPECT_EQ(plan.first, message_state::scheduled);
    EXPECT_EQ(plan.outcome, message_state::delivered);
    fields.validity_period = "000000000011000R";
    plan = plan_delivery(fields, now, {2s});
    EXPECT_EQ(plan.at, now + 11 * second);
    EXPECT_EQ(plan.outcome, message_state::expired);
    fields.schedule_delivery_time = {};
    plan = plan_delivery(fields, now, {2s, message_state::undeliverable});
    EXPECT_EQ(plan.at, now + 2 * second);
    EXPECT_EQ(plan.outcome, message_state::undeliverable);
    fields.validity_period = "rubbish";
    EXPECT_EQ(plan_delivery(fields, now, {2s}).outcome, message_state::delivered);
}

TEST(delivery_plan, who_wants_a_receipt) {
    const std::tuple<asked, bool, bool> cases[] = {{asked::none, false, false},
                                                   {asked::final, true, true},
                                                   {asked::failure, false, true},
                                                   {asked::success, true, false}};
    for (const auto& [what, delivered, failed] : cases) {
        EXPECT_EQ(wants_receipt(asks(what), message_state::delivered), delivered);
        EXPECT_EQ(wants_receipt(asks(what), message_state::expired), failed);
    }
}

TEST(receipt_text, reads_back_with_the_library) {
    mock_test::world world;
    smpp::submit_sm body;
    body.source = smpp::address("ACME", smpp::ton::alphanumeric);
    body.destination = smpp::address("15551234567", smpp::ton::international, smpp::npi::isdn);
    body.data_coding = smpp::data_coding::ucs2;
    body.short_message = std::string("\0A\0b", 4);
    const auto id = world.add(body);
    world.store.find_any(id)->state = message_state::undeliverable;
    world.store.find_any(id)->done = 61 * second;
    auto message = world.read(id);
    const auto receipt = make_receipt(message, {0, true, message.record().state});
    EXPECT_EQ(receipt.source, body.destination);
    EXPECT_EQ(receipt.destination, body.source);
    EXPECT_TRUE(receipt.esm_class.is_receipt());
    const auto read = smpp::parse_receipt(receipt.short_message);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, "1");
    EXPECT_EQ(read->state(), message_state::undeliverable);
    EXPECT_EQ(read->dlvrd, "000");
    EXPECT_EQ(read->text, "Ab");
    EXPECT_EQ(read->submit_date, "7001010000");
    EXPECT_EQ(read->done_date, "7001010001");
    EXPECT_EQ(receipt.tlvs.get(smpp::tlv::message_state), 5);
    EXPECT_TRUE(make_receipt(message, {0, false, message.record().state}).tlvs.empty());
}

}  // namespace
