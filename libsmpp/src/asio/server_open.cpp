// How connections of a server become sessions: by handshakes, and by dialling.
#include <fmt/format.h>

#include <boost/asio/connect.hpp>

#include "asio/server_impl.hpp"
#include "asio/stream_link.hpp"

namespace smpp::detail {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct server_impl::handshake final : unfinished {
    handshake(std::shared_ptr<server_impl> impl, tcp::socket raw,
              std::shared_ptr<asio::ssl::context> with, place_ptr where)
        : unfinished(std::move(impl)),
          context(std::move(with)),
          at(std::move(where)),
          timer(raw.get_executor()),
          stream(std::move(raw), *context) {}
    void cancel() override {
        error_code ignored;
        stream.lowest_layer().close(ignored);
    }
    std::shared_ptr<asio::ssl::context> context;
    place_ptr at;
    asio::steady_timer timer;
    tls_stream stream;
};

void server_impl::shake_hands(const std::shared_ptr<asio::ssl::context>& context,
                              tcp::socket socket, place_ptr at) {
    auto shake =
        std::make_shared<handshake>(shared_from_this(), std::move(socket), context, std::move(at));
    shake->timer.expires_after(options_.handshake_timer);
    shake->timer.async_wait([shake](const error_code& cancelled) {
        if (!cancelled) {
            shake->cancel();
        }
    });
    shake->stream.async_handshake(asio::ssl::stream_base::server,
                                  [self = shared_from_this(), shake](const error_code& failed) {
                                      shake->timer.cancel();
                                      if (!failed && !self->stopping_) {
                                          std::ignore = self->open(std::move(shake->stream),
                                                                   std::move(shake->at));
                                      }
                                  });
}

struct server_impl::call final : unfinished {
    call(std::shared_ptr<server_impl> impl, const asio::any_io_executor& executor)
        : unfinished(std::move(impl)), resolver(executor), socket(executor), timer(executor) {}
    void cancel() override {
        error_code ignored;
        resolver.cancel();
        raw().close(ignored);
    }
    [[nodiscard]] tcp::socket& raw() { return stream ? stream->next_layer() : socket; }

    tcp::resolver resolver;
    tcp::socket socket;
    asio::steady_timer timer;
    server::dialled done;
    std::shared_ptr<asio::ssl::context> context;  ///< null: without TLS
    std::string name;                             ///< of the peer, for its certificate
    std::optional<tls_stream> stream;
};

/// Resolves, connects to each address in turn and with TLS shakes hands, within the time of a
/// handshake.
void server_impl::dial(const std::string& host, std::uint16_t port, server::dialled done,
                       const std::optional<tls_client_options>& tls) {
    auto out = std::make_shared<call>(shared_from_this(), executor_);
    out->done = std::move(done);
    if (tls) {
        out->context = make_client_context(*tls);
        out->name = tls->server_name.empty() ? host : tls->server_name;
    }
    out->timer.expires_after(options_.handshake_timer);
    out->timer.async_wait([out](const error_code& cancelled) {
        if (!cancelled) {
            out->cancel();
        }
    });
    out->resolver.async_resolve(
        host, std::to_string(port),
        [self = shared_from_this(), out](const error_code& failed,
                                         const tcp::resolver::results_type& found) {
            if (failed) {
                self->on_dialled(out, failed);
                return;
            }
            asio::async_connect(out->socket, found,
                                [self, out](const error_code& refused, const tcp::endpoint&) {
                                    self->on_called(out, refused);
                                });
        });
}

void server_impl::on_called(const std::shared_ptr<call>& out, const error_code& failed) {
    if (failed || !out->context || stopping_) {
        on_dialled(out, failed);
        return;
    }
    out->stream.emplace(std::move(out->socket), *out->context);
    expect_name(out->stream->native_handle(), out->name);
    out->stream->async_handshake(asio::ssl::stream_base::client,
                                 [self = shared_from_this(), out](const error_code& refused) {
                                     self->on_dialled(out, refused);
                                 });
}

void server_impl::on_dialled(const std::shared_ptr<call>& out, const error_code& failed) {
    out->timer.cancel();
    auto at = failed || stopping_ ? nullptr : admit(out->raw());
    const auto session = !at           ? nullptr
                         : out->stream ? open(std::move(*out->stream), std::move(at))
                                       : open(std::move(out->socket), std::move(at));
    const bool refused = failed && !stopping_;
    out->done(session   ? error_code()
              : refused ? failed
                        : error_code(session_errc::closed),
              session.get());
}

template <class Stream>
std::shared_ptr<server_session> server_impl::open(Stream stream, place_ptr at) {
    link_options options;
    options.high_water = options_.high_water;
    options.write_timer = options_.write_timer;
    options.half_close_timer = options_.half_close_timer;
    // The trace is made for a session that exists; the link has to be there before it.
    auto trace = options_.trace ? std::make_shared<trace_hook>() : nullptr;
    if (trace) {
        options.trace = [trace](direction way, octet_span frame) {
            if (*trace) {
                (*trace)(way, frame);
            }
        };
    }
    auto line = std::make_shared<stream_link<Stream>>(std::move(stream), role::mc, options_.session,
                                                      std::move(options));
    const std::uint64_t id = ++last_id_;
    const std::shared_ptr<server_session> session(new server_session(line, id));
    sessions_.emplace(id, session);
    line->start(std::make_shared<session_owner>(std::move(at), session, trace));
    return session->state() == session_state::closed ? nullptr : session;
}

void server_impl::session_owner::on_start() {
    server_impl& impl = place_->impl();
    if (trace_) {
        *trace_ = impl.options_.trace(*session_);
    }
    impl.handler_->on_open(*session_);
}

void server_impl::session_owner::on_event(const event& e) {
    server_impl& impl = place_->impl();
    server_handler& handler = *impl.handler_;
    switch (e.type) {
        case event_type::request: handler.on_request(*session_, e.header, *e.body, e.frame); break;
        case event_type::response:
            handler.on_response(*session_, e.token, e.header, *e.body);
            break;
        case event_type::request_failed:
            handler.on_request_failed(*session_, e.token, e.error);
            break;
        case event_type::bad_pdu:
        case event_type::nacked: handler.on_bad_pdu(*session_, e); break;
        case event_type::peer_unbind: break;
        case event_type::closed:
            handler.on_close(*session_, e.error);
            impl.on_session_end(session_->id());
            break;
    }
}

}  // namespace smpp::detail
