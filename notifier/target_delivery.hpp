// Delivery to one URL: connect, bind, submit within the window, unbind; again after a lost
// connection while the retry budget lasts.
//
//     auto delivery = std::make_shared<target_delivery>(context, target, limits, hooks, log);
//     delivery->start();              // hooks.done is called once, on the context
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dispatcher.hpp"
#include "log.hpp"
#include "receipt_watch.hpp"
#include "smpp/asio/client.hpp"
#include "target.hpp"

namespace notifier {

class target_delivery : public std::enable_shared_from_this<target_delivery> {
public:
    struct hooks {
        work_source source;                   ///< what is to be sent
        dispatcher::outcome_handler outcome;  ///< called once for each work
        /// Before each submit, and after the last one of a turn; nothing of the turn is on its way
        /// before that returns. Empty: nobody wants to know.
        std::function<void(std::uint64_t work)> submitting;
        std::function<void()> submitted;
        std::function<void()> done;  ///< after the last outcome and the unbind
        std::function<smpp::trace_hook(smpp::client&)> trace;  ///< empty: no trace
        /// For how long the final receipts of a recipient are waited for after its last answer;
        /// empty: not at all.
        std::optional<seconds> receipts_within;
        /// Called as that begins, with an outcome that may still change. Empty: nobody cares.
        std::function<void(std::uint64_t work, const notifier::outcome&)> awaiting;
    };

    /// REQUIRES: context, target and log outlive it.
    target_delivery(boost::asio::io_context& context, const target& target, bool resend_unknown,
                    hooks hooks, log& log);

    void start() { connect(); }
    /// Accepted in an earlier session: its receipts are waited for too.
    /// REQUIRES: receipts_within; before start().
    void expect(std::uint64_t work, outcome&& accepted);
    /// Recipients that wait for their receipts; never more than most_awaited.
    [[nodiscard]] std::size_t awaited() const noexcept { return receipts_.size(); }
    /// While so many wait nothing is sent: memory stays bounded.
    static constexpr std::size_t most_awaited = 50'000;

    /// Ends as soon as possible; everyone without an outcome gets this one.
    void interrupt(const std::string& why);

private:
    void connect();
    void on_connected(const smpp::error_code& failed);
    void bind();
    template <class Bind>
    void bind_as();
    void on_bound(const smpp::error_code& failed);
    void receive();
    void pump();
    void pump_soon();
    void time_receipts();
    void on_receipts_expired();
    void on_message(const smpp::pdu& message);
    [[nodiscard]] bool awaits_receipts() const noexcept { return !receipts_.empty(); }
    [[nodiscard]] bool has_room() const noexcept;
    dispatcher::outcome_handler outcome_of();
    void submit_one(submit&& next);
    void on_response(submit_token token, const smpp::error_code& failed, std::string message_id);
    void on_refusal(submit_token token, smpp::command_status status, time_point now);
    void on_session_end(const std::string& why);
    void try_again_or_give_up(const std::string& why, bool worth_it,
                              std::uint32_t fewest_attempts = 0);
    void unbind();
    void finish();
    [[nodiscard]] smpp::client_options client_options();
    [[nodiscard]] std::string describe() const;

    boost::asio::io_context& context_;
    const target& target_;
    hooks hooks_;
    log& log_;
    receipt_watch receipts_;
    dispatcher dispatcher_;
    boost::asio::steady_timer timer_;
    boost::asio::steady_timer receipt_timer_;
    std::unique_ptr<smpp::client> client_;
    smpp::trace_hook trace_;
    std::uint32_t failures_ = 0;         // connections in a row that brought nothing
    std::uint64_t answered_before_ = 0;  // answers when the last connection began
    std::uint32_t allowed_failures_;
    bool pump_due_ = false;
    bool receipts_timed_ = false;  // the timer runs
    bool told_of_waiting_ = false;
    bool bound_ = false;
    bool unbinding_ = false;
    bool finished_ = false;
    bool lost_ = false;
    std::string lost_why_;
};

}  // namespace notifier
