#include "mock-smsc/http/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "mock-smsc/http/http_auth.hpp"
#include "mock-smsc/http/websocket.hpp"

namespace mock_smsc {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using boost::system::error_code;

http_response error_response(unsigned status, std::string_view code, std::string_view message) {
    return json_response(
        status, fmt::format(R"({{"error":{{"code":"{}","message":"{}"}}}})", code, message));
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

/// "[::1]:2780" and "localhost:2780" without port and brackets.
std::string_view name_in(std::string_view host) noexcept {
    if (host.starts_with('[')) {
        return host.substr(1, std::min(host.find(']'), host.size()) - 1);
    }
    return host.substr(0, std::min(host.find(':'), host.size()));
}

/// Whether the name in the header Host is one of ours: a page that has its own name lead here can
/// send requests that seem to be from the same site (DNS rebinding).
bool is_ours(const http::request<http::string_body>& request, const http_shared& shared) {
    const auto field = request[http::field::host];
    const std::string_view name = name_in({field.data(), field.size()});
    const auto& names = shared.bounds.hosts;
    const bool any = names.empty() && (shared.auth != nullptr || !shared.loopback);
    if (any || field.empty()) {  // HTTP/1.0; browsers always say it
        return true;
    }
    error_code failed;
    const auto address = asio::ip::make_address(std::string(name), failed);
    return beast::iequals({name.data(), name.size()}, "localhost") ||
           (!failed && address.is_loopback()) ||
           std::any_of(names.begin(), names.end(), [&](const std::string& each) {
               return beast::iequals({name.data(), name.size()}, each);
           });
}

/// Counts as long as it lives.
class place_held {
public:
    explicit place_held(std::shared_ptr<http_shared> in) : in_(std::move(in)) {
        ++in_->connections;
    }
    ~place_held() { --in_->connections; }
    place_held(const place_held&) = delete;
    place_held& operator=(const place_held&) = delete;

private:
    std::shared_ptr<http_shared> in_;
};

class connection : public event_stream, public std::enable_shared_from_this<connection> {
public:
    connection(tcp::socket socket, std::shared_ptr<http_shared> shared)
        : stream_(std::move(socket)),
          shared_(std::move(shared)),
          place_(std::make_shared<place_held>(shared_)) {}

    void read() {
        parser_.emplace();
        parser_->header_limit(shared_->bounds.header);
        parser_->body_limit(shared_->bounds.body);
        stream_.expires_after(shared_->bounds.time);
        gives_way();
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](const error_code& failed, std::size_t) {
                             self->has_place();
                             self->on_read(failed);
                         });
    }

    bool send(std::string_view type, std::string_view json) override {
        constexpr std::size_t most = std::size_t{1} << 20;
        if (!streaming_ || pending_.size() + json.size() > most) {
            end_stream();
            return false;
        }
        pending_ += fmt::format("event: {}\ndata: {}\n\n", type, json);
        flush_stream();
        return true;
    }

private:
    /// From now on it may be closed where others need its place.
    void gives_way() {
        has_place();
        waiting_ = shared_->waiting.insert(shared_->waiting.end(), [weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->has_place();
                self->place_.reset();
                self->stream_.close();
            }
        });
    }

    void has_place() {
        if (waiting_) {
            shared_->waiting.erase(*waiting_);
            waiting_.reset();
        }
    }

    void start_stream(const std::function<void(std::shared_ptr<event_stream>)>& begin) {
        streaming_ = true;
        pending_ =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n: hello\n\n";
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
        if (!is_ours(request, *shared_)) {
            return write(error_response(403, "forbidden",
                                        "no such host here; --http-host gives it another name"));
        }
        const bool safe = head_only_ || request.method() == http::verb::get;
        if ((!safe || websocket::is_upgrade(request)) && from_elsewhere(request)) {
            return write(error_response(403, "forbidden", "the request comes from another site"));
        }
        http_request out;
        out.method = head_only_ ? "GET" : std::string(request.method_string());
        parse_target({request.target().data(), request.target().size()}, out);
        authorize(std::move(out));
    }

    /// Probes are for everybody: what asks for them seldom knows a password.
    void authorize(http_request request) {
        const bool free = request.path == "/livez" || request.path == "/readyz";
        if (!shared_->auth || free) {
            return answer(std::move(request));
        }
        stream_.expires_never();
        const auto header = parser_->get()[http::field::authorization];
        shared_->auth->check(
            {header.data(), header.size()},
            [self = shared_from_this(), request = std::move(request)](password_check said) mutable {
                if (said == password_check::right) {
                    self->answer(std::move(request));
                } else if (said == password_check::impossible) {
                    self->write(
                        error_response(503, "unavailable", "the password cannot be checked now"));
                } else {
                    auto refusal = error_response(401, "unauthorized", "who are you?");
                    refusal.authenticate = "Basic realm=\"mock-smsc\", Bearer";
                    self->write(std::move(refusal));
                }
            });
    }

    void answer(http_request request) {
        if (!websocket::is_upgrade(parser_->get())) {
            request.body = std::move(parser_->get().body());
        }
        // The answer may take as long as a client waits for messages.
        stream_.expires_never();
        answered_ = false;
        shared_->handler(request, [self = shared_from_this()](http_response response) {
            self->answered_ = true;
            self->has_place();
            self->write(std::move(response));
        });
        if (!answered_) {
            watch_client();
        }
    }

    /// A client that says more while its answer is awaited, or has ended, may want it all the same,
    /// or be gone: it is the first to give way.
    void watch_client() {
        stream_.socket().async_wait(tcp::socket::wait_read,
                                    [self = shared_from_this()](const error_code& failed) {
                                        if (!failed && !self->answered_) {
                                            self->gives_way();
                                        }
                                    });
    }

    void write(http_response response) {
        if (response.stream && websocket::is_upgrade(parser_->get())) {
            return open_websocket(std::move(stream_), parser_->get(), response.stream, place_);
        }
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
        if (!response.authenticate.empty()) {
            response_.set(http::field::www_authenticate, response.authenticate);
        }
        close_after_ = close_after_ || shared_->stopping;
        response_.keep_alive(!close_after_);
        response_.content_length(response.body.size());
        if (!head_only_) {
            response_.body() = std::move(response.body);
        }
        stream_.expires_after(shared_->bounds.time);
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
    std::shared_ptr<http_shared> shared_;
    std::shared_ptr<place_held> place_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    std::optional<std::list<std::function<void()>>::iterator> waiting_;  // while it gives way
    std::string pending_;                                                // of a stream
    std::string writing_;
    bool streaming_ = false;
    bool head_only_ = false;
    bool close_after_ = false;
    bool answered_ = true;
};

}  // namespace

void serve_http(tcp::socket socket, std::shared_ptr<http_shared> shared) {
    std::make_shared<connection>(std::move(socket), std::move(shared))->read();
}

}  // namespace mock_smsc
