// A server among many clients, and clients that behave badly on the wire.
#include "smpp/asio/server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "asio/support.hpp"

namespace smpp_test {
namespace {

using tcp = asio::ip::tcp;

template <class P>
std::string encoded(const P& body, std::uint32_t sequence_number) {
    std::string octets;
    EXPECT_FALSE(smpp::append(octets, smpp::command_status::ok, sequence_number, body));
    return octets;
}

/// A client without the library: octets in, octets out.
class raw_client {
public:
    raw_client(asio::io_context& context, std::uint16_t port, const char* from = "127.0.0.1")
        : context_(context), socket_(context) {
        socket_.open(tcp::v4());
        socket_.bind({asio::ip::make_address(from), 0});
        socket_.connect({asio::ip::make_address("127.0.0.1"), port});
        socket_.non_blocking(true);
    }
    void send(const std::string& octets) { asio::write(socket_, asio::buffer(octets)); }
    /// As many of them as the network takes now.
    std::size_t send_some(const std::string& octets) {
        smpp::error_code failed;
        return socket_.write_some(asio::buffer(octets), failed);
    }
    void end_sending() { socket_.shutdown(tcp::socket::shutdown_send); }
    void bind() {
        send(encoded(test_bind(), 1));
        EXPECT_TRUE(run_until(context_, [&] { return answers() >= 1; }));
    }
    /// Whole PDUs that came so far.
    std::size_t answers() {
        char part[65536];
        smpp::error_code failed;
        while (const auto n = socket_.read_some(asio::buffer(part), failed)) {
            received_.append(part, n);
        }
        ended = ended || (failed && failed != asio::error::would_block);
        std::size_t used = 0;
        while (received_.size() - used >= smpp::header_size) {
            const auto* at = smpp::as_octets(received_).data() + used;
            const std::size_t length = smpp::load_be<std::uint32_t>(at);
            if (received_.size() - used < length) {
                break;
            }
            used += length;
            ++answers_;
        }
        received_.erase(0, used);
        return answers_;
    }
    bool ended = false;

private:
    asio::io_context& context_;
    tcp::socket socket_;
    std::string received_;
    std::size_t answers_ = 0;
};

struct server : testing::Test {
    asio::io_context context;
    test_centre centre;
    std::optional<smpp::server> made;
    std::uint16_t port = 0;

    void make(const smpp::server_options& options = {}) {
        made.emplace(context.get_executor(), centre, options);
        port = made->listen("127.0.0.1", 0);
    }
    bool until(const std::function<bool()>& condition) { return run_until(context, condition); }
};

TEST_F(server, takes_no_more_connections_than_it_may_and_new_ones_when_some_have_gone) {
    smpp::server_options options;
    options.max_connections = 2;
    make(options);
    raw_client first(context, port);
    auto second = std::make_unique<raw_client>(context, port);
    EXPECT_TRUE(until([&] { return centre.opened == 2; }));
    raw_client third(context, port);
    EXPECT_TRUE(until([&] { return third.answers() == 0 && third.ended; }));
    EXPECT_EQ(made->refused(), 1U);
    second.reset();
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
    raw_client fourth(context, port);
    fourth.bind();
    EXPECT_EQ(centre.opened, 3);
}

TEST_F(server, counts_the_connections_of_each_address) {
    smpp::server_options options;
    options.max_per_address = 1;
    make(options);
    auto here = std::make_unique<raw_client>(context, port, "127.0.0.1");
    raw_client there(context, port, "127.0.0.2");
    EXPECT_TRUE(until([&] { return centre.opened == 2; }));
    raw_client again(context, port, "127.0.0.1");
    EXPECT_TRUE(until([&] { return again.answers() == 0 && again.ended; }));
    EXPECT_EQ(made->refused(), 1U);
    here.reset();
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
    raw_client back(context, port, "127.0.0.1");
    back.bind();
}

TEST_F(server, handshakes_that_never_end_take_places_until_their_timer) {
    smpp::server_options options;
    options.max_connections = 1;
    options.handshake_timer = 300ms;
    made.emplace(context.get_executor(), centre, options);
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    smpp::tls_server_options tls;
    tls.cert_pem = certificate.cert_pem;
    tls.key_pem = certificate.key_pem;
    port = made->listen("127.0.0.1", 0, tls);
    raw_client silent(context, port);
    raw_client second(context, port);
    EXPECT_TRUE(until([&] { return second.answers() == 0 && second.ended; }));
    EXPECT_EQ(made->refused(), 1U);
    EXPECT_TRUE(until([&] { return silent.answers() == 0 && silent.ended; }));
    raw_client third(context, port);
    EXPECT_TRUE(until([&] { return third.answers() == 0 && third.ended; }));
    EXPECT_EQ(made->refused(), 1U) << "the place was free again";
}

TEST_F(server, who_ends_its_direction_still_gets_its_answers) {
    make();
    std::vector<smpp::header> asked;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) {
        asked.push_back(head);
    };
    raw_client client(context, port);
    client.bind();
    client.send(encoded(test_submit(), 2) + encoded(test_submit(), 3));
    client.end_sending();
    EXPECT_TRUE(until([&] { return asked.size() == 2; }));
    // Another session shows that the server had time to see the end of the first.
    raw_client(context, port).bind();
    ASSERT_EQ(made->session_count(), 2U);
    made->for_each([&](smpp::server_session& session) {
        if (session.id() == 1) {
            centre.accept(session, asked[1]);
            centre.accept(session, asked[0]);
        }
    });
    EXPECT_TRUE(until([&] { return client.answers() == 3 && client.ended; }));
    EXPECT_TRUE(until([&] { return made->session_count() == 0; }));
}

TEST_F(server, who_ends_its_direction_is_not_waited_for_for_ever) {
    smpp::server_options options;
    options.half_close_timer = 20ms;
    make(options);
    centre.on_submit = [](smpp::server_session&, const smpp::header&) {};
    raw_client client(context, port);
    client.bind();
    client.send(encoded(test_submit(), 2));
    client.end_sending();
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
    EXPECT_TRUE(until([&] { return client.answers() == 1 && client.ended; }));
}

TEST_F(server, a_muted_session_says_nothing_and_stays_until_its_client_goes) {
    smpp::server_options options;
    options.session.enquire_link_timer = options.session.response_timer = 5ms;
    make(options);
    int requests = 0;
    centre.on_submit = [&](smpp::server_session&, const smpp::header&) { ++requests; };
    auto client = std::make_unique<raw_client>(context, port);
    raw_client other(context, port);
    client->bind();
    const auto session = centre.last.lock();
    session->mute();
    const auto before = client->answers();
    client->send(encoded(test_submit(), 2) + encoded(smpp::enquire_link(), 3) +
                 encoded(smpp::unbind(), 4) + "no SMPP at all, and far too long a PDU");
    asio::steady_timer timer(context, 50ms);  // many times the timers of the session
    bool over = false;
    timer.async_wait([&](const smpp::error_code&) { over = true; });
    EXPECT_TRUE(until([&] { return over; }));
    EXPECT_EQ(client->answers(), before);
    EXPECT_FALSE(client->ended);
    EXPECT_EQ(requests, 0);
    EXPECT_EQ(centre.closed, 0);
    client.reset();
    EXPECT_TRUE(until([&] { return centre.closed == 1; }));
}

TEST_F(server, a_muted_session_ends_at_once_when_the_server_stops) {
    make();
    raw_client client(context, port);
    client.bind();
    centre.last.lock()->mute();
    bool stopped = false;
    made->stop(1h, [&] { stopped = true; });
    EXPECT_TRUE(until([&] { return stopped; }));
    EXPECT_EQ(client.answers(), 1U);
}

TEST_F(server, answers_can_be_kept_back_and_changed) {
    make();
    centre.on_submit = [&](smpp::server_session& session, const smpp::header& head) {
        session.answer_filter = [&](std::uint32_t number, smpp::octet_span answer) {
            if (number == 2) {
                session.send_raw(answer);
                session.send_raw(answer);
            }
            return number < 4;
        };
        std::ignore =
            session.respond(head.sequence_number, smpp::command_status::ok, smpp::submit_sm_resp());
    };
    raw_client client(context, port);
    client.bind();
    client.send(encoded(test_submit(), 2) + encoded(test_submit(), 3) + encoded(test_submit(), 4));
    // One of the bind, two of the first, none of the second, one of the third.
    EXPECT_TRUE(until([&] { return client.answers() == 4; }));
}

TEST_F(server, who_does_not_read_its_answers_is_not_read_from) {
    smpp::server_options options;
    options.high_water = 64U << 10U;
    make(options);
    raw_client client(context, port);
    client.bind();
    const auto session = centre.last.lock();
    std::string many;
    for (std::uint32_t number = 2; number < 2002; ++number) {
        many += encoded(smpp::enquire_link(), number);
    }
    // Until the server takes no more: both directions of the network are full then.
    std::size_t sent = 0;
    std::size_t offset = 0;
    int idle = 0;
    while (idle < 50) {
        const std::size_t n = client.send_some(many.substr(offset));
        sent += n;
        offset = (offset + n) % many.size();
        context.restart();
        idle = context.poll() == 0 && n == 0 ? idle + 1 : 0;
        ASSERT_LT(sent, 200U << 20U) << "the server reads on";
    }
    EXPECT_GT(session->unwritten(), options.high_water);
    EXPECT_LT(session->unwritten(), options.high_water + (1U << 20U));
    // Once it reads, all is answered.
    const std::size_t rest = many.size() - offset;
    std::size_t more = 0;
    const std::size_t expected = 1 + (sent + rest) / smpp::header_size;
    const auto end = std::chrono::steady_clock::now() + 20s;
    while ((client.answers() < expected || session->unwritten() != 0) &&
           std::chrono::steady_clock::now() < end) {
        more += more < rest ? client.send_some(many.substr(offset + more)) : 0;
        context.restart();
        context.poll();
    }
    EXPECT_EQ(client.answers(), expected);
    EXPECT_EQ(session->unwritten(), 0U);
}

TEST_F(server, drains_what_either_side_still_waits_for) {
    make();
    smpp::header asked;
    centre.on_submit = [&](smpp::server_session&, const smpp::header& head) { asked = head; };
    smpp::client client(context.get_executor());
    run(context, [](smpp::client& c, std::uint16_t to) -> asio::awaitable<void> {
        co_await c.async_connect("127.0.0.1", to, use_awaitable);
        const auto bind = test_bind();
        co_await c.async_bind(bind, use_awaitable);
    }(client, port));
    std::optional<smpp::error_code> outcome;
    client.async_request(test_submit(), [&](smpp::error_code failed, const smpp::submit_sm_resp&) {
        outcome = failed;
    });
    EXPECT_TRUE(until([&] { return asked.sequence_number != 0; }));
    bool stopped = false;
    made->stop(20s, [&] { stopped = true; });
    const auto session = centre.last.lock();
    EXPECT_EQ(session->state(), smpp::session_state::bound_trx);
    EXPECT_THROW(raw_client(context, port), std::exception) << "nobody new is taken";
    EXPECT_FALSE(stopped);
    centre.accept(*session, asked);
    EXPECT_TRUE(until([&] { return stopped && outcome; }));
    EXPECT_EQ(*outcome, smpp::error_code());
    EXPECT_EQ(centre.close_reason, smpp::error_code());
}

/// Ends each session as it opens.
struct inhospitable_centre : test_centre {
    explicit inhospitable_centre(std::function<void(smpp::server_session&)> end)
        : end_(std::move(end)) {}
    void on_open(smpp::server_session& session) override {
        test_centre::on_open(session);
        end_(session);
        EXPECT_EQ(closed, 0) << "told from inside on_open";
    }

private:
    std::function<void(smpp::server_session&)> end_;
};

void expect_no_session_left(std::function<void(smpp::server_session&)> end, bool in_trace) {
    asio::io_context context;
    inhospitable_centre centre(in_trace ? [](smpp::server_session&) {} : end);
    smpp::server_options options;
    options.max_connections = 1;
    if (in_trace) {
        options.trace = [&](smpp::server_session& session) {
            end(session);
            return smpp::trace_hook();
        };
    }
    std::optional<smpp::server> made(std::in_place, context.get_executor(), centre, options);
    const auto port = made->listen("127.0.0.1", 0);
    for (int i = 1; i <= 3; ++i) {  // each finds the only place free
        raw_client client(context, port);
        EXPECT_TRUE(run_until(context, [&] { return client.answers() == 0 && client.ended; }));
        EXPECT_TRUE(run_until(context, [&] { return centre.closed == 1; }));
        EXPECT_EQ(centre.opened, i);
        EXPECT_TRUE(centre.last.expired());
        EXPECT_EQ(made->session_count(), 0U);
        centre.closed = 0;
    }
    bool stopped = false;
    made->stop(1s, [&] { stopped = true; });
    EXPECT_TRUE(run_until(context, [&] { return stopped; }));
}

TEST(server_on_open, may_end_the_session_in_any_way_and_nothing_is_left_of_it) {
    for (const bool in_trace : {false, true}) {
        expect_no_session_left([](smpp::server_session& s) { s.abort(); }, in_trace);
        expect_no_session_left([](smpp::server_session& s) { s.reset(); }, in_trace);
        expect_no_session_left([](smpp::server_session& s) { s.shutdown(); }, in_trace);
    }
}

TEST_F(server, that_dials_is_told_when_its_handler_ends_the_session) {
    inhospitable_centre rude([](smpp::server_session& session) { session.abort(); });
    made.emplace(context.get_executor(), rude);
    tcp::acceptor listens(context, {asio::ip::make_address("127.0.0.1"), 0});
    std::optional<smpp::error_code> outcome;
    made->dial("127.0.0.1", listens.local_endpoint().port(),
               [&](const smpp::error_code& failed, smpp::server_session* session) {
                   EXPECT_EQ(session, nullptr);
                   outcome = failed;
               });
    EXPECT_TRUE(until([&] { return outcome.has_value(); }));
    EXPECT_EQ(*outcome, smpp::session_errc::closed);
}

TEST_F(server, that_is_stopped_twice_tells_both) {
    make();
    raw_client client(context, port);
    client.bind();
    int stopped = 0;
    made->stop(1s, [&] { ++stopped; });
    made->stop(1s, [&] { ++stopped; });
    client.send(encoded(smpp::unbind_resp(), 1));
    EXPECT_TRUE(until([&] { return stopped == 2; }));
    made->stop(1s, [&] { ++stopped; });
    EXPECT_TRUE(until([&] { return stopped == 3; }));
}

TEST_F(server, that_is_stopped_waits_for_no_handshake) {
    smpp::server_options options;
    options.handshake_timer = 1h;
    made.emplace(context.get_executor(), centre, options);
    const auto certificate = smpp::make_self_signed({"127.0.0.1"});
    smpp::tls_server_options tls;
    tls.cert_pem = certificate.cert_pem;
    tls.key_pem = certificate.key_pem;
    raw_client silent(context, made->listen("127.0.0.1", 0, tls));
    EXPECT_TRUE(until([&] { return context.poll() == 0; }));
    std::optional<smpp::error_code> dialled;
    made->dial("127.0.0.1", 1,
               [&](const smpp::error_code& failed, smpp::server_session*) { dialled = failed; });
    bool stopped = false;
    made->stop(1s, [&] { stopped = true; });
    context.restart();
    context.run_for(20s);
    EXPECT_TRUE(context.stopped()) << "something is left to wait for";
    EXPECT_TRUE(stopped);
    EXPECT_EQ(dialled, smpp::error_code(smpp::session_errc::closed));
    EXPECT_EQ(silent.answers(), 0U);
    EXPECT_TRUE(silent.ended);
}

}  // namespace
}  // namespace smpp_test
