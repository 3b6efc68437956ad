#include "mock-smsc/ready_command.hpp"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <thread>

#include "mock-smsc/options.hpp"

namespace mock_smsc {
namespace {

using boost::asio::ip::tcp;

/// Empty: ready; else why not.
std::string ask(const listen_address& where) {
    boost::asio::io_context context;
    tcp::socket socket(context);
    boost::system::error_code failed;
    const auto address = boost::asio::ip::make_address(where.host, failed);
    if (!failed) {
        socket.connect({address, where.port}, failed);
    }
    if (!failed) {
        boost::asio::write(socket,
                           boost::asio::buffer(fmt::format("GET /readyz HTTP/1.0\r\n"
                                                           "Host: {}\r\n\r\n",
                                                           where.host)),
                           failed);
    }
    std::string answer(64, '\0');
    if (!failed) {
        answer.resize(socket.read_some(boost::asio::buffer(answer), failed));
    }
    if (failed) {
        return failed.message();
    }
    return answer.find(" 200 ") == std::string::npos ? answer.substr(0, answer.find('\r'))
                                                     : std::string();
}

int wrong(const std::string& what) {
    std::fputs(fmt::format("mock-smsc ready: {}\n", what).c_str(), stderr);
    return 2;
}

}  // namespace

int ready_command(std::span<const char* const> arguments,
                  const std::function<const char*(const char*)>& environment) {
    std::chrono::milliseconds patience{0};
    std::vector<const char*> others;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (std::string_view(arguments[i]) != "--wait") {
            others.push_back(arguments[i]);
            continue;
        }
        const auto time = i + 1 < arguments.size() ? parse_duration(arguments[++i]) : std::nullopt;
        if (!time) {
            return wrong("--wait: a time such as 10s expected");
        }
        patience = *time;
    }
    const auto parsed = parse_options(others, environment);
    if (!parsed.errors.empty()) {
        return wrong(parsed.errors.front());
    }
    if (parsed.help) {
        std::fputs(
            "usage: mock-smsc ready [--wait TIME] [--http ADDR:PORT]\n\n"
            "Asks a mock-smsc at that address [127.0.0.1:2780] whether it takes clients, for so "
            "long at\nmost [0]. Exit 0: it does; 1: it does not; 2: the command line is wrong.\n",
            stdout);
        return 0;
    }
    if (!parsed.options.http) {
        return wrong("--http none cannot be asked");
    }
    const auto& where = *parsed.options.http;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        const std::string why = ask(where);
        if (why.empty()) {
            return 0;
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            std::fputs(fmt::format("mock-smsc ready: not ready at {}:{}: {}\n", where.host,
                                   where.port, why)
                           .c_str(),
                       stderr);
            return 1;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace mock_smsc
