// The operations behind reconnecting_client and client_pool: requests that wait for a session, and
// may wait again when that could not send them.
#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "smpp/asio/client.hpp"

namespace smpp::detail {

class pool_impl;

/// What came of a request at one member.
struct pool_outcome {
    error_code failed;
    std::optional<std::uint8_t> congestion_state;
};

/// A request with its handler, owned by the pool while it waits, by the client's operation while
/// that is under way.
class pool_operation {
public:
    using ptr = std::unique_ptr<pool_operation>;
    /// Told once, with the operation itself: it completes it, or keeps it to try again.
    using done = std::function<void(ptr, const pool_outcome&)>;

    virtual ~pool_operation() = default;
    virtual command_id id() const noexcept = 0;
    virtual void start(ptr self, client& with, done then) = 0;
    /// With the outcome, or with the answer kept from the last start().
    virtual void complete(error_code failed) = 0;

    /// Stops what start() began, if it did.
    void cancel() { stop_.emit(boost::asio::cancellation_type::terminal); }

    std::uint64_t serial = 0;  ///< in the order they came
    bool under_way = false;
    bool cancelled = false;

protected:
    boost::asio::cancellation_signal stop_;
};

void submit(pool_impl&, pool_operation::ptr);
void cancel(pool_impl&, pool_operation*);
void cancel(pool_impl&, simple_operation*);
void cancel(pool_impl&, receive_operation*);
void start(pool_impl&, simple_handler);
void unbind(pool_impl&, duration drain, simple_handler);
void receive(pool_impl&, receive_handler);
[[nodiscard]] boost::asio::any_io_executor executor_of(pool_impl&);
[[nodiscard]] std::weak_ptr<pool_impl> weak(pool_impl&);
[[nodiscard]] client& pool_client(pool_impl&, std::size_t member);

template <request P, class Handler>
class typed_pool_operation final : public pool_operation {
public:
    typed_pool_operation(const P& body, Handler handler, boost::asio::any_io_executor executor)
        : body_(body), handler_(std::move(handler)), executor_(std::move(executor)) {}

    command_id id() const noexcept override { return P::id; }

    void start(ptr self, client& with, done then) override {
        with.async_request(
            body_, boost::asio::bind_cancellation_slot(
                       stop_.slot(), [self = std::move(self), then = std::move(then)](
                                         error_code failed, typename P::response answer) mutable {
                           pool_outcome outcome{failed, std::nullopt};
                           if constexpr (requires { answer.tlvs; }) {
                               outcome.congestion_state = answer.tlvs.get(tlv::congestion_state);
                           }
                           auto& typed = static_cast<typed_pool_operation&>(*self);
                           typed.answer_ = std::move(answer);
                           then(std::move(self), outcome);
                       }));
    }

    void complete(error_code failed) override {
        clear_slot(handler_);
        complete_on(executor_, std::move(handler_), failed, std::move(answer_));
    }

    [[nodiscard]] Handler& handler() noexcept { return handler_; }

private:
    P body_;
    Handler handler_;
    boost::asio::any_io_executor executor_;
    typename P::response answer_;
};

template <class P, class Handler>
void start_pool_request(pool_impl& impl, const P& body, Handler handler) {
    auto operation = std::make_unique<typed_pool_operation<P, Handler>>(body, std::move(handler),
                                                                        executor_of(impl));
    watch_slot(operation->handler(), impl, static_cast<pool_operation*>(operation.get()));
    submit(impl, std::move(operation));
}

template <request P, class Token>
auto pool_request(pool_impl& impl, const P& pdu, Token&& token) {
    return boost::asio::async_initiate<Token, void(error_code, typename P::response)>(
        [&impl](auto handler, const P& body) {
            start_pool_request(impl, body, std::move(handler));
        },
        token, pdu);
}

template <class Token>
auto pool_receive(pool_impl& impl, Token&& token) {
    return boost::asio::async_initiate<Token, void(error_code, pdu)>(
        [&impl](auto handler) {
            receive(impl, erase_receive(impl, std::move(handler), executor_of(impl)));
        },
        token);
}

template <class Token>
auto start_pool(pool_impl& impl, Token&& token) {
    return boost::asio::async_initiate<Token, void(error_code)>(
        [&impl](auto handler) {
            start(impl, erase_handler(impl, std::move(handler), executor_of(impl)));
        },
        token);
}

template <class Token>
auto unbind_pool(pool_impl& impl, duration drain, Token&& token) {
    return boost::asio::async_initiate<Token, void(error_code)>(
        [&impl](auto handler, duration wait) {
            unbind(impl, wait, erase_handler(impl, std::move(handler), executor_of(impl)));
        },
        token, drain);
}

}  // namespace smpp::detail
