#include "mock-smsc/receipts/receipt_sender.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>

#include "mock/support.hpp"

namespace {

using namespace mock_smsc;

TEST(receipt_sender, accounts_that_never_come_back_do_not_pile_up) {
    boost::asio::io_context context;
    session_registry sessions;
    message_store store({10, 1U << 20U});
    receipt_sender sender(context.get_executor(), store, sessions);
    for (int i = 0; i < 20'000; ++i) {
        session_info& session = sessions.open();
        session.system_id = "account" + std::to_string(i);
        const auto id = store.add(session.id, 0, smpp::command_status::ok, {});
        store.find_any(id)->receipts_due = 1;
        store.publish();
        sender.queue(id);
        sender.pump();
    }
    EXPECT_LT(sender.waiting(), 2100U);
}

TEST(receipt_sender, messages_from_mobiles_are_bounded) {
    boost::asio::io_context context;
    session_registry sessions;
    message_store store(message_store::limits{});
    receipt_sender sender(context.get_executor(), store, sessions);
    const smpp::deliver_sm message;
    std::size_t waiting = 0, forgotten = 0;
    sender.on_mobile = [&](const mobile_record& each) {
        waiting += each.state == mobile_record::fate::waiting ? 1U : 0U;
        forgotten += each.state == mobile_record::fate::forgotten ? 1U : 0U;
    };
    for (std::size_t i = 0; i < receipt_sender::max_mo; ++i) {
        ASSERT_EQ(sender.queue_mo("a", message), i + 1);
    }
    EXPECT_EQ(sender.queue_mo("a", message), 0U);
    EXPECT_NE(sender.queue_mo("b", message), 0U);
    EXPECT_EQ(sender.mobiles().find(1), nullptr);  // it has given way in the list, not in the queue
    EXPECT_EQ(sender.mobiles().find(2)->account, "a");
    sender.clear();
    EXPECT_EQ(sender.waiting(), 0U);
    EXPECT_EQ(waiting, forgotten);
    EXPECT_EQ(sender.mobiles().find(2)->state, mobile_record::fate::forgotten);
}

}  // namespace
