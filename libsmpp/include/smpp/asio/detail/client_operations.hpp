// The operations behind smpp::client: handlers kept until their outcome is known, typed where they
// are made and untyped where they wait.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "smpp/session/request_queue.hpp"

namespace smpp {
class outbind_listener;
}  // namespace smpp

namespace smpp::detail {

class client_impl;

/// Calls a handler on its executor: at once where that is the running one.
template <class Handler, class... Args>
void complete_on(const boost::asio::any_io_executor& executor, Handler handler, Args... args) {
    const auto target = boost::asio::get_associated_executor(handler, executor);
    boost::asio::dispatch(target,
                          [call = std::move(handler), ... values = std::move(args)]() mutable {
                              std::move(call)(std::move(values)...);
                          });
}

// A move-only handler behind one virtual call. (any_completion_handler of Boost 1.81 cannot be
// move-assigned.)
struct simple_operation {
    virtual ~simple_operation() = default;
    virtual void complete(error_code failed) = 0;
};
using simple_handler = std::unique_ptr<simple_operation>;

struct receive_operation {
    virtual ~receive_operation() = default;
    virtual void complete(error_code failed, pdu received) = 0;
};
using receive_handler = std::unique_ptr<receive_operation>;

/// Gives an operation up when its handler's slot says so; it completes later, from elsewhere.
template <class Handler, class Impl, class Operation>
void watch_slot(const Handler& handler, Impl& impl, Operation* operation) {
    if (auto slot = boost::asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.assign([of = weak(impl), operation](boost::asio::cancellation_type type) {
            const auto alive = of.lock();
            if (alive && type != boost::asio::cancellation_type::none) {
                cancel(*alive, operation);
            }
        });
    }
}

/// Before completion: the slot knows the operation no more.
template <class Handler>
void clear_slot(const Handler& handler) {
    if (auto slot = boost::asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.clear();
    }
}

template <class Impl, class Handler>
simple_handler erase_handler(Impl& impl, Handler handler, boost::asio::any_io_executor executor) {
    struct operation final : simple_operation {
        operation(Handler h, boost::asio::any_io_executor e)
            : call(std::move(h)), on(std::move(e)) {}
        void complete(error_code failed) override {
            clear_slot(call);
            complete_on(on, std::move(call), failed);
        }
        Handler call;
        boost::asio::any_io_executor on;
    };
    auto made = std::make_unique<operation>(std::move(handler), std::move(executor));
    watch_slot(made->call, impl, static_cast<simple_operation*>(made.get()));
    return made;
}

template <class Impl, class Handler>
receive_handler erase_receive(Impl& impl, Handler handler, boost::asio::any_io_executor executor) {
    struct operation final : receive_operation {
        operation(Handler h, boost::asio::any_io_executor e)
            : call(std::move(h)), on(std::move(e)) {}
        void complete(error_code failed, pdu received) override {
            clear_slot(call);
            complete_on(on, std::move(call), failed, std::move(received));
        }
        Handler call;
        boost::asio::any_io_executor on;
    };
    auto made = std::make_unique<operation>(std::move(handler), std::move(executor));
    watch_slot(made->call, impl, static_cast<receive_operation*>(made.get()));
    return made;
}

void connect(client_impl&, std::string host, std::uint16_t port, simple_handler);
void accept(client_impl&, outbind_listener& from, simple_handler);
void receive(client_impl&, receive_handler);
void unbind(client_impl&, duration drain, simple_handler);
error_code respond(client_impl&, const std::function<error_code(session_core&)>&);
/// Where a request goes now, and its time; null: it has to wait, or there is no session.
struct outlet {
    session_core* core = nullptr;
    time_point at{};
};
[[nodiscard]] outlet outlet_of(client_impl&);
/// After send(): it waits for its answer; a refusal completes it.
void on_sent(client_impl&, std::unique_ptr<request_operation>, const result<std::uint32_t>& number);
/// Keeps it until the window has room; without a session it is completed.
void wait_for_room(client_impl&, std::unique_ptr<request_operation>);
[[nodiscard]] std::weak_ptr<client_impl> weak(client_impl&);
// A completed operation is never given up: its slot is cleared.
void cancel(client_impl&, request_operation*);
void cancel(client_impl&, simple_operation*);
void cancel(client_impl&, receive_operation*);

template <request P, class Handler>
class typed_request final : public request_operation {
public:
    typed_request(Handler handler, boost::asio::any_io_executor executor)
        : handler_(std::move(handler)), executor_(std::move(executor)) {}

    void keep(const P& body) { body_.emplace(body); }
    result<std::uint32_t> send(session_core& core, time_point now) override {
        return send(*body_, core, now);
    }
    result<std::uint32_t> send(const P& body, session_core& core, time_point now) {
        return core.request(
            body, reinterpret_cast<std::uint64_t>(static_cast<request_operation*>(this)), now);
    }

    void complete(error_code failed, const event* answer) override {
        clear_slot(handler_);
        typename P::response response;
        if (answer != nullptr && answer->header.id == P::response::id) {
            // What cannot be read in the body does not change the outcome.
            std::ignore = decode_body(answer->frame.subspan(header_size), answer->header.status,
                                      decode_mode::lenient, response);
        }
        if (answer != nullptr && answer->type == event_type::response && runs_here()) {
            Handler call = std::move(handler_);
            std::move(call)(failed, std::move(response));
        } else {
            complete_on(executor_, std::move(handler_), failed, std::move(response));
        }
    }

    [[nodiscard]] Handler& handler() noexcept { return handler_; }

private:
    /// Answers are read on the client's executor: what runs there needs no dispatch.
    [[nodiscard]] bool runs_here() const noexcept {
        const auto& target = boost::asio::get_associated_executor(handler_, executor_);
        if constexpr (std::is_same_v<decltype(target), const boost::asio::any_io_executor&>) {
            return target == executor_;
        } else {
            return false;
        }
    }

    std::optional<P> body_;  ///< of one that waits
    Handler handler_;
    boost::asio::any_io_executor executor_;
};

template <request P, class Handler>
void start_request(client_impl& impl, const P& body, Handler handler,
                   boost::asio::any_io_executor executor) {
    auto operation =
        std::make_unique<typed_request<P, Handler>>(std::move(handler), std::move(executor));
    watch_slot(operation->handler(), impl, static_cast<request_operation*>(operation.get()));
    if (const outlet to = outlet_of(impl); to.core != nullptr) {
        const auto number = operation->send(body, *to.core, to.at);
        on_sent(impl, std::move(operation), number);
    } else {
        operation->keep(body);
        wait_for_room(impl, std::move(operation));
    }
}

}  // namespace smpp::detail
