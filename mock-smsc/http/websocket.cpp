#include "mock-smsc/http/websocket.hpp"

#include <fmt/format.h>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

namespace mock_smsc {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

class websocket_events : public event_stream,
                         public std::enable_shared_from_this<websocket_events> {
public:
    websocket_events(beast::tcp_stream stream, std::shared_ptr<void> held)
        : stream_(std::move(stream)), held_(std::move(held)) {}

    void accept(const beast::http::request<beast::http::string_body>& request,
                std::function<void(std::shared_ptr<event_stream>)> begin) {
        // Its own timers from here on: a client that is gone is found out by pings.
        beast::get_lowest_layer(stream_).expires_never();
        stream_.set_option(websocket::stream_base::timeout{std::chrono::seconds(10),
                                                           std::chrono::seconds(60), true});
        stream_.read_message_max(4096);  // clients have nothing to say
        stream_.async_accept(request, [self = shared_from_this(),
                                       begin = std::move(begin)](const error_code& failed) {
            if (!failed) {
                self->open_ = true;
                self->read();
                begin(self);
            }
        });
    }

    bool send(std::string_view type, std::string_view json) override {
        constexpr std::size_t most = std::size_t{1} << 20;
        if (!open_ || queued_ + json.size() > most) {
            end();
            return false;
        }
        queue_.push_back(fmt::format(R"({{"event":"{}","data":{}}})", type, json));
        queued_ += queue_.back().size();
        if (queue_.size() == 1) {
            write();
        }
        return true;
    }

private:
    void read() {
        stream_.async_read(buffer_,
                           [self = shared_from_this()](const error_code& failed, std::size_t) {
                               self->buffer_.clear();
                               if (failed) {
                                   self->end();
                               } else {
                                   self->read();
                               }
                           });
    }

    void write() {
        stream_.text(true);
        stream_.async_write(boost::asio::buffer(queue_.front()),
                            [self = shared_from_this()](const error_code& failed, std::size_t) {
                                self->queued_ -= self->queue_.front().size();
                                self->queue_.pop_front();
                                if (failed) {
                                    self->end();
                                } else if (!self->queue_.empty()) {
                                    self->write();
                                }
                            });
    }

    void end() {
        open_ = false;
        beast::get_lowest_layer(stream_).close();
    }

    websocket::stream<beast::tcp_stream> stream_;
    std::shared_ptr<void> held_;
    beast::flat_buffer buffer_;
    std::deque<std::string> queue_;  // the first is being written
    std::size_t queued_ = 0;         // octets
    bool open_ = false;
};

}  // namespace

void open_websocket(beast::tcp_stream stream,
                    const beast::http::request<beast::http::string_body>& request,
                    std::function<void(std::shared_ptr<event_stream>)> begin,
                    std::shared_ptr<void> held) {
    std::make_shared<websocket_events>(std::move(stream), std::move(held))
        ->accept(request, std::move(begin));
}

}  // namespace mock_smsc
