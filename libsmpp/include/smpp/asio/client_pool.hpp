// Client pool: several binds, to one host or to many, used as one. Each comes back by itself; a
// request goes to one that is bound and has room.
//
//     smpp::pool_options options;
//     options.members = {one, two};                 // smpp::reconnect_options each
//     smpp::client_pool pool(executor, options);
//     co_await pool.async_start();                  // the first of them is bound
//     auto resp = co_await pool.async_request(sm);
//
// Completion tokens, executors, cancellation and threads: as smpp::client.
#pragma once

#include "smpp/asio/reconnecting_client.hpp"

namespace smpp {

enum class balance : std::uint8_t {
    round_robin,
    least_outstanding,  ///< to where the fewest answers are missing
    failover,           ///< to the first member that is bound
};

struct pool_options {
    std::vector<reconnect_options> members;
    balance how = balance::least_outstanding;
    std::size_t max_waiting = 100'000;  ///< requests not sent yet; more get window_full
};

class client_pool {
public:
    using executor_type = boost::asio::any_io_executor;

    /// Throws std::invalid_argument without members, and for a member without hosts.
    client_pool(executor_type executor, pool_options options);
    ~client_pool();
    client_pool(client_pool&&) noexcept;
    client_pool& operator=(client_pool&&) noexcept;

    [[nodiscard]] executor_type get_executor() const noexcept;

    /// Begins to connect all. Signature: void(error_code), when the first is bound.
    template <class Token = boost::asio::deferred_t>
    auto async_start(Token&& token = {}) {
        return detail::start_pool(*impl_, std::forward<Token>(token));
    }

    /// As reconnecting_client::async_request. A request that a member could not send goes to
    /// another; one that was sent never does. A member that is bound as receiver only gets none.
    template <request P, class Token = boost::asio::deferred_t>
    auto async_request(const P& pdu, Token&& token = {}) {
        return detail::pool_request(*impl_, pdu, std::forward<Token>(token));
    }

    /// The next request of any peer. Signature: void(error_code, pdu). `last_member()` tells whose
    /// it was until the next is asked for.
    template <class Token = boost::asio::deferred_t>
    auto async_receive(Token&& token = {}) {
        return detail::pool_receive(*impl_, std::forward<Token>(token));
    }
    [[nodiscard]] std::size_t last_member() const noexcept;
    /// Answers a request that came from a member; needed only without client.answer_incoming.
    template <response P>
    error_code respond(std::size_t member, std::uint32_t sequence_number, command_status status,
                       const P& body) {
        return detail::pool_client(*impl_, member).respond(sequence_number, status, body);
    }

    /// As reconnecting_client::async_unbind, for all.
    template <class Token = boost::asio::deferred_t>
    auto async_unbind(duration drain, Token&& token = {}) {
        return detail::unbind_pool(*impl_, drain, std::forward<Token>(token));
    }
    void close();

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] std::size_t bound() const noexcept;
    [[nodiscard]] std::size_t waiting() const noexcept;
    [[nodiscard]] std::size_t in_flight() const noexcept;
    /// A member's session: REQUIRES: `member < size()`.
    [[nodiscard]] const client& member(std::size_t member) const noexcept;

private:
    std::shared_ptr<detail::pool_impl> impl_;
};

}  // namespace smpp
