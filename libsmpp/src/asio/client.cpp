#include "smpp/asio/client.hpp"

#include "asio/client_impl.hpp"

namespace smpp {
namespace detail {

/// What an attempt tells. It keeps the handler, so that both go with the executor.
connection_attempt::done_handler client_impl::begin(simple_handler done) {
    close();
    last_error_.clear();
    connecting_ = done.get();
    // A move-only handler inside a copyable function.
    auto kept = std::make_shared<simple_handler>(std::move(done));
    return [weak = weak_from_this(), kept, attempt = attempt_](error_code failed, std::string text,
                                                               std::shared_ptr<link> connected) {
        const auto self = weak.lock();
        if (self && self->attempt_ == attempt) {
            self->on_connected(failed, std::move(text), std::move(connected), std::move(*kept));
        } else {
            (*kept)->complete(session_errc::cancelled);
        }
    };
}

void client_impl::connect(std::string host, std::uint16_t port, simple_handler done) {
    auto told = begin(std::move(done));
    under_way_ =
        connect_link(executor_, options_, contexts_, std::move(host), port, std::move(told));
}

void client_impl::accept(outbind_listener& from, simple_handler done) {
    auto told = begin(std::move(done));
    under_way_ = accept_link(executor_, options_, from, std::move(told));
}

void client_impl::end_attempt() {
    ++attempt_;  // what is still connecting is too late
    connecting_ = nullptr;
    if (const auto late = under_way_.lock()) {
        under_way_.reset();
        late->cancel();
    }
}

void client_impl::on_connected(error_code failed, std::string text, std::shared_ptr<link> connected,
                               simple_handler done) {
    last_error_ = std::move(text);
    connecting_ = nullptr;
    if (!failed) {
        ended_ = false;
        end_reason_ = session_errc::closed;
        link_ = std::move(connected);
        link_->start(shared_from_this());
    }
    done->complete(failed);
}

outlet client_impl::outlet_now() {
    if (!link_ || ended_ || link_->over_high_water()) {
        return {};
    }
    session_core& core = link_->core();
    const bool must_wait = options_.wait_for_window && is_bound(core.state()) &&
                           (core.window_full() || !waiting_.empty());
    return must_wait ? outlet() : outlet{&core, link_->turn_time()};
}

void client_impl::on_sent(std::unique_ptr<request_operation> operation,
                          const result<std::uint32_t>& number) {
    if (!number) {
        finish(std::move(operation), number.error(), nullptr);
        return;
    }
    operation->sequence_number = *number;
    static_cast<void>(operation.release());  // the core's token: on_answer takes it back
    link_->schedule_flush();
}

void client_impl::wait_for_room(std::unique_ptr<request_operation> operation) {
    if (!link_ || ended_) {
        finish(std::move(operation), session_errc::closed, nullptr);
    } else if (waiting_.size() >= options_.max_waiting) {
        finish(std::move(operation), session_errc::window_full, nullptr);
    } else {
        const bool first = waiting_.empty();
        waiting_.push(std::move(operation), link_->turn_time());
        if (first) {
            link_->schedule_flush();  // which sets the timer
        }
    }
}

void client_impl::on_turn_end() {
    while (auto late = link_ ? waiting_.pop_late(link_->turn_time()) : nullptr) {
        finish(std::move(late), session_errc::queue_timeout, nullptr);
    }
    while (!waiting_.empty() && !ended_ && !link_->core().window_full() &&
           !link_->over_high_water()) {
        auto next = waiting_.pop();
        const auto number = next->send(link_->core(), link_->turn_time());
        on_sent(std::move(next), number);
    }
}

void client_impl::cancel(request_operation* operation) {
    if (operation->sequence_number == 0) {
        if (waiting_.contains(operation)) {
            finish(waiting_.remove(operation), session_errc::cancelled, nullptr);
        }
    } else if (link_ && link_->core().cancel(operation->sequence_number)) {
        finish(std::unique_ptr<request_operation>(operation), session_errc::cancelled, nullptr);
        // Its place is free for one that waits.
        boost::asio::post(executor_, [self = shared_from_this()] { self->on_turn_end(); });
    }
}

void client_impl::cancel(const simple_operation* operation) {
    if (operation == connecting_) {
        end_attempt();
        return;
    }
    for (auto each = unbinding_.begin(); each != unbinding_.end(); ++each) {
        if (each->get() == operation) {
            auto owned = std::move(*each);
            unbinding_.erase(each);
            finish(std::move(owned), session_errc::cancelled);
            return;
        }
    }
}

void client_impl::cancel(const receive_operation* operation) {
    if (receiver_.get() == operation) {
        finish(std::exchange(receiver_, nullptr), session_errc::cancelled);
    }
}

// Never from inside the initiating call, nor from inside the signal that cancels.
void client_impl::finish(simple_handler operation, error_code failed) {
    boost::asio::post(executor_,
                      [failed, owned = std::move(operation)] { owned->complete(failed); });
}
void client_impl::finish(receive_handler operation, error_code failed, pdu received) {
    boost::asio::post(
        executor_, [failed, owned = std::move(operation), value = std::move(received)]() mutable {
            owned->complete(failed, std::move(value));
        });
}
void client_impl::finish(std::unique_ptr<request_operation> operation, error_code failed,
                         const event* answer) {
    if (answer != nullptr) {
        operation->complete(failed, answer);
        return;
    }
    boost::asio::post(executor_,
                      [failed, owned = std::move(operation)] { owned->complete(failed, nullptr); });
}

error_code client_impl::outcome(const event& e) {
    if (e.type == event_type::request_failed) {
        return e.error;
    }
    if (e.header.status != command_status::ok) {
        return e.header.status;
    }
    return e.header.id == command_id::generic_nack ? error_code(command_status::unknown_error)
                                                   : error_code();
}

void client_impl::on_event(const event& e) {
    switch (e.type) {
        case event_type::response:
        case event_type::request_failed: on_answer(e); break;
        case event_type::request: on_incoming(e); break;
        case event_type::closed: on_end(e.error); break;
        case event_type::bad_pdu:
        case event_type::nacked:
        case event_type::peer_unbind: break;
    }
}

void client_impl::on_answer(const event& e) {
    const std::unique_ptr<request_operation> operation(
        reinterpret_cast<request_operation*>(e.token));
    if (e.error == session_errc::connection_lost && last_error_.empty()) {
        last_error_ = explain_end();
    }
    operation->complete(outcome(e), &e);
}

void client_impl::on_incoming(const event& e) {
    if (options_.answer_incoming) {
        const bool full = unread_.size() >= options_.max_unread;
        answer_incoming(e.header, full);
        if (full) {
            return;
        }
    }
    pdu received;
    std::ignore = decode(e.frame, options_.session.decoding, received);
    if (receiver_) {
        std::exchange(receiver_, nullptr)->complete({}, std::move(received));
    } else {
        unread_.push_back(std::move(received));
        if (!options_.answer_incoming && unread_.size() >= options_.max_unread) {
            link_->pause_reading();
        }
    }
}

void client_impl::answer_incoming(const header& head, bool full) {
    const auto status = full ? command_status::message_queue_full : command_status::ok;
    session_core& core = link_->core();
    switch (head.id) {
        case command_id::deliver_sm:
            std::ignore = core.respond(head.sequence_number, status, deliver_sm_resp());
            break;
        case command_id::data_sm:
            std::ignore = core.respond(head.sequence_number, status, data_sm_resp());
            break;
        case command_id::alert_notification:
        case command_id::outbind: break;  // have no answer
        default:
            if (full) {
                std::ignore = core.respond(head.sequence_number, status, generic_nack());
            }
    }
}

void client_impl::receive(receive_handler handler) {
    if (!unread_.empty()) {
        finish(std::move(handler), {}, std::move(unread_.front()));
        unread_.pop_front();
        if (link_ && !ended_ && unread_.size() <= options_.max_unread / 2) {
            link_->resume_reading();
        }
    } else if (ended_ || !link_) {
        finish(std::move(handler), end_reason_);
    } else {
        if (receiver_) {
            finish(std::exchange(receiver_, nullptr), session_errc::cancelled);
        }
        receiver_ = std::move(handler);
    }
}

std::string client_impl::explain_end() const {
    const session_core& core = link_->core();
    const std::string why = core.close_reason().message();
    // What a TLS port does to a client that speaks plainly.
    const bool silent =
        core.counters().pdus_in == 0 && core.close_reason() == boost::asio::error::eof;
    return silent ? "the peer closed the connection before it sent anything" : why;
}

void client_impl::on_end(error_code why) {
    ended_ = true;
    if (why) {
        end_reason_ = why;
        if (last_error_.empty()) {
            last_error_ = explain_end();
        }
    }
    while (!waiting_.empty()) {
        finish(waiting_.pop(), session_errc::closed, nullptr);
    }
    if (receiver_) {
        finish(std::exchange(receiver_, nullptr), end_reason_);
    }
    for (auto& each : std::exchange(unbinding_, {})) {
        finish(std::move(each), {});
    }
    if (options_.on_closed) {
        options_.on_closed(why);
    }
}

void client_impl::unbind(duration drain, simple_handler done) {
    if (!link_ || ended_) {
        finish(std::move(done), {});
        return;
    }
    unbinding_.push_back(std::move(done));
    link_->core().shutdown(link::now(), drain);
    link_->schedule_flush();
}

error_code client_impl::respond(const std::function<error_code(session_core&)>& answer) {
    if (!link_ || ended_) {
        return session_errc::closed;
    }
    const error_code failed = answer(link_->core());
    link_->schedule_flush();
    return failed;
}

void client_impl::close() {
    ended_ = true;
    end_attempt();
    if (const auto old = link_) {
        old->core().abort(session_errc::closed);
        old->settle();
    }
}

void connect(client_impl& impl, std::string host, std::uint16_t port, simple_handler done) {
    impl.connect(std::move(host), port, std::move(done));
}
void accept(client_impl& impl, outbind_listener& from, simple_handler done) {
    impl.accept(from, std::move(done));
}
void receive(client_impl& impl, receive_handler handler) { impl.receive(std::move(handler)); }
void unbind(client_impl& impl, duration drain, simple_handler done) {
    impl.unbind(drain, std::move(done));
}
error_code respond(client_impl& impl, const std::function<error_code(session_core&)>& answer) {
    return impl.respond(answer);
}
outlet outlet_of(client_impl& impl) { return impl.outlet_now(); }
void on_sent(client_impl& impl, std::unique_ptr<request_operation> operation,
             const result<std::uint32_t>& number) {
    impl.on_sent(std::move(operation), number);
}
void wait_for_room(client_impl& impl, std::unique_ptr<request_operation> operation) {
    impl.wait_for_room(std::move(operation));
}
std::weak_ptr<client_impl> weak(client_impl& impl) { return impl.weak_from_this(); }
void cancel(client_impl& impl, request_operation* operation) { impl.cancel(operation); }
void cancel(client_impl& impl, simple_operation* operation) { impl.cancel(operation); }
void cancel(client_impl& impl, receive_operation* operation) { impl.cancel(operation); }

}  // namespace detail

client::client(executor_type executor, client_options options)
    : impl_(std::make_shared<detail::client_impl>(std::move(executor), std::move(options))) {}
client::~client() {
    if (impl_) {
        close();
    }
}
client::client(client&&) noexcept = default;
client& client::operator=(client&& other) noexcept {
    client old(std::move(*this));
    impl_ = std::move(other.impl_);
    return *this;
}

client::executor_type client::get_executor() const noexcept { return impl_->executor(); }
void client::close() { impl_->close(); }

session_state client::state() const noexcept {
    return impl_->line() != nullptr ? impl_->line()->core().state() : session_state::closed;
}
std::uint32_t client::in_flight() const noexcept {
    return impl_->line() != nullptr ? impl_->line()->core().in_flight() : 0;
}
interface_version client::peer_version() const noexcept {
    return impl_->line() != nullptr ? impl_->line()->core().peer_version()
                                    : interface_version::v3_3;
}
interface_version client::agreed_version() const noexcept {
    return impl_->line() != nullptr ? impl_->line()->core().agreed_version()
                                    : interface_version::v5_0;
}
session_counters client::counters() const noexcept {
    return impl_->line() != nullptr ? impl_->line()->core().counters() : session_counters{};
}
const std::string& client::last_error() const noexcept { return impl_->last_error(); }
std::string client::peer() const {
    return impl_->line() != nullptr ? impl_->line()->peer() : std::string();
}
std::string client::security() const {
    return impl_->line() != nullptr ? impl_->line()->security() : std::string();
}

}  // namespace smpp
