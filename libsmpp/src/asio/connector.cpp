// Connecting: resolve, try each address, shake hands, all under one timer.
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "asio/client_impl.hpp"
#include "asio/stream_link.hpp"
#include "asio/tls_sessions.hpp"

namespace smpp::detail {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

class connector final : public connection_attempt, public std::enable_shared_from_this<connector> {
public:
    connector(const asio::any_io_executor& executor, const client_options& options,
              std::shared_ptr<client_contexts> contexts, std::string host, std::uint16_t port,
              done_handler done)
        : options_(options),
          contexts_(std::move(contexts)),
          host_(std::move(host)),
          where_(host_.find(':') == std::string::npos ? fmt::format("{}:{}", host_, port)
                                                      : fmt::format("[{}]:{}", host_, port)),
          port_(port),
          done_(std::move(done)),
          resolver_(executor),
          socket_(executor),
          timer_(executor) {}

    void start() {
        if (options_.connect_timer != duration::zero()) {
            timer_.expires_after(options_.connect_timer);
            timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
                if (!cancelled) {
                    self->finish(
                        asio::error::timed_out,
                        fmt::format("{} {} timed out after {} s", self->step_, self->where_,
                                    std::chrono::duration_cast<std::chrono::seconds>(
                                        self->options_.connect_timer)
                                        .count()));
                    self->stop();
                }
            });
        }
        resolver_.async_resolve(
            host_, std::to_string(port_), tcp::resolver::numeric_service,
            [self = shared_from_this()](const error_code& failed,
                                        const tcp::resolver::results_type& found) {
                self->on_resolved(failed, found);
            });
    }

    void cancel() override {
        if (done_) {
            asio::post(timer_.get_executor(), [done = std::exchange(done_, nullptr)] {
                done(session_errc::cancelled, {}, nullptr);
            });
            timer_.cancel();
            stop();
        }
    }

private:
    /// What is under way ends soon, and finds nobody to tell.
    void stop() {
        resolver_.cancel();
        error_code ignored;
        (tls_ ? tls_->lowest_layer() : socket_).close(ignored);
    }

    void on_resolved(const error_code& failed, const tcp::resolver::results_type& found) {
        if (!done_) {
            return;
        }
        if (failed) {
            finish(failed, fmt::format("cannot resolve {}: {}", host_, failed.message()));
            return;
        }
        step_ = "connecting to";
        asio::async_connect(
            socket_, found,
            [self = shared_from_this()](const error_code& refused, const tcp::endpoint&) {
                self->on_connected(refused);
            });
    }

    void on_connected(const error_code& failed) {
        if (!done_) {
            return;
        }
        if (failed) {
            finish(failed, fmt::format("cannot connect to {}: {}", where_, failed.message()));
        } else if (!options_.tls) {
            finish({}, {},
                   std::make_shared<stream_link<tcp_stream>>(std::move(socket_), role::esme,
                                                             options_.session,
                                                             client_link_options(options_)));
        } else {
            shake_hands();
        }
    }

    void shake_hands() {
        step_ = "TLS handshake with";
        try {
            context_ = contexts_->get(options_.tls_options);
        } catch (const std::exception& e) {
            finish(asio::error::invalid_argument, e.what());
            return;
        }
        tls_.emplace(std::move(socket_), *context_);
        const std::string& name =
            options_.tls_options.server_name.empty() ? host_ : options_.tls_options.server_name;
        SSL* ssl = tls_->native_handle();
        expect_name(ssl, name);
        resume(ssl, options_.tls_options.sessions, fmt::format("{} {}", where_, name));
        tls_->async_handshake(asio::ssl::stream_base::client,
                              [self = shared_from_this(), name](const error_code& failed) {
                                  self->on_handshake(failed, name);
                              });
    }

    void on_handshake(const error_code& failed, const std::string& name) {
        if (!done_) {
            return;
        }
        if (failed) {
            finish(failed, fmt::format("TLS handshake with {} failed: {}", where_,
                                       explain_handshake(failed, tls_->native_handle(), name)));
            return;
        }
        finish({}, {},
               std::make_shared<stream_link<tls_stream>>(
                   std::move(*tls_), role::esme, options_.session, client_link_options(options_)));
    }

    void finish(const error_code& failed, std::string text,
                std::shared_ptr<link> connected = nullptr) {
        timer_.cancel();
        if (auto done = std::exchange(done_, nullptr)) {
            done(failed, std::move(text), std::move(connected));
        }
    }

    client_options options_;
    std::shared_ptr<client_contexts> contexts_;
    std::string host_;
    std::string where_;
    std::uint16_t port_;
    done_handler done_;
    tcp::resolver resolver_;
    tcp::socket socket_;
    std::shared_ptr<asio::ssl::context> context_;
    std::optional<tls_stream> tls_;
    asio::steady_timer timer_;
    const char* step_ = "resolving";
};

}  // namespace

link_options client_link_options(const client_options& options) {
    link_options out;
    out.write_timer = options.write_timer;
    out.trace = options.trace;
    return out;
}

std::shared_ptr<connection_attempt> connect_link(const asio::any_io_executor& executor,
                                                 const client_options& options,
                                                 std::shared_ptr<client_contexts> contexts,
                                                 std::string host, std::uint16_t port,
                                                 connection_attempt::done_handler done) {
    auto made = std::make_shared<connector>(executor, options, std::move(contexts), std::move(host),
                                            port, std::move(done));
    made->start();
    return made;
}

}  // namespace smpp::detail
