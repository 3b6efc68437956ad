// A message centre that takes every bind and prints every message. Prints its port first.
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "smpp/asio/server.hpp"

class centre : public smpp::server_handler {
public:
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span) override {
        if (const auto* submit = std::get_if<smpp::submit_sm_view>(&body)) {
            std::cout << submit->source.digits << " -> " << submit->destination.digits << ": "
                      << submit->short_message.size() << " octets" << std::endl;
            smpp::submit_sm_resp answer;
            answer.message_id = std::to_string(++last_id_);
            session.respond(head.sequence_number, smpp::command_status::ok, answer);
        } else if (std::holds_alternative<smpp::bind_transmitter_view>(body)) {
            accept(session, head, smpp::bind_transmitter_resp());
        } else if (std::holds_alternative<smpp::bind_receiver_view>(body)) {
            accept(session, head, smpp::bind_receiver_resp());
        } else if (std::holds_alternative<smpp::bind_transceiver_view>(body)) {
            accept(session, head, smpp::bind_transceiver_resp());
        } else {
            session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
        }
    }

private:
    template <class Response>
    void accept(smpp::server_session& session, const smpp::header& head, Response answer) {
        answer.system_id = "tiny";
        session.respond(head.sequence_number, smpp::command_status::ok, answer);
    }

    std::uint64_t last_id_ = 0;
};

int main() {
    boost::asio::io_context context;
    centre handler;
    smpp::server server(context.get_executor(), handler);
    std::cout << server.listen("127.0.0.1", 0) << std::endl;
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](auto...) { server.stop(std::chrono::seconds(5), [] {}); });
    context.run();
}
