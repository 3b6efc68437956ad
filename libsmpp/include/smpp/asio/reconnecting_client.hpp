// Reconnecting client: a session that comes back. Connects, binds, and does so again when it is
// lost, with growing waits; what was not sent yet waits for the next session.
//
//     smpp::reconnect_options options;
//     options.hosts = {{"smpp1.example.com", 2775}, {"smpp2.example.com", 2775}};
//     options.bind = bind;                          // a smpp::bind_transceiver
//     smpp::reconnecting_client client(executor, options);
//     co_await client.async_start();                // bound for the first time
//     auto resp = co_await client.async_request(sm);
//     co_await client.async_unbind(std::chrono::seconds(5));
//
// Completion tokens, executors, cancellation and threads: as smpp::client; cancelling async_start
// ends the waiting, not the connecting. Destroying it closes the
// connection and completes what is pending.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "smpp/asio/client.hpp"
#include "smpp/asio/detail/pool_operations.hpp"
#include "smpp/session/backoff.hpp"
#include "smpp/session/pace.hpp"

namespace smpp {

struct host_port {
    std::string host;
    std::uint16_t port = 2775;
};

using any_bind = std::variant<bind_transceiver, bind_transmitter, bind_receiver>;

/// What happens to the connection of a reconnecting_client, or of a member of a client_pool.
struct connection_change {
    enum class kind : std::uint8_t {
        connecting,  ///< to `where`
        bound,
        failed,  ///< connecting or binding; `retry_in` tells when the next try comes
        lost,    ///< after it was bound; likewise
    };
    kind what{};
    std::size_t member = 0;  ///< of the pool; 0 for a reconnecting_client
    std::string where;       ///< "smpp1.example.com:2775"
    error_code error;
    std::string text;  ///< the error in words; never a secret
    duration retry_in{};
};

struct reconnect_options {
    client_options client;
    std::vector<host_port> hosts;  ///< at least one; the next is tried when one fails
    any_bind bind;
    backoff_options backoff;  ///< between rounds through the hosts
    /// Bound for so long, a session proves its host well: the waits begin anew.
    duration stable_after = std::chrono::seconds(10);
    pace_options pace;  ///< the rate limit, and what complaints of the peer do to it
    std::size_t max_waiting = 100'000;  ///< requests not sent yet; more get window_full
    /// Told on the client's executor; must not throw.
    std::function<void(const connection_change&)> on_change;
};

class reconnecting_client {
public:
    using executor_type = boost::asio::any_io_executor;

    /// Throws std::invalid_argument without hosts.
    reconnecting_client(executor_type executor, reconnect_options options);
    ~reconnecting_client();
    reconnecting_client(reconnecting_client&&) noexcept;
    reconnecting_client& operator=(reconnecting_client&&) noexcept;

    [[nodiscard]] executor_type get_executor() const noexcept;

    /// Begins to connect and goes on until async_unbind() or close(). Signature: void(error_code),
    /// when bound for the first time; session_errc::closed when that will not come. Called again it
    /// waits for the same.
    template <class Token = boost::asio::deferred_t>
    auto async_start(Token&& token = {}) {
        return detail::start_pool(*impl_, std::forward<Token>(token));
    }

    /// Sends a request as soon as connection, window and pace allow; before async_start() it waits
    /// for it. Signature: void(error_code, P::response), as client::async_request:
    /// - no error or category smpp.status: the peer's answer;
    /// - response_timeout, connection_lost, cancelled: it may have been sent, the outcome is
    ///   unknown; it is not sent again;
    /// - closed: it was never sent, since the client was closed first; window_full: never sent,
    ///   since max_waiting others wait.
    template <request P, class Token = boost::asio::deferred_t>
    auto async_request(const P& pdu, Token&& token = {}) {
        return detail::pool_request(*impl_, pdu, std::forward<Token>(token));
    }

    /// The next request of the peer, of whatever session. Signature: void(error_code, pdu). One at
    /// a time. Error: session_errc::closed, after async_unbind() or close().
    template <class Token = boost::asio::deferred_t>
    auto async_receive(Token&& token = {}) {
        return detail::pool_receive(*impl_, std::forward<Token>(token));
    }

    /// Answers a request that async_receive gave; needed only without client.answer_incoming.
    /// Error: no session. A number of a session before (see sessions()) means nothing to this one.
    template <response P>
    error_code respond(std::uint32_t sequence_number, command_status status, const P& body) {
        return detail::pool_client(*impl_, 0).respond(sequence_number, status, body);
    }

    /// The end: what was not sent completes with closed; waits up to `drain` for the answers to the
    /// rest, unbinds, closes. Signature: void(error_code): no error, unless it is cancelled. Called
    /// again it waits for the same end.
    template <class Token = boost::asio::deferred_t>
    auto async_unbind(duration drain, Token&& token = {}) {
        return detail::unbind_pool(*impl_, drain, std::forward<Token>(token));
    }
    void close();

    [[nodiscard]] session_state state() const noexcept;
    /// Requests that wait to be sent, and that wait for their answer.
    [[nodiscard]] std::size_t waiting() const noexcept;
    [[nodiscard]] std::size_t in_flight() const noexcept;
    /// Requests a second allowed now; 0: no limit.
    [[nodiscard]] double rate() const noexcept;
    /// Of the present session.
    [[nodiscard]] session_counters counters() const noexcept;
    /// How often it was bound.
    [[nodiscard]] std::uint64_t sessions() const noexcept;
    [[nodiscard]] const std::string& last_error() const noexcept;

private:
    std::shared_ptr<detail::pool_impl> impl_;
};

}  // namespace smpp
