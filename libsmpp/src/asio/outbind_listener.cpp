// The way of a connection from a message centre to a client that waits for it.
#include "smpp/asio/outbind_listener.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "asio/client_impl.hpp"
#include "asio/listen.hpp"
#include "asio/stream_link.hpp"

namespace smpp {
namespace detail {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

class outbind_acceptor {
public:
    outbind_acceptor(const asio::any_io_executor& executor, const std::string& address,
                     std::uint16_t port, const std::optional<tls_server_options>& tls)
        : context(tls ? make_server_context(*tls) : nullptr),
          acceptor(executor),
          port(listen_on(acceptor, address, port)) {}

    std::shared_ptr<asio::ssl::context> context;  ///< null: without TLS
    tcp::acceptor acceptor;
    std::uint16_t port;
};

namespace {

class acceptance final : public connection_attempt,
                         public std::enable_shared_from_this<acceptance> {
public:
    acceptance(const asio::any_io_executor& executor, const client_options& options,
               done_handler done)
        : options_(options), done_(std::move(done)), timer_(executor) {}

    void start(std::shared_ptr<outbind_acceptor> from) {
        from_ = std::move(from);
        from_->acceptor.async_accept(
            timer_.get_executor(),
            asio::bind_cancellation_slot(
                stop_.slot(),
                [self = shared_from_this()](const error_code& failed, tcp::socket socket) {
                    self->on_accepted(failed, std::move(socket));
                }));
    }

    void cancel() override {
        if (!done_) {
            return;
        }
        cancelled_ = true;
        stop_.emit(asio::cancellation_type::terminal);
        stop_handshake();
    }

private:
    void stop_handshake() {
        if (tls_) {
            error_code ignored;
            tls_->lowest_layer().close(ignored);
        }
    }

    void on_accepted(const error_code& failed, tcp::socket socket) {
        if (cancelled_) {
            tell(session_errc::cancelled);
        } else if (failed) {
            const bool closed = failed == asio::error::operation_aborted;
            tell(closed ? error_code(session_errc::closed) : failed,
                 fmt::format("cannot accept a connection: {}", failed.message()));
        } else if (from_->context) {
            shake_hands(std::move(socket));
        } else {
            tell({}, {}, link_over(std::move(socket)));
        }
    }

    void shake_hands(tcp::socket socket) {
        tls_.emplace(std::move(socket), *from_->context);
        if (options_.connect_timer != duration::zero()) {
            timer_.expires_after(options_.connect_timer);
            timer_.async_wait([self = shared_from_this()](const error_code& stopped) {
                if (!stopped) {
                    self->stop_handshake();
                }
            });
        }
        tls_->async_handshake(
            asio::ssl::stream_base::server,
            [self = shared_from_this()](const error_code& failed) { self->on_handshake(failed); });
    }

    void on_handshake(const error_code& failed) {
        timer_.cancel();
        if (cancelled_) {
            tell(session_errc::cancelled);
        } else if (failed) {
            tell(failed, fmt::format("TLS handshake with a centre failed: {}", failed.message()));
        } else {
            auto connected = link_over(std::move(*tls_));
            tls_.reset();
            tell({}, {}, std::move(connected));
        }
    }

    template <class Stream>
    [[nodiscard]] std::shared_ptr<link> link_over(Stream stream) const {
        return std::make_shared<stream_link<Stream>>(
            std::move(stream), role::esme, options_.session, client_link_options(options_));
    }

    void tell(const error_code& failed, std::string text = {},
              std::shared_ptr<link> connected = nullptr) {
        std::exchange(done_, nullptr)(failed, std::move(text), std::move(connected));
    }

    client_options options_;
    done_handler done_;
    std::shared_ptr<outbind_acceptor> from_;  ///< the signal may look at it, closed or not
    asio::cancellation_signal stop_;
    asio::steady_timer timer_;  ///< of the handshake
    std::optional<tls_stream> tls_;
    bool cancelled_ = false;
};

}  // namespace

std::shared_ptr<connection_attempt> accept_link(const asio::any_io_executor& executor,
                                                const client_options& options,
                                                outbind_listener& from,
                                                connection_attempt::done_handler done) {
    auto made = std::make_shared<acceptance>(executor, options, std::move(done));
    made->start(from.get());
    return made;
}

}  // namespace detail

outbind_listener::outbind_listener(boost::asio::any_io_executor executor,
                                   const std::string& address, std::uint16_t port,
                                   const std::optional<tls_server_options>& tls)
    : impl_(std::make_shared<detail::outbind_acceptor>(executor, address, port, tls)) {}
outbind_listener::~outbind_listener() {
    if (impl_) {
        close();
    }
}
outbind_listener::outbind_listener(outbind_listener&&) noexcept = default;
outbind_listener& outbind_listener::operator=(outbind_listener&& other) noexcept {
    outbind_listener old(std::move(*this));
    impl_ = std::move(other.impl_);
    return *this;
}

std::uint16_t outbind_listener::port() const noexcept { return impl_->port; }
void outbind_listener::close() {
    error_code ignored;
    impl_->acceptor.close(ignored);
}

}  // namespace smpp
