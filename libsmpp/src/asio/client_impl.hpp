// What a client is made of: connecting, then a link, and the operations that wait for outcomes.
#pragma once

#include <deque>
#include <unordered_set>

#include "asio/link.hpp"
#include "smpp/asio/client.hpp"

namespace smpp::detail {

class client_impl final : public link_owner, public std::enable_shared_from_this<client_impl> {
public:
    client_impl(boost::asio::any_io_executor executor, client_options options)
        : executor_(std::move(executor)), options_(std::move(options)) {}

    void connect(std::string host, std::uint16_t port, simple_handler done);
    [[nodiscard]] outlet outlet_now();
    void on_sent(std::unique_ptr<request_operation> operation, const result<std::uint32_t>& number);
    void wait_for_room(std::unique_ptr<request_operation> operation);
    void cancel(request_operation* operation);
    void receive(receive_handler handler);
    void unbind(duration drain, simple_handler done);
    error_code respond(const std::function<error_code(session_core&)>& answer);
    void close();

    void on_event(const event& e) override;
    void on_turn_end() override;

    [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept {
        return executor_;
    }
    [[nodiscard]] const client_options& options() const noexcept { return options_; }
    [[nodiscard]] link* line() const noexcept { return link_.get(); }
    [[nodiscard]] const std::string& last_error() const noexcept { return last_error_; }

private:
    void on_connected(error_code failed, std::string text, std::shared_ptr<link> connected,
                      simple_handler done);
    void on_answer(const event& e);
    void on_incoming(const event& e);
    void on_end(error_code why);
    void answer_incoming(const header& head);
    void finish(std::unique_ptr<request_operation> operation, error_code failed,
                const event* answer);
    [[nodiscard]] std::string explain_end() const;
    [[nodiscard]] static error_code outcome(const event& e);

    boost::asio::any_io_executor executor_;
    client_options options_;
    std::shared_ptr<link> link_;
    std::deque<std::unique_ptr<request_operation>> waiting_;  ///< for room in the window
    std::deque<pdu> unread_;
    receive_handler receiver_;
    simple_handler unbound_;
    std::string last_error_;
    error_code end_reason_ = session_errc::closed;
    std::uint64_t attempt_ = 0;  ///< counts connects and closes
    bool ended_ = true;
};

/// Resolves, connects and shakes hands; then calls `done` once, with the link or with what failed.
void connect_link(const boost::asio::any_io_executor& executor, const client_options& options,
                  std::string host, std::uint16_t port,
                  std::function<void(error_code, std::string text, std::shared_ptr<link>)> done);

}  // namespace smpp::detail
