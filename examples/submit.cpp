// Submits one message and prints its message_id: example_submit HOST PORT USER PASSWORD FROM TO
// TEXT
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "smpp/asio/client.hpp"

namespace asio = boost::asio;

asio::awaitable<void> send(smpp::client& client, std::span<char*> arguments) {
    const auto port = static_cast<std::uint16_t>(std::atoi(arguments[2]));
    co_await client.async_connect(arguments[1], port, asio::use_awaitable);

    smpp::bind_transmitter bind;
    bind.system_id = arguments[3];
    bind.password = arguments[4];
    co_await client.async_bind(bind, asio::use_awaitable);

    smpp::submit_sm submit;
    submit.source.digits = arguments[5];
    submit.destination.digits = arguments[6];
    submit.short_message = arguments[7];
    const auto answer = co_await client.async_request(submit, asio::use_awaitable);
    std::printf("accepted as %s\n", answer.message_id.c_str());

    co_await client.async_unbind(std::chrono::seconds(5), asio::use_awaitable);
}

int main(int argc, char** argv) {
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    if (arguments.size() != 8) {
        std::fputs("usage: example_submit HOST PORT USER PASSWORD FROM TO TEXT\n", stderr);
        return 2;
    }
    asio::io_context context;
    smpp::client client(context.get_executor());
    int code = 0;
    asio::co_spawn(context, send(client, arguments), [&](std::exception_ptr failed) {
        try {
            if (failed) {
                std::rethrow_exception(failed);
            }
        } catch (const std::exception& error) {
            const auto& why = client.last_error();
            std::fprintf(stderr, "%s\n", why.empty() ? error.what() : why.c_str());
            code = 1;
        }
        client.close();
    });
    context.run();
    return code;
}
