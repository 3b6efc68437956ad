// Submits one message and prints its message_id:
//     example_submit HOST PORT USER PASSWORD FROM TO TEXT
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>

#include "smpp/asio/client.hpp"

boost::asio::awaitable<void> send(char** given) {
    using boost::asio::use_awaitable;
    const auto executor = co_await boost::asio::this_coro::executor;
    smpp::client client(executor);
    const auto port = static_cast<std::uint16_t>(std::stoi(given[2]));
    co_await client.async_connect(given[1], port, use_awaitable);
    smpp::bind_transmitter bind;
    bind.system_id = given[3];
    bind.password = given[4];
    co_await client.async_bind(bind, use_awaitable);
    smpp::submit_sm submit;
    submit.source.digits = given[5];
    submit.destination.digits = given[6];
    submit.short_message = given[7];
    const auto answer = co_await client.async_request(submit, use_awaitable);
    std::cout << "accepted as " << answer.message_id << '\n';
    co_await client.async_unbind(std::chrono::seconds(5), use_awaitable);
}

int main(int argc, char** argv) try {
    if (argc != 8) {
        throw std::invalid_argument("usage: example_submit HOST PORT USER PASSWORD FROM TO TEXT");
    }
    boost::asio::io_context context;
    auto done = boost::asio::co_spawn(context, send(argv), boost::asio::use_future);
    context.run();
    done.get();
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
