// Memory of sessions: how much an idle bound one takes in a server, and whether connecting, binding
// and unbinding leave any behind.
//
//     session_memory idle 10000       sessions of a server, their clients in another process
//     session_memory cycles 100000    one client, again and again
//
// Exit status: 0 fine, 1 more memory than there should be, 2 wrong usage, 77 too few open files are
// allowed to find out.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "smpp/asio/client.hpp"
#include "smpp/asio/server.hpp"

namespace {

constexpr int too_few_files = 77;
constexpr double most_octets_of_a_session = 8192;

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct centre : smpp::server_handler {
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span) override {
        if (std::holds_alternative<smpp::bind_transceiver_view>(body)) {
            smpp::bind_transceiver_resp answer;
            answer.system_id = "centre";
            std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, answer);
            ++bound;
        }
    }
    std::size_t bound = 0;
};

smpp::bind_transceiver bind_pdu() {
    smpp::bind_transceiver bind;
    bind.system_id = "user";
    bind.password = "secret";
    return bind;
}

std::size_t resident() {
    std::ifstream statm("/proc/self/statm");
    std::size_t size = 0;
    std::size_t pages = 0;
    statm >> size >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t in_use() { return mallinfo2().uordblks; }

/// Binds `count` sessions with sockets of its own and keeps them until its parent is done.
void hold_clients(std::uint16_t port, std::size_t count, int ready, int done) {
    asio::io_context context;
    std::string bind;
    std::ignore = smpp::append(bind, smpp::command_status::ok, 1, bind_pdu());
    std::vector<tcp::socket> sockets;
    for (std::size_t i = 0; i < count; ++i) {
        auto& socket = sockets.emplace_back(context);
        socket.connect({asio::ip::make_address("127.0.0.1"), port});
        asio::write(socket, asio::buffer(bind));
        char answer[16];
        asio::read(socket, asio::buffer(answer));
    }
    char octet = 0;
    if (write(ready, &octet, 1) == 1) {
        std::ignore = read(done, &octet, 1);
    }
}

bool may_open(std::size_t count) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < count) {
        fmt::print(stderr, "only {} open files are allowed (ulimit -n)\n", files.rlim_cur);
    }
    return files.rlim_cur >= count;
}

int idle(std::size_t count) {
    if (!may_open(count + 100)) {
        return too_few_files;
    }
    int ready[2];
    int done[2];
    if (pipe(ready) != 0 || pipe(done) != 0) {
        return 2;
    }
    asio::io_context context(1);
    centre handler;
    smpp::server_options options;
    options.max_connections = count;
    smpp::server server(context.get_executor(), handler, options);
    const std::uint16_t port = server.listen("127.0.0.1", 0);
    const std::size_t resident_before = resident();
    const std::size_t used_before = in_use();
    context.notify_fork(asio::io_context::fork_prepare);
    const pid_t child = fork();
    if (child == 0) {
        close(done[1]);  // else its end would never be read
        hold_clients(port, count, ready[1], done[0]);
        _exit(0);
    }
    context.notify_fork(asio::io_context::fork_parent);
    close(done[0]);
    close(ready[1]);
    while (handler.bound < count && context.run_one_for(std::chrono::seconds(60)) > 0) {
    }
    char octet = 0;
    std::ignore = read(ready[0], &octet, 1);
    context.poll();
    const auto per_session = [&](std::size_t after, std::size_t before) {
        return static_cast<double>(after - before) / static_cast<double>(count);
    };
    const double heap = per_session(in_use(), used_before);
    const double in_memory = per_session(resident(), resident_before);
    fmt::print(
        "{} sessions bound and idle: {:.0f} octets of heap and {:.0f} octets resident each\n",
        handler.bound, heap, in_memory);
    close(done[1]);
    waitpid(child, nullptr, 0);
    server.abort();
    return handler.bound == count && heap < most_octets_of_a_session &&
                   in_memory < most_octets_of_a_session
               ? 0
               : 1;
}

class cycling {
public:
    cycling(asio::io_context& context, std::uint16_t port, std::size_t count)
        : context_(context), client_(context.get_executor()), port_(port), left_(count) {
        connect();
    }

private:
    void connect() {
        if (left_-- == 0) {
            context_.stop();
            return;
        }
        client_.async_connect("127.0.0.1", port_,
                              [this](smpp::error_code failed) { failed ? fail(failed) : bind(); });
    }
    void bind() {
        client_.async_bind(bind_pdu(), [this](smpp::error_code failed, const auto&) {
            failed ? fail(failed) : unbind();
        });
    }
    void unbind() {
        client_.async_unbind(std::chrono::seconds(1), [this](smpp::error_code) { connect(); });
    }
    void fail(const smpp::error_code& why) {
        fmt::print(stderr, "{}: {}\n", client_.last_error(), why.message());
        std::exit(1);
    }

    asio::io_context& context_;
    smpp::client client_;
    std::uint16_t port_;
    std::size_t left_;
};

int cycles(std::size_t count) {
    asio::io_context context(1);
    centre handler;
    smpp::server server(context.get_executor(), handler);
    const std::uint16_t port = server.listen("127.0.0.1", 0);
    const auto run = [&](std::size_t number) {
        cycling client(context, port, number);
        context.run();
        context.restart();
        context.poll();
        context.restart();
    };
    run(count / 10 + 1);  // what is kept for later use is kept now
    const std::size_t used_before = in_use();
    const std::size_t resident_before = resident();
    const auto begin = std::chrono::steady_clock::now();
    run(count);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const std::size_t used_after = in_use();  // before standard output takes a buffer
    fmt::print(
        "{} cycles in {:.1f} s; heap in use {} octets before, {} after; resident {} KiB "
        "before, {} after\n",
        count, took.count(), used_before, used_after, resident_before >> 10U, resident() >> 10U);
    return used_after > used_before + 4096 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc == 3 ? std::strtoul(argv[2], nullptr, 10) : 0;
    if (count > 0 && std::strcmp(argv[1], "idle") == 0) {
        return idle(count);
    }
    if (count > 0 && std::strcmp(argv[1], "cycles") == 0) {
        return cycles(count);
    }
    fmt::print(stderr, "usage: session_memory idle|cycles COUNT\n");
    return 2;
}
