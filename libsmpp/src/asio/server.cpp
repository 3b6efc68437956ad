#include "smpp/asio/server.hpp"

#include <boost/asio/post.hpp>

#include "asio/listen.hpp"
#include "asio/server_impl.hpp"

namespace smpp {
namespace detail {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

std::uint16_t server_impl::listen(const std::string& address, std::uint16_t port,
                                  const std::optional<tls_server_options>& tls) {
    auto added = std::make_shared<listener>(executor_);
    if (tls) {
        added->tls = make_server_context(*tls);
        added->tls_options = tls;
    }
    const auto taken = listen_on(added->acceptor, address, port, options_.reuse_port);
    listeners_.push_back(added);
    accept_on(added);
    return taken;
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
        std::ignore = open(std::move(socket), std::move(at));
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

void server_impl::on_session_end(std::uint64_t id) {
    sessions_.erase(id);
    if (sessions_.empty()) {
        for (auto& each : std::exchange(stopped_, {})) {
            asio::post(executor_, std::move(each));
        }
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

void server_impl::take_no_more() {
    stopping_ = true;
    for (const auto& each : listeners_) {
        error_code ignored;
        each->acceptor.close(ignored);
    }
    for (unfinished* each : unfinished_) {
        each->cancel();
    }
}

void server_impl::stop(duration drain, std::function<void()> done) {
    take_no_more();
    if (sessions_.empty()) {
        asio::post(executor_, std::move(done));
        return;
    }
    stopped_.push_back(std::move(done));
    for_each([&](server_session& session) { session.shutdown(drain); });
}

void server_impl::abort() {
    take_no_more();
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
void server::dial(const std::string& host, std::uint16_t port, dialled done,
                  const std::optional<tls_client_options>& tls) {
    impl_->dial(host, port, std::move(done), tls);
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
