#include "mock-smsc/http/http_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "mock-smsc/http/connection.hpp"

namespace mock_smsc {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

}  // namespace

class http_server::impl : public std::enable_shared_from_this<impl> {
public:
    impl(asio::any_io_executor executor, http_handler handler, limits bounds,
         std::shared_ptr<http_auth> auth)
        : executor_(std::move(executor)),
          shared_(std::make_shared<http_shared>()),
          acceptor_(executor_) {
        shared_->handler = std::move(handler);
        shared_->bounds = std::move(bounds);
        shared_->auth = std::move(auth);
    }

    std::uint16_t listen(const std::string& address, std::uint16_t port) {
        error_code failed;
        const auto require = [&](const char* what) {
            if (failed) {
                throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}: {}", address,
                                                     port, what, failed.message()));
            }
        };
        const tcp::endpoint endpoint(asio::ip::make_address(address, failed), port);
        require("address");
        shared_->loopback = endpoint.address().is_loopback();
        acceptor_.open(endpoint.protocol(), failed);
        require("open");
        acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
        acceptor_.bind(endpoint, failed);
        require("bind");
        acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        require("listen");
        accept();
        return acceptor_.local_endpoint(failed).port();
    }

    void stop() {
        shared_->stopping = true;
        error_code ignored;
        acceptor_.close(ignored);
    }

private:
    void accept() {
        acceptor_.async_accept(
            executor_, [self = shared_from_this()](const error_code& failed, tcp::socket socket) {
                if (self->shared_->stopping) {
                    return;
                }
                if (!failed && self->make_room()) {
                    error_code ignored;
                    socket.set_option(tcp::no_delay(true), ignored);
                    serve_http(std::move(socket), self->shared_);
                }
                if (failed) {
                    return self->accept_later();
                }
                self->accept();
            });
    }

    /// Whoever has sent nothing whole for longest gives way: slow clients cannot keep others out.
    [[nodiscard]] bool make_room() {
        if (shared_->connections < shared_->bounds.connections) {
            return true;
        }
        if (shared_->waiting.empty()) {
            return false;
        }
        const auto end = shared_->waiting.front();
        end();
        return true;
    }

    /// Out of descriptors or the like.
    void accept_later() {
        auto pause = std::make_shared<asio::steady_timer>(executor_, std::chrono::milliseconds(50));
        pause->async_wait([self = shared_from_this(), pause](const error_code&) {
            if (!self->shared_->stopping) {
                self->accept();
            }
        });
    }

    asio::any_io_executor executor_;
    std::shared_ptr<http_shared> shared_;
    tcp::acceptor acceptor_;
};

http_server::http_server(asio::any_io_executor executor, http_handler handler, limits bounds,
                         std::shared_ptr<http_auth> auth)
    : impl_(std::make_shared<impl>(std::move(executor), std::move(handler), bounds,
                                   std::move(auth))) {}
http_server::~http_server() { impl_->stop(); }
std::uint16_t http_server::listen(const std::string& address, std::uint16_t port) {
    return impl_->listen(address, port);
}
void http_server::stop() { impl_->stop(); }

}  // namespace mock_smsc
