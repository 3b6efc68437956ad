// What reconnecting_client and client_pool are made of: a queue of requests, and members that
// connect, bind and come back, each with a client of its own.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "smpp/asio/client_pool.hpp"

namespace smpp::detail {

/// One member: keeps its client bound as long as it is wanted.
class pool_member : public std::enable_shared_from_this<pool_member> {
public:
    pool_member(boost::asio::any_io_executor executor, std::weak_ptr<pool_impl> pool,
                std::size_t index, reconnect_options options);

    void connect();
    /// No more tries; what is under way goes on.
    void stop();

    [[nodiscard]] client& line() noexcept { return *client_; }
    [[nodiscard]] bool bound() const noexcept { return phase_ == phase::bound; }
    /// Whether its bind lets it send this, once it is bound.
    [[nodiscard]] bool may_ever_send(command_id id) const noexcept;
    /// Bound, and with room in the window.
    [[nodiscard]] bool has_room(command_id id) const noexcept;
    [[nodiscard]] pace& rate() noexcept { return pace_; }
    [[nodiscard]] std::size_t outstanding() const noexcept { return outstanding_; }
    [[nodiscard]] std::uint64_t sessions() const noexcept { return sessions_; }
    [[nodiscard]] const std::string& last_error() const noexcept { return last_error_; }

    void take(pool_operation::ptr operation);
    /// Asks for the next request of the peer, unless that is done already.
    void receive_on();

private:
    enum class phase : std::uint8_t { idle, connecting, binding, bound, waiting, stopped };

    void on_connected(error_code failed);
    void on_bind_answer(error_code failed);
    void on_closed(error_code why);
    void on_failed(error_code why);
    void on_done(pool_operation::ptr operation, const pool_outcome& outcome);
    void on_received(error_code failed, pdu received);
    void retry(connection_change::kind what, error_code why, duration after);
    void tell(connection_change change);
    [[nodiscard]] std::string where() const;

    std::weak_ptr<pool_impl> pool_;
    std::size_t index_;
    reconnect_options options_;
    boost::asio::steady_timer timer_;
    backoff backoff_;
    pace pace_;
    phase phase_ = phase::idle;
    std::size_t host_ = 0;
    std::size_t failed_hosts_ = 0;  ///< since the last wait
    std::size_t outstanding_ = 0;
    std::uint64_t sessions_ = 0;
    time_point bound_at_;
    std::string last_error_;
    bool usable_ = false;  ///< bound, and has not refused a request as closed
    bool receiving_ = false;
    std::optional<client> client_;
};

class pool_impl : public std::enable_shared_from_this<pool_impl> {
public:
    pool_impl(boost::asio::any_io_executor executor, pool_options options);
    /// After the constructor, which has no weak_from_this().
    void make_members();

    void start(simple_handler bound);
    void submit(pool_operation::ptr operation);
    void cancel(pool_operation* operation);
    void cancel(const simple_operation* operation);
    void cancel(const receive_operation* operation);
    void receive(receive_handler handler);
    void unbind(duration drain, simple_handler done);
    void close();

    // --- from the members ---
    void on_bound();
    void on_done(pool_member& at, pool_operation::ptr operation, const pool_outcome& outcome);
    void on_received(std::size_t member, pdu received);
    [[nodiscard]] bool wants_more() const noexcept { return unread_.size() < max_unread; }

    [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept {
        return executor_;
    }
    [[nodiscard]] std::vector<std::shared_ptr<pool_member>>& members() noexcept { return members_; }
    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }
    [[nodiscard]] std::size_t in_flight() const noexcept;
    [[nodiscard]] std::size_t bound_count() const noexcept;
    [[nodiscard]] std::size_t last_member() const noexcept { return last_member_; }

private:
    static constexpr std::size_t max_unread = 100;  ///< the clients keep more

    void pump();
    [[nodiscard]] pool_member* choose(command_id id, time_point now);
    void wake_at(time_point when);
    void keep(pool_operation::ptr operation);
    void finish_later(pool_operation::ptr operation, error_code failed);
    void finish_later(simple_handler operation, error_code failed);
    void finish_later(receive_handler operation, error_code failed, pdu received = {});
    void finish_all(std::vector<simple_handler>& operations, error_code failed);
    void end();
    void fail_waiting();

    boost::asio::any_io_executor executor_;
    pool_options options_;
    std::vector<std::shared_ptr<pool_member>> members_;
    std::deque<pool_operation::ptr> waiting_;  ///< by serial
    std::deque<std::pair<std::size_t, pdu>> unread_;
    receive_handler receiver_;
    std::vector<simple_handler> starting_;
    std::vector<simple_handler> unbinding_;
    boost::asio::steady_timer timer_;
    std::uint64_t last_serial_ = 0;
    std::size_t turn_ = 0;  ///< of round robin
    std::size_t last_member_ = 0;
    bool running_ = false;
    bool was_bound_ = false;
    bool closed_ = false;
    bool sleeping_ = false;
};

}  // namespace smpp::detail
