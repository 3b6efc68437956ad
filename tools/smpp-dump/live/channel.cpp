#include "smpp-dump/live/channel.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace smpp_dump {
namespace {

using boost::system::error_code;
constexpr std::size_t most_at_once = 1U << 16;

}  // namespace

end_point to_end_point(const asio::ip::tcp::endpoint& end) {
    end_point made;
    made.port = end.port();
    made.address.v6 = end.address().is_v6();
    if (made.address.v6) {
        made.address.octets = end.address().to_v6().to_bytes();
    } else {
        const auto four = end.address().to_v4().to_bytes();
        std::copy(four.begin(), four.end(), made.address.octets.begin());
    }
    return made;
}

channel::channel(asio::ip::tcp::socket socket)
    : socket_(std::move(socket)), idle_(socket_.get_executor()) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    idle_.expires_at(asio::steady_timer::time_point::max());
}

end_point channel::remote() const {
    error_code ignored;
    return to_end_point(socket_.remote_endpoint(ignored));
}

stream_end channel::end_of(const error_code& failed) {
    if (failed == asio::error::eof) {
        return tls_ ? stream_end::truncated : stream_end::closed;
    }
    failure_ = failed.message();
    return failed == asio::error::connection_reset ? stream_end::reset : stream_end::failed;
}

asio::awaitable<bool> channel::handshake() {
    for (;;) {
        const tls_state state = tls_->handshake();
        const bool sent = co_await flush();
        if (state == tls_state::fine) {
            co_return sent;
        }
        if (state != tls_state::hungry) {
            failure_ = tls_->error();
            co_return false;
        }
        error_code failed;
        in_.resize(most_at_once);
        const std::size_t got = co_await socket_.async_read_some(
            asio::buffer(in_), asio::redirect_error(asio::use_awaitable, failed));
        if (failed) {
            failure_ =
                failed == asio::error::eof ? "the peer closed the connection" : failed.message();
            co_return false;
        }
        tls_->feed(smpp::as_octets(std::string_view(in_).substr(0, got)));
    }
}

asio::awaitable<stream_end> channel::read(std::string& text) {
    text.clear();
    if (tls_ && ended_ == stream_end::none) {  // what came with the end of the handshake
        if (tls_->read(text) == tls_state::closed) {
            ended_ = stream_end::closed;
        }
    }
    while (text.empty() && ended_ == stream_end::none) {
        error_code failed;
        in_.resize(most_at_once);
        const std::size_t got = co_await socket_.async_read_some(
            asio::buffer(in_), asio::redirect_error(asio::use_awaitable, failed));
        if (failed) {
            ended_ = end_of(failed);
            break;
        }
        const std::string_view octets = std::string_view(in_).substr(0, got);
        if (!tls_) {
            text = octets;
            break;
        }
        tls_->feed(smpp::as_octets(octets));
        const tls_state state = tls_->read(text);
        if (state == tls_state::closed) {
            ended_ = stream_end::closed;
        } else if (state == tls_state::failed) {
            failure_ = tls_->error();
            ended_ = stream_end::failed;
        }
        out_ += tls_->take_output();  // an answer to a KeyUpdate, an alert
        if (!out_.empty()) {
            co_await flush();
        }
    }
    co_return ended_;
}

asio::awaitable<bool> channel::write(smpp::octet_span octets) {
    if (!tls_) {
        out_ += smpp::as_text(octets);
    } else if (!tls_->write(octets)) {
        failure_ = tls_->error();
        co_return false;
    }
    co_return co_await flush();
}

/// One write in the air. Others wait, and find their octets sent with those of another.
asio::awaitable<bool> channel::flush() {
    if (tls_) {
        out_ += tls_->take_output();
    }
    error_code failed;
    while (writing_) {
        co_await idle_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
    }
    while (!out_.empty() && !write_failed_) {
        writing_ = true;
        std::string block;
        block.swap(out_);
        co_await asio::async_write(socket_, asio::buffer(block),
                                   asio::redirect_error(asio::use_awaitable, failed));
        writing_ = false;
        write_failed_ = failed.failed();
        if (write_failed_) {
            failure_ = failed.message();
        }
    }
    idle_.cancel();
    co_return !write_failed_;
}

asio::awaitable<void> channel::shutdown_send(bool notify) {
    if (tls_ && notify) {
        tls_->close_notify();
        co_await flush();
    }
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void channel::reset() noexcept {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void channel::close() noexcept {
    error_code ignored;
    socket_.close(ignored);
}

void channel::cancel() noexcept {
    error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace smpp_dump
