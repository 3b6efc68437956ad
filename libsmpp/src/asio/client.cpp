#include "smpp/asio/client.hpp"

#include <algorithm>

#include "asio/client_impl.hpp"

namespace smpp {
namespace detail {

void client_impl::connect(std::string host, std::uint16_t port, simple_handler done) {
    close();
    last_error_.clear();
    // A move-only handler inside a copyable function.
    auto kept = std::make_shared<simple_handler>(std::move(done));
    connect_link(executor_, options_, std::move(host), port,
                 [weak = weak_from_this(), kept, attempt = attempt_](
                     error_code failed, std::string text, std::shared_ptr<link> connected) {
                     const auto self = weak.lock();
                     if (self && self->attempt_ == attempt) {
                         self->on_connected(failed, std::move(text), std::move(connected),
                                            std::move(*kept));
                     } else {
                         (*kept)->complete(session_errc::cancelled);
                     }
                 });
}

void client_impl::on_connected(error_code failed, std::string text, std::shared_ptr<link> connected,
                               simple_handler done) {
    last_error_ = std::move(text);
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
    } else {
        waiting_.push_back(std::move(operation));
    }
}

void client_impl::on_turn_end() {
    while (!waiting_.empty() && !ended_ && !link_->core().window_full() &&
           !link_->over_high_water()) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        const auto number = next->send(link_->core(), link_->turn_time());
        on_sent(std::move(next), number);
    }
}

void client_impl::cancel(request_operation* operation) {
    if (operation->sequence_number == 0) {
        const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                        [&](const auto& each) { return each.get() == operation; });
        if (found != waiting_.end()) {
            auto owned = std::move(*found);
            waiting_.erase(found);
            finish(std::move(owned), session_errc::cancelled, nullptr);
        }
    } else if (link_ && link_->core().cancel(operation->sequence_number)) {
        finish(std::unique_ptr<request_operation>(operation), session_errc::cancelled, nullptr);
    }
}

void client_impl::finish(std::unique_ptr<request_operation> operation, error_code failed,
                         const event* answer) {
    if (answer != nullptr) {
        operation->complete(failed, answer);
        return;
    }
    // Never from inside the initiating call.
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
    const bool full = unread_.size() >= options_.max_unread;
    if (options_.answer_incoming) {
        const auto status = full ? command_status::message_queue_full : command_status::ok;
        if (e.header.id == command_id::deliver_sm) {
            std::ignore =
                link_->core().respond(e.header.sequence_number, status, deliver_sm_resp());
        } else if (e.header.id == command_id::data_sm) {
            std::ignore = link_->core().respond(e.header.sequence_number, status, data_sm_resp());
        }
    }
    if (full) {
        return;
    }
    pdu received;
    std::ignore = decode(e.frame, options_.session.decoding, received);
    if (receiver_) {
        std::exchange(receiver_, nullptr)->complete({}, std::move(received));
    } else {
        unread_.push_back(std::move(received));
    }
}

void client_impl::receive(receive_handler handler) {
    auto post_now = [&](error_code failed, pdu received) {
        auto kept = std::make_shared<receive_handler>(std::move(handler));
        boost::asio::post(executor_, [kept, failed, value = std::move(received)]() mutable {
            (*kept)->complete(failed, std::move(value));
        });
    };
    if (!unread_.empty()) {
        pdu next = std::move(unread_.front());
        unread_.pop_front();
        post_now({}, std::move(next));
    } else if (ended_ || !link_) {
        post_now(end_reason_, {});
    } else {
        if (receiver_) {
            std::exchange(receiver_, nullptr)->complete(session_errc::cancelled, {});
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
    for (auto& never_sent : std::exchange(waiting_, {})) {
        finish(std::move(never_sent), session_errc::closed, nullptr);
    }
    if (receiver_) {
        std::exchange(receiver_, nullptr)->complete(end_reason_, {});
    }
    if (unbound_) {
        std::exchange(unbound_, nullptr)->complete({});
    }
    if (options_.on_closed) {
        options_.on_closed(why);
    }
}

void client_impl::unbind(duration drain, simple_handler done) {
    if (!link_ || ended_) {
        auto kept = std::make_shared<simple_handler>(std::move(done));
        boost::asio::post(executor_, [kept] { (*kept)->complete({}); });
        return;
    }
    unbound_ = std::move(done);
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
    ++attempt_;  // what is still connecting is too late
    if (const auto old = link_) {
        old->core().abort(session_errc::closed);
        old->settle();
    }
}

void connect(client_impl& impl, std::string host, std::uint16_t port, simple_handler done) {
    impl.connect(std::move(host), port, std::move(done));
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
