// A message centre in the same process, and a way to run a coroutine against it with a deadline.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

#include "smpp/asio/client.hpp"
#include "smpp/asio/server.hpp"

namespace smpp_test {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::use_awaitable;

/// Takes every bind whose password is not "wrong", and numbers the messages it takes.
class test_centre : public smpp::server_handler {
public:
    void on_open(smpp::server_session& session) override {
        ++opened;
        last = session.weak_from_this();
    }
    void on_request(smpp::server_session& session, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span) override {
        if (const auto* bind = std::get_if<smpp::bind_transceiver_view>(&body)) {
            smpp::bind_transceiver_resp answer;
            answer.system_id = "centre";
            std::ignore =
                session.respond(head.sequence_number,
                                bind->password == "wrong" ? smpp::command_status::invalid_password
                                                          : smpp::command_status::ok,
                                answer);
        } else if (const auto* submit = std::get_if<smpp::submit_sm_view>(&body)) {
            texts.emplace_back(submit->short_message);
            if (on_submit) {
                on_submit(session, head);
            } else {
                accept(session, head);
            }
        } else {
            std::ignore =
                session.nack(head.sequence_number, smpp::command_status::invalid_command_id);
        }
    }
    void on_response(smpp::server_session&, std::uint64_t token, const smpp::header& head,
                     const smpp::body_view&) override {
        answers.emplace_back(token, head.status);
    }
    void on_close(smpp::server_session&, smpp::error_code why) override {
        ++closed;
        close_reason = why;
    }
    void accept(smpp::server_session& session, const smpp::header& head) {
        smpp::submit_sm_resp answer;
        answer.message_id = std::to_string(++accepted);
        std::ignore = session.respond(head.sequence_number, smpp::command_status::ok, answer);
    }

    std::function<void(smpp::server_session&, const smpp::header&)> on_submit;
    std::vector<std::string> texts;
    std::vector<std::pair<std::uint64_t, smpp::command_status>> answers;
    std::weak_ptr<smpp::server_session> last;
    std::uint32_t accepted = 0;
    int opened = 0;
    int closed = 0;
    smpp::error_code close_reason;
};

/// Runs until the coroutine is done; fails the test when that takes more than 20 s.
inline void run(asio::io_context& context, asio::awaitable<void> work) {
    bool done = false;
    std::exception_ptr thrown;
    asio::co_spawn(context, std::move(work), [&](std::exception_ptr e) {
        thrown = e;
        done = true;
        context.stop();
    });
    context.restart();
    context.run_for(20s);
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    ASSERT_TRUE(done) << "not done after 20 s";
}

/// Runs until `condition` holds; false after 20 s.
inline bool run_until(asio::io_context& context, const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    context.restart();
    while (!condition() && std::chrono::steady_clock::now() < end) {
        context.run_one_for(100ms);
        if (context.stopped()) {
            context.restart();
        }
    }
    return condition();
}

inline smpp::bind_transceiver test_bind(std::string password = "secret") {
    smpp::bind_transceiver bind;
    bind.system_id = "user";
    bind.password = std::move(password);
    return bind;
}

inline smpp::submit_sm test_submit(std::string text = "hello") {
    smpp::submit_sm submit;
    submit.source.digits = "12345";
    submit.destination.digits = "15551234567";
    submit.short_message = std::move(text);
    return submit;
}

}  // namespace smpp_test
