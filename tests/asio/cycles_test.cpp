// Sessions that come and go: with AddressSanitizer this finds what they would leave behind.
#include "asio/support.hpp"

namespace smpp_test {
namespace {

TEST(cycles, five_hundred_sessions_come_and_go_and_none_is_left) {
    asio::io_context context;
    test_centre centre;
    smpp::server server(context.get_executor(), centre);
    const auto port = server.listen("127.0.0.1", 0);
    smpp::client client(context.get_executor());
    run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
        for (int i = 0; i < 500; ++i) {
            co_await c.async_connect("127.0.0.1", to, use_awaitable);
            const auto bind = test_bind();
            co_await c.async_bind(bind, use_awaitable);
            co_await c.async_unbind(1s, use_awaitable);
        }
    }(client, port));
    EXPECT_TRUE(run_until(context, [&] { return centre.closed == 500; }));
    EXPECT_EQ(centre.opened, 500);
    EXPECT_EQ(server.session_count(), 0U);
    EXPECT_EQ(centre.close_reason, smpp::error_code());
}

}  // namespace
}  // namespace smpp_test
