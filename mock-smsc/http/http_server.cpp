#include "mock-smsc/http/http_server.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

namespace mock_smsc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds io_timeout{30};

/// What all connections share.
struct shared_state {
    http_handler handler;
    http_server::limits bounds;
    std::size_t connections = 0;
    bool stopping = false;
};

http_response error_response(unsigned status, std::string_view code, std::string_view message) {
    return {status,
            fmt::format(R"({{"error":{{"code":"{}","message":"{}"}}}})", code, message),
            "application/json",
            {},
            {}};
}

/// A page of another site must not change anything here: browsers tell where a request comes from.
bool from_elsewhere(const http::request<http::string_body>& request) {
    const std::string_view origin(request[http::field::origin].data(),
                                  request[http::field::origin].size());
    const std::string_view host(request[http::field::host].data(),
                                request[http::field::host].size());
    return !origin.empty() && origin != fmt::format("http://{}", host) &&
           origin != fmt::format("https://{}", host);
}

class connection : public event_stream, public std::enable_shared_from_this<connection> {
public:
    connection(tcp::socket socket, std::shared_ptr<shared_state> shared)
        : stream_(std::move(socket)), shared_(std::move(shared)) {
        ++shared_->connections;
    }
    ~connection() override { --shared_->connections; }

    void read() {
        parser_.emplace();
        parser_->header_limit(shared_->bounds.header);
        parser_->body_limit(shared_->bounds.body);
        stream_.expires_after(io_timeout);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](const error_code& failed, std::size_t) {
                             self->on_read(failed);
                         });
    }

    bool send(std::string text) override {
        constexpr std::size_t most = std::size_t{1} << 20;
        if (!streaming_ || pending_.size() + text.size() > most) {
            end_stream();
            return false;
        }
        pending_ += text;
        flush_stream();
        return true;
    }

private:
    void start_stream(const std::function<void(std::shared_ptr<event_stream>)>& begin) {
        streaming_ = true;
        pending_ =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
        stream_.expires_never();
        flush_stream();
        watch_stream();
        begin(shared_from_this());
    }

    void flush_stream() {
        if (pending_.empty() || !writing_.empty()) {
            return;
        }
        std::swap(pending_, writing_);
        asio::async_write(stream_, asio::buffer(writing_),
                          [self = shared_from_this()](const error_code& failed, std::size_t) {
                              self->writing_.clear();
                              if (failed) {
                                  self->end_stream();
                              } else {
                                  self->flush_stream();
                              }
                          });
    }

    /// The client has nothing more to say: what can be read is its end.
    void watch_stream() {
        stream_.async_read_some(buffer_.prepare(512),
                                [self = shared_from_this()](const error_code& failed, std::size_t) {
                                    if (failed) {
                                        self->end_stream();
                                    } else {
                                        self->watch_stream();
                                    }
                                });
    }

    void end_stream() {
        if (streaming_) {
            streaming_ = false;
            close();
        }
    }

    void on_read(const error_code& failed) {
        if (failed == http::error::body_limit) {
            close_after_ = true;
            return write(error_response(413, "too_large", "the body is too large"));
        }
        if (failed == http::error::header_limit) {
            close_after_ = true;
            return write(error_response(431, "too_large", "the header is too large"));
        }
        if (failed) {
            if (failed.category() == error_code(http::error::bad_method).category() &&
                failed != http::error::end_of_stream && failed != http::error::partial_message) {
                close_after_ = true;
                return write(error_response(400, "bad_request", "this is not HTTP"));
            }
            return close();
        }
        const auto& request = parser_->get();
        head_only_ = request.method() == http::verb::head;
        close_after_ = !request.keep_alive();
        const bool safe = head_only_ || request.method() == http::verb::get;
        if (!safe && from_elsewhere(request)) {
            return write(error_response(403, "forbidden", "the request comes from another site"));
        }
        http_request out;
        out.method = head_only_ ? "GET" : std::string(request.method_string());
        parse_target({request.target().data(), request.target().size()}, out);
        out.body = std::move(parser_->get().body());
        // The answer may take as long as a client waits for messages.
        stream_.expires_never();
        shared_->handler(out, [self = shared_from_this()](http_response response) {
            self->write(std::move(response));
        });
    }

    void write(http_response response) {
        if (response.stream) {
            return start_stream(response.stream);
        }
        response_ = {};
        response_.version(11);
        response_.result(response.status);
        response_.set(http::field::content_type, response.content_type);
        response_.set(http::field::cache_control, "no-store");
        response_.set("X-Content-Type-Options", "nosniff");
        if (!response.allow.empty()) {
            response_.set(http::field::allow, response.allow);
        }
        close_after_ = close_after_ || shared_->stopping;
        response_.keep_alive(!close_after_);
        response_.content_length(response.body.size());
        if (!head_only_) {
            response_.body() = std::move(response.body);
        }
        stream_.expires_after(io_timeout);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](const error_code& failed, std::size_t) {
                              if (failed || self->close_after_) {
                                  self->close();
                              } else {
                                  self->read();
                              }
                          });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        stream_.close();
    }

    beast::tcp_stream stream_;
    std::shared_ptr<shared_state> shared_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    std::string pending_;  // of a stream
    std::string writing_;
    bool streaming_ = false;
    bool head_only_ = false;
    bool close_after_ = false;
};

}  // namespace

class http_server::impl : public std::enable_shared_from_this<impl> {
public:
    impl(asio::any_io_executor executor, http_handler handler, limits bounds)
        : executor_(std::move(executor)),
          shared_(std::make_shared<shared_state>()),
          acceptor_(executor_) {
        shared_->handler = std::move(handler);
        shared_->bounds = bounds;
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
                if (!failed && self->shared_->connections < self->shared_->bounds.connections) {
                    error_code ignored;
                    socket.set_option(tcp::no_delay(true), ignored);
                    std::make_shared<connection>(std::move(socket), self->shared_)->read();
                }
                if (failed) {
                    return self->accept_later();
                }
                self->accept();
            });
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
    std::shared_ptr<shared_state> shared_;
    tcp::acceptor acceptor_;
};

http_server::http_server(asio::any_io_executor executor, http_handler handler, limits bounds)
    : impl_(std::make_shared<impl>(std::move(executor), std::move(handler), bounds)) {}
http_server::~http_server() { impl_->stop(); }
std::uint16_t http_server::listen(const std::string& address, std::uint16_t port) {
    return impl_->listen(address, port);
}
void http_server::stop() { impl_->stop(); }

}  // namespace mock_smsc
