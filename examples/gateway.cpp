// A gateway: takes the messages of local clients and forwards them to a message centre, over a
// session that comes back by itself; what the centre sends goes to the client that bound last to
// receive, and only what that has taken is acknowledged: the centre keeps the rest.
// Prints its port first: example_gateway HOST PORT USER PASSWORD
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "smpp/asio/reconnecting_client.hpp"
#include "smpp/asio/server.hpp"

class gateway : public smpp::server_handler {
public:
    explicit gateway(smpp::reconnecting_client& upstream) : upstream_(upstream) { receive(); }

    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override {
        smpp::pdu kept;  // the body borrows from the read buffer; what waits has to own
        if (std::holds_alternative<smpp::bind_transmitter_view>(body)) {
            accept(session, head, smpp::bind_transmitter_resp());
        } else if (std::holds_alternative<smpp::bind_receiver_view>(body)) {
            accept(session, head, smpp::bind_receiver_resp());
            receiver_ = session.weak_from_this();
        } else if (std::holds_alternative<smpp::bind_transceiver_view>(body)) {
            accept(session, head, smpp::bind_transceiver_resp());
            receiver_ = session.weak_from_this();
        } else if (std::holds_alternative<smpp::submit_sm_view>(body) &&
                   !smpp::decode(frame, smpp::decode_mode::lenient, kept)) {
            forward(session.shared_from_this(), head, std::get<smpp::submit_sm>(kept.body));
        } else {
            std::ignore =
                session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
        }
    }

    void on_response(smpp::server_session&, std::uint64_t token, const smpp::header& head,
                     const smpp::body_view&) override {
        acknowledge(token, head.status);
    }
    void on_request_failed(smpp::server_session&, std::uint64_t token, smpp::error_code) override {
        acknowledge(token, smpp::command_status::receiver_temporary_error);
    }

private:
    using error_code = smpp::error_code;
    /// Where the centre waits for an answer: a number means something in its session only.
    struct delivery {
        std::uint64_t session;
        std::uint32_t sequence_number;
    };

    template <class Response>
    void accept(smpp::server_session& session, const smpp::header& head, Response answer) {
        answer.system_id = "gateway";
        std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, answer);
    }

    void forward(std::shared_ptr<smpp::server_session> session, const smpp::header& head,
                 const smpp::submit_sm& submit) {
        upstream_.async_request(
            submit, [session = std::move(session), number = head.sequence_number](
                        smpp::error_code failed, const smpp::submit_sm_resp& answer) {
                std::ignore = session->respond(number, status_of(failed), answer);
            });
    }

    /// The centre's own answer where there is one; else the client may know that we failed.
    static smpp::command_status status_of(const smpp::error_code& failed) {
        if (failed == smpp::session_errc::window_full) {
            return smpp::command_status::throttled;
        }
        const bool answered =
            !failed || failed.category() == error_code(smpp::command_status::ok).category();
        return answered ? smpp::command_status(failed.value()) : smpp::command_status::system_error;
    }

    void receive() {
        upstream_.async_receive([this](smpp::error_code failed, const smpp::pdu& received) {
            if (failed) {
                return;
            }
            if (const auto* message = std::get_if<smpp::deliver_sm>(&received.body)) {
                deliver(*message, received.header.sequence_number);
            } else if (std::holds_alternative<smpp::data_sm>(received.body)) {
                std::ignore = upstream_.respond(received.header.sequence_number,
                                                smpp::command_status::invalid_command_id,
                                                smpp::data_sm_resp());
            }
            receive();
        });
    }

    void deliver(const smpp::deliver_sm& message, std::uint32_t sequence_number) {
        const std::uint64_t token = ++last_token_;
        deliveries_[token] = {upstream_.sessions(), sequence_number};
        const auto session = receiver_.lock();
        if (!session || !session->request(message, token)) {
            acknowledge(token, smpp::command_status::receiver_temporary_error);
        }
    }

    void acknowledge(std::uint64_t token, smpp::command_status status) {
        const auto waiting = deliveries_.extract(token);
        if (!waiting.empty() && waiting.mapped().session == upstream_.sessions()) {
            std::ignore = upstream_.respond(waiting.mapped().sequence_number, status,
                                            smpp::deliver_sm_resp());
        }
    }

    smpp::reconnecting_client& upstream_;
    std::weak_ptr<smpp::server_session> receiver_;
    std::unordered_map<std::uint64_t, delivery> deliveries_;
    std::uint64_t last_token_ = 0;
};

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("usage: example_gateway HOST PORT USER PASSWORD\n", stderr);
        return 2;
    }
    boost::asio::io_context context;
    smpp::reconnect_options options;
    options.hosts = {{argv[1], static_cast<std::uint16_t>(std::atoi(argv[2]))}};
    smpp::bind_transceiver bind;
    bind.system_id = argv[3];
    bind.password = argv[4];
    options.bind = bind;
    options.client.answer_incoming = false;  // acknowledge() does
    options.on_change = [](const smpp::connection_change& change) {
        if (change.error) {
            std::fprintf(stderr, "%s\n", change.text.c_str());
        }
    };
    smpp::reconnecting_client upstream(context.get_executor(), options);
    gateway handler(upstream);
    smpp::server server(context.get_executor(), handler);
    upstream.async_start([](const smpp::error_code&) {});
    std::printf("%u\n", unsigned{server.listen("127.0.0.1", 0)});
    std::fflush(stdout);

    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](const smpp::error_code&, int) {
        server.stop(std::chrono::seconds(5), [&] {
            upstream.async_unbind(std::chrono::seconds(5), [](const smpp::error_code&) {});
        });
    });
    context.run();
}
