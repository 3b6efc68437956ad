#include "smpp/asio/server.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <unordered_map>

#include "asio/stream_link.hpp"

namespace smpp {
namespace detail {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

class server_impl : public std::enable_shared_from_this<server_impl> {
public:
    server_impl(asio::any_io_executor executor, server_handler& handler, server_options options)
        : executor_(std::move(executor)), handler_(&handler), options_(std::move(options)) {}

    std::uint16_t listen(const std::string& address, std::uint16_t port,
                         const std::optional<tls_server_options>& tls);
    void dial(const std::string& host, std::uint16_t port, server::dialled done);
    void reload_certificates();
    void stop(duration drain, std::function<void()> done);
    void abort();
    /// The handler is told nothing any more.
    void forget_handler() noexcept { handler_ = &nobody_; }
    [[nodiscard]] std::size_t count() const noexcept { return sessions_.size(); }
    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }
    void for_each(const std::function<void(server_session&)>& visit) {
        const auto open = sessions_;  // a visitor may close sessions
        for (const auto& [id, session] : open) {
            visit(*session);
        }
    }

private:
    /// A place among the connections, from accepting to the end.
    class place {
    public:
        place(std::shared_ptr<server_impl> impl, const asio::ip::address& of)
            : impl_(std::move(impl)), address_(of) {
            ++impl_->connections_;
            ++impl_->per_address_[address_];
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() {
            --impl_->connections_;
            const auto found = impl_->per_address_.find(address_);
            if (--found->second == 0) {
                impl_->per_address_.erase(found);
            }
        }
        [[nodiscard]] server_impl& impl() const noexcept { return *impl_; }

    private:
        std::shared_ptr<server_impl> impl_;
        asio::ip::address address_;
    };
    using place_ptr = std::unique_ptr<place>;

    /// Turns a link's events into the handler's calls.
    class session_owner final : public link_owner {
    public:
        session_owner(place_ptr at, std::shared_ptr<server_session> session)
            : place_(std::move(at)), session_(std::move(session)) {}
        void on_event(const event& e) override;
        void on_turn_end() override { place_->impl().handler_->on_turn_end(*session_); }

    private:
        place_ptr place_;
        std::shared_ptr<server_session> session_;
    };

    struct listener {
        explicit listener(const asio::any_io_executor& executor) : acceptor(executor) {}
        tcp::acceptor acceptor;
        std::shared_ptr<asio::ssl::context> tls;
        std::optional<tls_server_options> tls_options;
    };

    void accept_on(const std::shared_ptr<listener>& from);
    void on_accepted(const std::shared_ptr<listener>& from, tcp::socket socket);
    [[nodiscard]] place_ptr admit(const tcp::socket& socket);
    void shake_hands(const std::shared_ptr<asio::ssl::context>& context, tcp::socket socket,
                     place_ptr at);
    template <class Stream>
    server_session& open(Stream stream, place_ptr at);
    void on_session_end(std::uint64_t id);

    asio::any_io_executor executor_;
    struct deaf_handler final : server_handler {
        void on_request(server_session&, const header&, const body_view&, octet_span) override {}
    };
    deaf_handler nobody_;
    server_handler* handler_;
    server_options options_;
    std::vector<std::shared_ptr<listener>> listeners_;
    std::unordered_map<std::uint64_t, std::shared_ptr<server_session>> sessions_;
    std::function<void()> stopped_;
    std::map<asio::ip::address, std::size_t> per_address_;
    std::size_t connections_ = 0;
    std::uint64_t last_id_ = 0;
    std::uint64_t refused_ = 0;
    bool stopping_ = false;
};

std::uint16_t server_impl::listen(const std::string& address, std::uint16_t port,
                                  const std::optional<tls_server_options>& tls) {
    auto added = std::make_shared<listener>(executor_);
    if (tls) {
        added->tls = make_server_context(*tls);
        added->tls_options = tls;
    }
    error_code failed;
    const auto where = asio::ip::make_address(address, failed);
    const auto require = [&](const char* what) {
        if (failed) {
            throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}: {}", address, port,
                                                 what, failed.message()));
        }
    };
    require("address");
    const tcp::endpoint endpoint(where, port);
    added->acceptor.open(endpoint.protocol(), failed);
    require("open");
    added->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
    if (options_.reuse_port) {
        using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
        added->acceptor.set_option(reuse_port(true), failed);
        require("share the port");
    }
    added->acceptor.bind(endpoint, failed);
    require("bind");
    added->acceptor.listen(4096, failed);
    require("listen");
    listeners_.push_back(added);
    accept_on(added);
    return added->acceptor.local_endpoint(failed).port();
}

void server_impl::accept_on(const std::shared_ptr<listener>& from) {
    from->acceptor.async_accept(
        executor_, [self = shared_from_this(), from](const error_code& failed, tcp::socket socket) {
            if (self->stopping_ || failed == asio::error::operation_aborted) {
                return;
            }
            if (!failed) {
                self->on_accepted(from, std::move(socket));
                self->accept_on(from);
                return;
            }
            // Out of descriptors or the like: the next try comes when there may be some again.
            auto pause = std::make_shared<asio::steady_timer>(self->executor_,
                                                              std::chrono::milliseconds(50));
            pause->async_wait([self, from, pause](const error_code&) {
                if (!self->stopping_) {
                    self->accept_on(from);
                }
            });
        });
}

void server_impl::on_accepted(const std::shared_ptr<listener>& from, tcp::socket socket) {
    auto at = admit(socket);
    if (!at) {
        ++refused_;
        return;  // closes it
    }
    if (from->tls) {
        shake_hands(from->tls, std::move(socket), std::move(at));
    } else {
        open(std::move(socket), std::move(at));
    }
}

server_impl::place_ptr server_impl::admit(const tcp::socket& socket) {
    error_code gone;
    const auto peer = socket.remote_endpoint(gone).address();
    if (gone || connections_ >= options_.max_connections) {
        return nullptr;
    }
    if (options_.max_per_address != 0) {
        const auto found = per_address_.find(peer);
        if (found != per_address_.end() && found->second >= options_.max_per_address) {
            return nullptr;
        }
    }
    return std::make_unique<place>(shared_from_this(), peer);
}

void server_impl::shake_hands(const std::shared_ptr<asio::ssl::context>& context,
                              tcp::socket socket, place_ptr at) {
    struct handshake {
        handshake(tcp::socket raw, asio::ssl::context& c, const asio::any_io_executor& executor,
                  place_ptr where)
            : at(std::move(where)), stream(std::move(raw), c), timer(executor) {}
        place_ptr at;
        tls_stream stream;
        asio::steady_timer timer;
    };
    auto shake = std::make_shared<handshake>(std::move(socket), *context, executor_, std::move(at));
    shake->timer.expires_after(options_.handshake_timer);
    shake->timer.async_wait([shake](const error_code& cancelled) {
        if (!cancelled) {
            error_code ignored;
            shake->stream.lowest_layer().close(ignored);
        }
    });
    shake->stream.async_handshake(
        asio::ssl::stream_base::server,
        [self = shared_from_this(), shake, context](const error_code& failed) {
            shake->timer.cancel();
            if (!failed && !self->stopping_) {
                self->open(std::move(shake->stream), std::move(shake->at));
            }
        });
}

/// Resolves and connects, each address in turn, within the time of a handshake.
void server_impl::dial(const std::string& host, std::uint16_t port, server::dialled done) {
    struct attempt {
        explicit attempt(const asio::any_io_executor& executor)
            : resolver(executor), socket(executor), timer(executor) {}
        tcp::resolver resolver;
        tcp::socket socket;
        asio::steady_timer timer;
        server::dialled done;
    };
    auto call = std::make_shared<attempt>(executor_);
    call->done = std::move(done);
    call->timer.expires_after(options_.handshake_timer);
    call->timer.async_wait([call](const error_code& cancelled) {
        if (!cancelled) {
            error_code ignored;
            call->resolver.cancel();
            call->socket.close(ignored);
        }
    });
    const auto finish = [self = shared_from_this(), call](const error_code& failed) {
        call->timer.cancel();
        auto at = failed || self->stopping_ ? nullptr : self->admit(call->socket);
        if (!at) {
            call->done(failed ? failed : error_code(session_errc::closed), nullptr);
            return;
        }
        call->done({}, &self->open(std::move(call->socket), std::move(at)));
    };
    call->resolver.async_resolve(
        host, std::to_string(port),
        [call, finish](const error_code& failed, const tcp::resolver::results_type& found) {
            if (failed) {
                finish(failed);
                return;
            }
            asio::async_connect(
                call->socket, found,
                [finish](const error_code& refused, const tcp::endpoint&) { finish(refused); });
        });
}

template <class Stream>
server_session& server_impl::open(Stream stream, place_ptr at) {
    link_options options;
    options.high_water = options_.high_water;
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
    if (trace) {
        *trace = options_.trace(*session);
    }
    sessions_.emplace(id, session);
    handler_->on_open(*session);
    line->start(std::make_shared<session_owner>(std::move(at), session));
    return *session;
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

void server_impl::on_session_end(std::uint64_t id) {
    sessions_.erase(id);
    if (sessions_.empty() && stopped_) {
        asio::post(executor_, std::exchange(stopped_, nullptr));
    }
}

void server_impl::reload_certificates() {
    std::vector<std::shared_ptr<asio::ssl::context>> fresh;
    for (const auto& each : listeners_) {
        fresh.push_back(each->tls_options ? make_server_context(*each->tls_options) : nullptr);
    }
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        listeners_[i]->tls = std::move(fresh[i]);
    }
}

void server_impl::stop(duration drain, std::function<void()> done) {
    stopping_ = true;
    for (const auto& each : listeners_) {
        error_code ignored;
        each->acceptor.close(ignored);
    }
    if (sessions_.empty()) {
        asio::post(executor_, std::move(done));
        return;
    }
    stopped_ = std::move(done);
    for_each([&](server_session& session) { session.shutdown(drain); });
}

void server_impl::abort() {
    stopping_ = true;
    for (const auto& each : listeners_) {
        error_code ignored;
        each->acceptor.close(ignored);
    }
    for_each([](server_session& session) { session.abort(); });
}

}  // namespace detail

server::server(boost::asio::any_io_executor executor, server_handler& handler,
               server_options options)
    : impl_(std::make_shared<detail::server_impl>(std::move(executor), handler,
                                                  std::move(options))) {}
server::~server() {
    impl_->abort();
    impl_->forget_handler();
}

std::uint16_t server::listen(const std::string& address, std::uint16_t port,
                             const std::optional<tls_server_options>& tls) {
    return impl_->listen(address, port, tls);
}
void server::dial(const std::string& host, std::uint16_t port, dialled done) {
    impl_->dial(host, port, std::move(done));
}
void server::reload_certificates() { impl_->reload_certificates(); }
void server::stop(duration drain, std::function<void()> done) {
    impl_->stop(drain, std::move(done));
}
void server::abort() { impl_->abort(); }
std::size_t server::session_count() const noexcept { return impl_->count(); }
std::uint64_t server::refused() const noexcept { return impl_->refused(); }
void server::for_each(const std::function<void(server_session&)>& visit) { impl_->for_each(visit); }

}  // namespace smpp
