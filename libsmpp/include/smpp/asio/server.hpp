// Server: accepts sessions as a message centre, over TCP or TLS.
//
//     struct handler : smpp::server_handler {
//         void on_request(smpp::server_session& s, const smpp::header& head, const smpp::body_view&
//         body,
//                         smpp::octet_span) override { ... s.respond(head.sequence_number,
//                         smpp::command_status::ok, resp); }
//     };
//     smpp::server server(executor, handler);
//     const auto port = server.listen("127.0.0.1", 0);
//
// Everything of a session runs on the executor of its server: handlers are called there, and
// sessions are used there.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "smpp/asio/tls.hpp"
#include "smpp/asio/trace.hpp"
#include "smpp/session/session_core.hpp"

namespace smpp {

namespace detail {
class server_impl;
class link;
}  // namespace detail

/// One connection of a client. Kept alive by the connection itself; hold a shared_ptr to use it
/// later.
class server_session : public std::enable_shared_from_this<server_session> {
public:
    server_session(const server_session&) = delete;
    server_session& operator=(const server_session&) = delete;

    /// Answers a request, now or later. Error: the session is closed, or the codec refuses.
    template <response P>
    error_code respond(std::uint32_t sequence_number, command_status status, const P& body) {
        const std::size_t queued = answer_filter ? core().tx().size() : 0;
        const error_code failed = core().respond(sequence_number, status, body);
        if (answer_filter && !failed) {
            filter_answer(sequence_number, queued);
        }
        flush_soon();
        return failed;
    }
    /// Answers with generic_nack.
    error_code nack(std::uint32_t sequence_number, command_status status) {
        return respond(sequence_number, status, generic_nack());
    }
    /// Sends a request (deliver_sm, data_sm); its outcome goes to the handler with `token`, which
    /// is not 0.
    template <request P>
    result<std::uint32_t> request(const P& body, std::uint64_t token) {
        auto number = core().request(body, token, session_clock::now());
        flush_soon();
        return number;
    }
    /// Sends a PDU that has no response: alert_notification, outbind.
    template <pdu_type P>
    error_code notify(const P& body) {
        const error_code failed = core().notify(body, session_clock::now());
        flush_soon();
        return failed;
    }

    /// Waits up to `drain` for outstanding responses, unbinds and closes.
    void shutdown(duration drain = duration::zero());
    /// Closes now. on_close comes from inside; in a call of the handler, after that call.
    void abort();
    /// Closes now, and the peer sees the connection reset.
    void reset();

    /// Puts octets into the stream as they are, past the protocol: for servers that misbehave on
    /// purpose.
    void send_raw(octet_span octets);
    /// Reads nothing more for now, when what is asked comes faster than it can be done: the peer
    /// is held up by the network. What one read has brought already still comes (256 KiB at most);
    /// answers to own requests wait unread, too. enquire_link is not sent meanwhile.
    void pause_reading();
    void resume_reading();
    /// What waits to be written leaves `size` octets at a time, with `interval` before each.
    void dribble(std::size_t size, duration interval);
    /// Calls `then` once, when nothing is unwritten any more; never, when the session ends before.
    void when_written(std::function<void()> then);
    /// Ends our direction of the stream once all is written: the peer is heard, not answered.
    void half_close();
    /// As dead as a process that hangs: nothing is sent any more, what comes is thrown away, timers
    /// stand still. Ends when the peer closes, or by shutdown(), abort() or reset().
    void mute();
    /// Sees the octets of each answer of respond(). True: it sees to them, and they are not sent.
    /// For servers that misbehave on purpose; null: none.
    std::function<bool(std::uint32_t sequence_number, octet_span answer)> answer_filter;

    [[nodiscard]] session_core& core() noexcept;
    [[nodiscard]] const session_core& core() const noexcept;
    [[nodiscard]] session_state state() const noexcept { return core().state(); }
    /// Counts from 1 in one server.
    [[nodiscard]] std::uint64_t id() const noexcept { return id_; }
    /// "127.0.0.1:40000"
    [[nodiscard]] const std::string& peer() const noexcept { return peer_; }
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384", or "..., resumed"; empty when plain.
    [[nodiscard]] const std::string& security() const noexcept { return security_; }
    /// Octets queued and not yet taken by the network: how far the peer lags behind.
    [[nodiscard]] std::size_t unwritten() const noexcept;

    /// The application's own data for this session.
    std::shared_ptr<void> attachment;

private:
    friend class detail::server_impl;
    server_session(std::shared_ptr<detail::link> line, std::uint64_t id);
    void flush_soon();
    void filter_answer(std::uint32_t sequence_number, std::size_t queued_before);

    std::shared_ptr<detail::link> line_;
    std::uint64_t id_;
    std::string peer_;
    std::string security_;
};

/// What a server tells its owner. Called on the server's executor; must not throw.
class server_handler {
public:
    /// Connected (and, with TLS, shaken hands). May end the session.
    virtual void on_open(server_session&) {}
    /// A request the state allows: a bind first, then whatever. `body` and `frame` are valid during
    /// the call only. A bind answered with ok makes the session bound.
    virtual void on_request(server_session&, const header&, const body_view& body,
                            octet_span frame) = 0;
    /// The peer's answer to request().
    virtual void on_response(server_session&, std::uint64_t /*token*/, const header&,
                             const body_view&) {}
    /// request() ends without an answer.
    virtual void on_request_failed(server_session&, std::uint64_t /*token*/, error_code) {}
    /// The peer sent what could not be taken; it was answered.
    virtual void on_bad_pdu(server_session&, const event&) {}
    /// All that a single read brought was told: the moment to commit what was collected.
    virtual void on_turn_end(server_session&) {}
    /// The end. No error: orderly.
    virtual void on_close(server_session&, error_code) {}

    virtual ~server_handler() = default;
};

struct server_options {
    session_options session;
    std::size_t max_connections = 20'000;  ///< those that shake hands included; more are closed
    std::size_t max_per_address = 0;       ///< of one peer address; 0: no limit
    duration handshake_timer = std::chrono::seconds(10);
    /// What is written must make progress within it, or the session ends with
    /// session_errc::write_timeout; zero: it may take for ever.
    duration write_timer = std::chrono::seconds(30);
    std::size_t high_water =
        4U << 20U;  ///< octets unwritten, above which a session is not read from
    /// A client that has ended its direction of the connection may wait so long for the answers to
    /// what it asked before; zero: the connection ends at once.
    duration half_close_timer = std::chrono::seconds(1);
    /// Several servers, each on the thread of its own, may listen on one port: the kernel shares
    /// the connections out (SO_REUSEPORT).
    bool reuse_port = false;
    /// Makes the trace of a connection, once it is open; null: none.
    std::function<trace_hook(server_session&)> trace;
};

class server {
public:
    /// REQUIRES: `handler` outlives the server. Destroying the server closes its sessions,
    /// with on_close from inside; then the handler hears no more.
    server(boost::asio::any_io_executor executor, server_handler& handler,
           server_options options = {});
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    /// Accepts from now on; may be called several times. Port 0 takes a free one. Returns the port.
    /// With `tls`: shakes hands first. Throws std::runtime_error that names address and reason.
    std::uint16_t listen(const std::string& address, std::uint16_t port,
                         const std::optional<tls_server_options>& tls = std::nullopt);
    /// Connects to a client that listens, for outbind: on_open comes as for any other, then `done`
    /// with the session, or with null and why not (session_errc::closed: the server is stopping,
    /// takes no more connections, or on_open has ended the session). With `tls`: shakes hands
    /// first; throws as listen() when its files cannot be read.
    using dialled = std::function<void(const error_code&, server_session*)>;
    void dial(const std::string& host, std::uint16_t port, dialled done,
              const std::optional<tls_client_options>& tls = std::nullopt);
    /// Reads the certificates and keys of all TLS listeners anew, for connections from now on; the
    /// open ones go on as they are. Throws as listen(), and then all stays as it was.
    void reload_certificates();
    /// No new connections; each session waits up to `drain` for its responses and unbinds. `done`
    /// comes when all are closed. Called again it waits for the same end. Handshakes and dialling
    /// end at once.
    void stop(duration drain, std::function<void()> done);
    /// Closes all at once.
    void abort();

    [[nodiscard]] std::size_t session_count() const noexcept;
    /// Connections closed at once because of the limits.
    [[nodiscard]] std::uint64_t refused() const noexcept;
    /// Visits the open sessions.
    void for_each(const std::function<void(server_session&)>& visit);

private:
    std::shared_ptr<detail::server_impl> impl_;
};

}  // namespace smpp
