// A message centre that takes every bind and prints every message. Prints its port first.
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>

#include "smpp/asio/server.hpp"

class centre : public smpp::server_handler {
public:
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span) override {
        if (const auto* submit = std::get_if<smpp::submit_sm_view>(&body)) {
            std::printf(
                "%.*s -> %.*s: %zu octets\n", static_cast<int>(submit->source.digits.size()),
                submit->source.digits.data(), static_cast<int>(submit->destination.digits.size()),
                submit->destination.digits.data(), submit->short_message.size());
            std::fflush(stdout);
            smpp::submit_sm_resp answer;
            answer.message_id = std::to_string(++last_id_);
            std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, answer);
        } else if (std::holds_alternative<smpp::bind_transmitter_view>(body)) {
            smpp::bind_transmitter_resp answer;
            answer.system_id = "tiny";
            std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, answer);
        } else {
            std::ignore =
                session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
        }
    }

private:
    std::uint64_t last_id_ = 0;
};

int main() {
    boost::asio::io_context context;
    centre handler;
    smpp::server server(context.get_executor(), handler);
    std::printf("%u\n", unsigned{server.listen("127.0.0.1", 0)});
    std::fflush(stdout);

    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait(
        [&](const smpp::error_code&, int) { server.stop(std::chrono::seconds(5), [] {}); });
    context.run();
}
