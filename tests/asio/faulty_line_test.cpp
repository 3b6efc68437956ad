// Clients and a server over real sockets, through a relay that cuts, resets, stalls and breaks up
// what it carries: every request completes exactly once, and everything ends. A seed that fails is
// printed; SMPP_FAULT_SEED=seed runs that one alone.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <deque>
#include <random>

#include "asio/support.hpp"
#include "smpp/asio/client_pool.hpp"

namespace smpp_test {
namespace {

using tcp = asio::ip::tcp;

/// Between one client and the server: each direction is a coroutine.
struct relayed {
    relayed(tcp::socket here, asio::io_context& context)
        : client(std::move(here)), server(context) {}
    tcp::socket client;
    tcp::socket server;
};

class faulty_relay {
public:
    faulty_relay(asio::io_context& context, std::uint16_t to, std::uint32_t seed)
        : context_(context),
          acceptor_(context, {asio::ip::make_address("127.0.0.1"), 0}),
          to_(asio::ip::make_address("127.0.0.1"), to),
          random_(seed) {
        asio::co_spawn(context_, accept(), [](std::exception_ptr) {});
    }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void close() { acceptor_.close(); }

private:
    asio::awaitable<void> accept() {
        for (;;) {
            auto here = co_await acceptor_.async_accept(use_awaitable);
            auto pair = std::make_shared<relayed>(std::move(here), context_);
            smpp::error_code failed;
            co_await pair->server.async_connect(to_, asio::redirect_error(use_awaitable, failed));
            if (failed) {
                continue;
            }
            pair->client.set_option(tcp::no_delay(true), failed);
            pair->server.set_option(tcp::no_delay(true), failed);
            // One direction in two meets its end, somewhere in its first octets.
            for (const bool up : {true, false}) {
                const std::size_t end = below(2) == 0 ? 1 + below(1500) : 1U << 30U;
                asio::co_spawn(context_, carry(pair, up, end), [](std::exception_ptr) {});
            }
        }
    }

    /// `end` octets, then a fault.
    asio::awaitable<void> carry(std::shared_ptr<relayed> pair, bool up, std::size_t end) {
        tcp::socket& from = up ? pair->client : pair->server;
        tcp::socket& to = up ? pair->server : pair->client;
        char octets[700];
        for (std::size_t carried = 0;;) {
            const auto into = asio::buffer(octets, 1 + below(sizeof octets));
            smpp::error_code ended;
            const std::size_t n =
                co_await from.async_read_some(into, asio::redirect_error(use_awaitable, ended));
            if (ended) {
                to.shutdown(tcp::socket::shutdown_send, ended);
                co_return;
            }
            const std::size_t some = std::min(n, end - carried);
            co_await asio::async_write(to, asio::const_buffer(octets, some), use_awaitable);
            carried += some;
            if (carried >= end) {
                co_await fail(*pair, to);
                co_return;
            }
        }
    }

    asio::awaitable<void> fail(relayed& pair, tcp::socket& to) {
        smpp::error_code ignored;
        switch (below(4)) {
            case 0:  // reset, both ways
                pair.client.set_option(asio::socket_base::linger(true, 0), ignored);
                pair.server.set_option(asio::socket_base::linger(true, 0), ignored);
                break;
            case 1: to.shutdown(tcp::socket::shutdown_send, ignored); co_return;  // half
            case 2: {  // says nothing for longer than the timers
                asio::steady_timer silence(context_, 150ms);
                co_await silence.async_wait(use_awaitable);
                break;
            }
            default: break;  // cut
        }
        pair.client.close(ignored);
        pair.server.close(ignored);
    }

    std::size_t below(std::size_t n) { return random_() % n; }

    asio::io_context& context_;
    tcp::acceptor acceptor_;
    tcp::endpoint to_;
    std::mt19937 random_;
};

/// Answers most, is late with some and silent about others; asks its clients, too.
struct moody_centre : test_centre {
    explicit moody_centre(std::uint32_t seed) : random(seed) {
        on_submit = [this](smpp::server_session& session, const smpp::header& head) {
            const auto mood = random() % 20;
            if (mood == 0) {
                session.abort();
            } else if (mood == 1) {
                session.shutdown(20ms);
            } else if (mood == 2) {
                session.reset();
            } else if (mood > 3) {
                accept(session, head);
            }
            if (mood > 15) {
                asked += session.request(smpp::deliver_sm(), ++token) ? 1 : 0;
            }
        };
    }
    void on_response(smpp::server_session&, std::uint64_t, const smpp::header&,
                     const smpp::body_view&) override {
        ++heard;
    }
    void on_request_failed(smpp::server_session&, std::uint64_t, smpp::error_code) override {
        ++heard;
    }
    std::mt19937 random;
    std::uint64_t token = 0;
    int asked = 0;
    int heard = 0;
};

smpp::session_options impatient() {
    smpp::session_options options;
    options.window = 4;
    options.response_timer = 40ms;
    options.enquire_link_timer = 30ms;
    options.session_init_timer = 60ms;
    options.unbind_timer = 20ms;
    options.partial_pdu_timer = 30ms;
    return options;
}

struct faulty_line {
    explicit faulty_line(std::uint32_t seed) : centre(seed), random(seed) {
        server_options.session = impatient();
        server.emplace(context.get_executor(), centre, server_options);
        relay.emplace(context, server->listen("127.0.0.1", 0), seed);
    }

    smpp::reconnect_options member() {
        smpp::reconnect_options options;
        options.client.session = impatient();
        options.client.connect_timer = 100ms;
        options.client.wait_for_window = random() % 2 == 0;
        options.hosts = {{"127.0.0.1", relay->port()}};
        options.bind = test_bind();
        options.backoff.first = options.backoff.most = 1ms;
        return options;
    }

    template <class Client>
    void submit(Client& client) {
        const std::size_t index = outcomes.size();
        outcomes.emplace_back(0);
        client.async_request(test_submit(),
                             [this, index](smpp::error_code, const smpp::submit_sm_resp&) {
                                 ++outcomes[index];
                                 ++done;
                             });
    }

    void expect_all_done() {
        EXPECT_TRUE(run_until(context, [&] { return done == outcomes.size(); }))
            << done << " of " << outcomes.size();
        for (const int times : outcomes) {
            EXPECT_EQ(times, 1);
        }
    }

    /// Nothing runs any more once all are closed.
    void expect_end() {
        relay->close();
        bool stopped = false;
        server->stop(10ms, [&] { stopped = true; });
        context.restart();
        context.run_for(20s);
        EXPECT_TRUE(context.stopped());
        EXPECT_TRUE(stopped);
        EXPECT_EQ(server->session_count(), 0U);
        EXPECT_EQ(centre.opened, centre.closed);
        EXPECT_EQ(centre.asked, centre.heard);
    }

    asio::io_context context;
    moody_centre centre;
    smpp::server_options server_options;
    std::optional<smpp::server> server;
    std::optional<faulty_relay> relay;
    std::mt19937 random;
    std::deque<int> outcomes;
    std::size_t done = 0;
};

void a_pool(std::uint32_t seed) {
    faulty_line line(seed);
    smpp::pool_options options;
    for (std::uint32_t i = 0; i <= seed % 3; ++i) {
        options.members.push_back(line.member());
    }
    options.how = static_cast<smpp::balance>(line.random() % 3);
    std::optional<smpp::client_pool> pool(std::in_place, line.context.get_executor(),
                                          std::move(options));
    pool->async_start([](smpp::error_code) {});
    for (int i = 0; i < 60; ++i) {
        line.submit(*pool);
    }
    if (seed % 2 == 0) {  // ends in the middle of it
        EXPECT_TRUE(run_until(line.context, [&] { return line.done >= 20; }));
        int unbound = 0;
        pool->async_unbind(30ms, [&](smpp::error_code) { ++unbound; });
        EXPECT_TRUE(run_until(line.context, [&] { return unbound == 1; }));
        line.expect_all_done();
    } else {
        line.expect_all_done();
        pool.reset();
    }
    line.expect_end();
}

/// One session after the other, each with requests under way when it ends.
void a_client(std::uint32_t seed) {
    faulty_line line(seed);
    const auto options = line.member().client;
    std::optional<smpp::client> client(std::in_place, line.context.get_executor(), options);
    for (int i = 0; i < 6; ++i) {
        int told = 0;
        client->async_connect("127.0.0.1", line.relay->port(), [&](smpp::error_code) { ++told; });
        EXPECT_TRUE(run_until(line.context, [&] { return told == 1; }));
        client->async_bind(test_bind(),
                           [&](smpp::error_code, const smpp::bind_transceiver_resp&) { ++told; });
        EXPECT_TRUE(run_until(line.context, [&] { return told == 2; }));
        for (int n = 0; n < 12; ++n) {
            line.submit(*client);
        }
        if (i % 2 == 0) {
            client->async_unbind(30ms, [&](smpp::error_code) { ++told; });
            EXPECT_TRUE(run_until(line.context, [&] { return told == 3; }));
        }
    }
    client.reset();
    line.expect_all_done();
    line.expect_end();
}

void for_each_seed(void (*play)(std::uint32_t)) {
    std::uint32_t first = 1;
    std::uint32_t last = 20;
    if (const char* chosen = std::getenv("SMPP_FAULT_SEED")) {
        first = last = static_cast<std::uint32_t>(std::strtoul(chosen, nullptr, 10));
    }
    for (std::uint32_t seed = first; seed <= last; ++seed) {
        SCOPED_TRACE("SMPP_FAULT_SEED=" + std::to_string(seed));
        play(seed);
        if (testing::Test::HasFailure()) {
            return;
        }
    }
}

TEST(faulty_line, a_pool_completes_every_request_once) { for_each_seed(a_pool); }
TEST(faulty_line, a_client_completes_every_request_once) { for_each_seed(a_client); }

}  // namespace
}  // namespace smpp_test
