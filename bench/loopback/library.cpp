#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "loopback/side.hpp"
#include "smpp/asio/client.hpp"
#include "smpp/asio/server.hpp"

namespace loopback {
namespace {

/// Runs until it is stopped, and tells the processor time now and then.
void run(boost::asio::io_context& context, progress& progress) {
    while (!progress.stop) {
        context.run_for(std::chrono::milliseconds(20));
        context.restart();
        progress.cpu_ns = thread_cpu_ns();
    }
}

class loading_session {
public:
    loading_session(boost::asio::io_context& context, std::uint16_t port, unsigned window,
                    progress& progress)
        : client_(context.get_executor(), options(window)), window_(window), progress_(progress) {
        submit_.source.digits = "12345";
        submit_.destination.digits = "15551234567";
        submit_.short_message = "twenty octets of SMS";
        client_.async_connect("127.0.0.1", port,
                              [this](smpp::error_code failed) { failed ? end() : bind(); });
    }

private:
    static smpp::client_options options(unsigned window) {
        smpp::client_options out;
        out.session.window = window;
        return out;
    }
    void bind() {
        smpp::bind_transceiver bind;
        bind.system_id = "user";
        client_.async_bind(bind, [this](smpp::error_code failed, const auto&) {
            for (unsigned i = 0; i < window_ && !failed; ++i) {
                submit();
            }
        });
    }
    void submit() {
        client_.async_request(
            submit_, [this](smpp::error_code failed, const smpp::submit_sm_resp&) {
                if (failed) {
                    end();
                    return;
                }
                progress_.messages.store(progress_.messages.load(std::memory_order_relaxed) + 1,
                                         std::memory_order_relaxed);
                submit();
            });
    }
    void end() { progress_.stop = true; }

    smpp::client client_;
    unsigned window_;
    progress& progress_;
    smpp::submit_sm submit_;
};

class answering_handler : public smpp::server_handler {
public:
    explicit answering_handler(progress& progress) : progress_(progress) {
        response_.message_id = "12345678";
    }
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span) override {
        if (std::holds_alternative<smpp::submit_sm_view>(body)) {
            std::ignore =
                session.respond(head.sequence_number, smpp::command_status::ok, response_);
            progress_.messages.store(progress_.messages.load(std::memory_order_relaxed) + 1,
                                     std::memory_order_relaxed);
        } else {
            smpp::bind_transceiver_resp bound;
            bound.system_id = "library";
            std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, bound);
        }
    }

private:
    progress& progress_;
    smpp::submit_sm_resp response_;
};

}  // namespace

void library_client(std::uint16_t port, load load, progress& progress) {
    boost::asio::io_context context(1);
    std::vector<std::unique_ptr<loading_session>> sessions;
    for (unsigned i = 0; i < load.sessions; ++i) {
        sessions.push_back(std::make_unique<loading_session>(context, port, load.window, progress));
    }
    run(context, progress);
}

void library_server(const std::function<void(std::uint16_t)>& listening, progress& progress) {
    boost::asio::io_context context(1);
    answering_handler handler(progress);
    smpp::server server(context.get_executor(), handler);
    listening(server.listen("127.0.0.1", 0));
    run(context, progress);
}

}  // namespace loopback
