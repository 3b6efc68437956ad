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
                     std::uint16_t port)
        : acceptor(executor), port(listen_on(acceptor, address, port)) {}

    tcp::acceptor acceptor;
    std::uint16_t port;
};

namespace {

class acceptance final : public connection_attempt,
                         public std::enable_shared_from_this<acceptance> {
public:
    acceptance(const client_options& options, done_handler done)
        : options_(options), done_(std::move(done)) {}

    void start(const asio::any_io_executor& executor, std::shared_ptr<outbind_acceptor> from) {
        from_ = std::move(from);
        from_->acceptor.async_accept(
            executor, asio::bind_cancellation_slot(
                          stop_.slot(), [self = shared_from_this()](const error_code& failed,
                                                                    tcp::socket socket) {
                              self->on_accepted(failed, std::move(socket));
                          }));
    }

    void cancel() override {
        if (!done_) {
            return;
        }
        cancelled_ = true;
        stop_.emit(asio::cancellation_type::terminal);
    }

private:
    void on_accepted(const error_code& failed, tcp::socket socket) {
        const auto done = std::exchange(done_, nullptr);
        if (cancelled_) {
            done(session_errc::cancelled, {}, nullptr);
        } else if (failed) {
            const bool closed = failed == asio::error::operation_aborted;
            done(closed ? error_code(session_errc::closed) : failed,
                 fmt::format("cannot accept a connection: {}", failed.message()), nullptr);
        } else {
            done({}, {},
                 std::make_shared<stream_link<tcp_stream>>(std::move(socket), role::esme,
                                                           options_.session,
                                                           client_link_options(options_)));
        }
    }

    client_options options_;
    done_handler done_;
    std::shared_ptr<outbind_acceptor> from_;  ///< the signal may look at it, closed or not
    asio::cancellation_signal stop_;
    bool cancelled_ = false;
};

}  // namespace

std::shared_ptr<connection_attempt> accept_link(const asio::any_io_executor& executor,
                                                const client_options& options,
                                                outbind_listener& from,
                                                connection_attempt::done_handler done) {
    auto made = std::make_shared<acceptance>(options, std::move(done));
    made->start(executor, from.get());
    return made;
}

}  // namespace detail

outbind_listener::outbind_listener(boost::asio::any_io_executor executor,
                                   const std::string& address, std::uint16_t port)
    : impl_(std::make_shared<detail::outbind_acceptor>(executor, address, port)) {}
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
