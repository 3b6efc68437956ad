// What a client is made of: connecting, then a link, and the operations that wait for outcomes.
#pragma once

#include <deque>
#include <vector>

#include "asio/link.hpp"
#include "asio/tls_context.hpp"
#include "smpp/asio/client.hpp"

namespace smpp::detail {

/// Something that may become a link. Tells once, from a handler: with the link, or with what failed
/// and that in words. Whoever is waited for keeps it alive.
class connection_attempt {
public:
    using done_handler = std::function<void(error_code, std::string, std::shared_ptr<link>)>;

    /// Ends it; `done` comes with session_errc::cancelled, if it has not come.
    virtual void cancel() = 0;

protected:
    ~connection_attempt() = default;
};

class client_impl final : public link_owner, public std::enable_shared_from_this<client_impl> {
public:
    client_impl(boost::asio::any_io_executor executor, client_options options)
        : executor_(std::move(executor)),
          options_(std::move(options)),
          waiting_(options_.waiting_timer) {}

    void connect(std::string host, std::uint16_t port, simple_handler done);
    void accept(outbind_listener& from, simple_handler done);
    [[nodiscard]] outlet outlet_now();
    void on_sent(std::unique_ptr<request_operation> operation, const result<std::uint32_t>& number);
    void wait_for_room(std::unique_ptr<request_operation> operation);
    void cancel(request_operation* operation);
    void cancel(const simple_operation* operation);
    void cancel(const receive_operation* operation);
    void receive(receive_handler handler);
    void unbind(duration drain, simple_handler done);
    error_code respond(const std::function<error_code(session_core&)>& answer);
    void close();

    void on_event(const event& e) override;
    void on_turn_end() override;
    [[nodiscard]] time_point deadline() const override { return waiting_.deadline(); }

    [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept {
        return executor_;
    }
    [[nodiscard]] const client_options& options() const noexcept { return options_; }
    [[nodiscard]] link* line() const noexcept { return link_.get(); }
    [[nodiscard]] const std::string& last_error() const noexcept { return last_error_; }

private:
    [[nodiscard]] connection_attempt::done_handler begin(simple_handler done);
    void end_attempt();
    void on_connected(error_code failed, std::string text, std::shared_ptr<link> connected,
                      simple_handler done);
    void on_answer(const event& e);
    void on_incoming(const event& e);
    void on_end(error_code why);
    void answer_incoming(const header& head, bool full);
    void finish(simple_handler operation, error_code failed);
    void finish(receive_handler operation, error_code failed, pdu received = {});
    void finish(std::unique_ptr<request_operation> operation, error_code failed,
                const event* answer);
    [[nodiscard]] std::string explain_end() const;
    [[nodiscard]] static error_code outcome(const event& e);

    boost::asio::any_io_executor executor_;
    client_options options_;
    std::shared_ptr<link> link_;
    std::shared_ptr<client_contexts> contexts_ = std::make_shared<client_contexts>();
    std::weak_ptr<connection_attempt> under_way_;
    const simple_operation* connecting_ = nullptr;  ///< who waits for it
    request_queue waiting_;                         ///< for room in the window
    std::deque<pdu> unread_;
    receive_handler receiver_;
    std::vector<simple_handler> unbinding_;
    std::string last_error_;
    error_code end_reason_ = session_errc::closed;
    std::uint64_t attempt_ = 0;  ///< counts connects and what ends them
    bool ended_ = true;
};

/// Resolves, connects and shakes hands.
std::shared_ptr<connection_attempt> connect_link(const boost::asio::any_io_executor& executor,
                                                 const client_options& options,
                                                 std::shared_ptr<client_contexts> contexts,
                                                 std::string host, std::uint16_t port,
                                                 connection_attempt::done_handler done);
/// Waits for the next connection of a listener.
std::shared_ptr<connection_attempt> accept_link(const boost::asio::any_io_executor& executor,
                                                const client_options& options,
                                                outbind_listener& from,
                                                connection_attempt::done_handler done);
/// A link of a client, from its options.
[[nodiscard]] link_options client_link_options(const client_options& options);

}  // namespace smpp::detail
