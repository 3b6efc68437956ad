// Client: an ESME's session over TCP or TLS.
//
//     smpp::client client(executor);
//     co_await client.async_connect("smpp.example.com", 2775);
//     smpp::bind_transceiver bind;  bind.system_id = "user";  bind.password = "secret";
//     co_await client.async_bind(bind);
//     smpp::submit_sm sm;  ...
//     smpp::submit_sm_resp resp = co_await client.async_request(sm);
//     co_await client.async_unbind(std::chrono::seconds(5));
//
// Completion tokens: any. Handlers run on their associated executor, by default the client's. Not
// thread-safe: use the client on one strand, and emit its operations' cancellation signals there.
// Cancelling an operation's slot completes it with session_errc::cancelled: connecting ends, a
// request that was sent before has an unknown outcome, unbinding goes on. Destroying the client
// closes the connection and completes what is pending.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string>

#include "smpp/asio/detail/client_operations.hpp"
#include "smpp/asio/tls.hpp"
#include "smpp/asio/trace.hpp"
#include "smpp/session/session_core.hpp"

namespace smpp {

struct client_options {
    session_options session;
    duration connect_timer =
        std::chrono::seconds(15);  ///< resolving, connecting and the TLS handshake together
    bool tls = false;
    tls_client_options tls_options;
    /// A full window: true: async_request waits for room; false: it completes with
    /// session_errc::window_full.
    bool wait_for_window = true;
    std::size_t max_waiting = 100'000;  ///< requests that wait for room; more get window_full
    /// A request that has waited for so long is not sent: it completes with
    /// session_errc::queue_timeout. Zero: it waits until the session ends.
    duration waiting_timer = std::chrono::seconds(30);
    /// deliver_sm and data_sm are answered with ok as they come; else by respond().
    bool answer_incoming = true;
    /// Incoming requests kept for async_receive. Beyond, with answer_incoming, they are answered
    /// with ESME_RMSGQFUL and dropped; without it nothing is read until half of them are taken: not
    /// even answers, whose response timer runs on.
    std::size_t max_unread = 10'000;
    /// What is written must make progress within it, or the session ends with
    /// session_errc::write_timeout; zero: it may take for ever.
    duration write_timer = std::chrono::seconds(30);
    trace_hook trace;
    /// Told when a session has ended; no error: orderly. Must not throw, nor destroy the client.
    std::function<void(error_code)> on_closed;
};

class client {
public:
    using executor_type = boost::asio::any_io_executor;

    explicit client(executor_type executor, client_options options = {});
    ~client();
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;

    [[nodiscard]] executor_type get_executor() const noexcept;

    /// Resolves, connects (each address in turn) and, with tls, shakes hands. Signature:
    /// void(error_code). last_error() tells in words what failed: resolving, connecting, or the
    /// handshake and its certificate.
    template <class Token = boost::asio::deferred_t>
    auto async_connect(std::string host, std::uint16_t port, Token&& token = {}) {
        return boost::asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, std::string to, std::uint16_t at) {
                detail::connect(*impl_, std::move(to), at,
                                detail::erase_handler(*impl_, std::move(handler), get_executor()));
            },
            token, std::move(host), port);
    }

    /// Takes the next connection that a message centre makes to `listener` (outbind_listener.hpp),
    /// instead of connecting: async_receive gives its outbind, and async_bind answers that. Waits
    /// without a timer. Signature: void(error_code); last_error() tells in words what failed.
    template <class Token = boost::asio::deferred_t>
    auto async_accept(outbind_listener& listener, Token&& token = {}) {
        return boost::asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, outbind_listener* from) {
                detail::accept(*impl_, *from,
                               detail::erase_handler(*impl_, std::move(handler), get_executor()));
            },
            token, &listener);
    }

    /// bind_transmitter, bind_receiver or bind_transceiver. Signature: void(error_code, response).
    /// A refusal is the peer's command_status as error_code.
    template <request P, class Token = boost::asio::deferred_t>
    auto async_bind(const P& bind, Token&& token = {}) {
        return async_request(bind, std::forward<Token>(token));
    }

    /// Sends a request. Signature: void(error_code, P::response), when its outcome is known:
    /// - no error: the peer answered ESME_ROK;
    /// - category smpp.status: the peer answered with that command_status;
    /// - session_errc::response_timeout, connection_lost, cancelled: it was sent, the outcome is
    /// unknown;
    /// - session_errc::not_bound, closed, window_full, queue_timeout, or category smpp.codec: it
    /// was never sent. The PDU is copied only when it has to wait for the window.
    template <request P, class Token = boost::asio::deferred_t>
    auto async_request(const P& pdu, Token&& token = {}) {
        return boost::asio::async_initiate<Token, void(error_code, typename P::response)>(
            [this](auto handler, const P& body) {
                detail::start_request(*impl_, body, std::move(handler), get_executor());
            },
            token, pdu);
    }

    /// The next request of the peer (deliver_sm, data_sm, alert_notification, outbind). Signature:
    /// void(error_code, pdu). One at a time. session_errc::closed (or why it closed) when no more
    /// can come.
    template <class Token = boost::asio::deferred_t>
    auto async_receive(Token&& token = {}) {
        return boost::asio::async_initiate<Token, void(error_code, pdu)>(
            [this](auto handler) {
                detail::receive(*impl_,
                                detail::erase_receive(*impl_, std::move(handler), get_executor()));
            },
            token);
    }

    /// Answers a request that async_receive gave; needed only without answer_incoming.
    template <response P>
    error_code respond(std::uint32_t sequence_number, command_status status, const P& body) {
        return detail::respond(*impl_, [&](session_core& core) {
            return core.respond(sequence_number, status, body);
        });
    }

    /// No new requests; waits up to `drain` for outstanding responses, unbinds, closes. Signature:
    /// void(error_code): no error also when the peer did not answer the unbind. Called again it
    /// waits for the same end.
    template <class Token = boost::asio::deferred_t>
    auto async_unbind(duration drain, Token&& token = {}) {
        return boost::asio::async_initiate<Token, void(error_code)>(
            [this](auto handler, duration wait) {
                detail::unbind(*impl_, wait,
                               detail::erase_handler(*impl_, std::move(handler), get_executor()));
            },
            token, drain);
    }

    /// Closes now, and ends a connection under way. What is pending completes with connection_lost
    /// (sent), closed (not sent) or cancelled (connecting).
    void close();

    [[nodiscard]] session_state state() const noexcept;
    [[nodiscard]] std::uint32_t in_flight() const noexcept;
    [[nodiscard]] interface_version peer_version() const noexcept;
    /// The version by which requests are refused, see session_core.
    [[nodiscard]] interface_version agreed_version() const noexcept;
    [[nodiscard]] session_counters counters() const noexcept;
    /// The last failure of connecting, or why the session ended, in one line for people; never a
    /// secret.
    [[nodiscard]] const std::string& last_error() const noexcept;
    /// "127.0.0.1:2775"; and "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty when plain. After
    /// async_connect.
    [[nodiscard]] std::string peer() const;
    [[nodiscard]] std::string security() const;

private:
    std::shared_ptr<detail::client_impl> impl_;
};

}  // namespace smpp
