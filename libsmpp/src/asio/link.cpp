#include "asio/link.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

namespace smpp::detail {

link::link(boost::asio::any_io_executor executor, role role, const session_options& options,
           link_options link_options)
    : executor_(std::move(executor)),
      timer_(executor_),
      core_(role, options, now()),
      options_(std::move(link_options)) {
    if (options_.trace) {
        core_.set_frame_hook([this](octet_span frame) { options_.trace(direction::in, frame); });
    }
}

/// What happens while the owner is told of events happens after all of them. A completion handler
/// that throws ends the turn, not the session: the rest of the events is told in the next.
class link::turn_guard {
public:
    turn_guard(link& of, time_point at) : link_(of.shared_from_this()) {
        link_->in_turn_ = true;
        link_->turn_began_ = at;
    }
    turn_guard(const turn_guard&) = delete;
    turn_guard& operator=(const turn_guard&) = delete;
    ~turn_guard() {
        link_->in_turn_ = false;
        if (std::uncaught_exceptions() > exceptions_) {
            boost::asio::post(link_->executor_, [self = link_] {
                self->turn(now());
                self->read_on();
            });
        }
    }

private:
    std::shared_ptr<link> link_;  ///< an owner may let go of us from inside
    int exceptions_ = std::uncaught_exceptions();
};

void link::start(std::shared_ptr<link_owner> owner) {
    owner_ = std::move(owner);
    {
        const turn_guard guard(*this, now());
        owner_->on_start();
    }
    settle();
    read_on();
}

void link::read_on() {
    if (reading_ || !stream_open_ || core_.wants_close() || answers_deadline_ != timers::never) {
        return;
    }
    // Back-pressure: a peer that does not read its answers is not read from either.
    const bool held = paused_ || over_high_water();
    if (held || was_held_) {
        was_held_ = held;
        core_.hold_reading(held, now());
        arm_timer();
    }
    if (!held) {
        reading_ = true;
        const auto room = core_.rx_prepare(read_size_);
        room_ = room.size();
        read_into(room);
    }
}

void link::resume_reading() {
    paused_ = false;
    if (!in_turn_) {  // a turn ends with reading on
        read_on();
    }
}

void link::on_read(const error_code& failed, std::size_t n) {
    reading_ = false;
    if (n > 0 && !muted_) {
        const time_point at = now();
        core_.rx_commit(n, at);
        constexpr std::size_t largest_read = 256U << 10U;
        if (n >= read_size_ && read_size_ < largest_read) {
            read_size_ *= 2;
        }
        if (n == room_ && !failed) {
            // More has come together with this: its answers shall leave together, too. If that is
            // wrong, nothing is read before the flush.
            run_turn(at);
            read_on();
            schedule_flush();
            return;
        }
        turn(at);
    }
    if (failed && stream_open_) {
        if (failed == boost::asio::error::eof && !muted_ && peer_waits() &&
            options_.half_close_timer != duration::zero()) {
            answers_deadline_ = now() + options_.half_close_timer;
            arm_timer();
            return;
        }
        on_peer_end(failed);
        return;
    }
    read_on();
}

/// Whether the peer has asked what is not answered, or not written, yet.
bool link::peer_waits() noexcept {
    return !core_.wants_close() && (core_.unanswered() > 0 || unwritten() > 0);
}

void link::on_peer_end(const error_code& why) {
    answers_deadline_ = timers::never;
    // What was read has been answered; the peer may still read although it writes no more.
    flush();
    core_.on_closed(why);
    end_stream(true);
    turn(now());
}

void link::run_turn(time_point at) {
    const turn_guard guard(*this, at);
    tell_events();
    if (owner_) {
        owner_->on_turn_end();
    }
}

void link::turn(time_point at) {
    const auto self = shared_from_this();
    run_turn(at);
    settle();
}

void link::tell_events() {
    // The other end works on the first answers while the rest is made: where one read brings all of
    // a window, the two would otherwise wait for each other in turn. The smaller the window, the
    // sooner; but while other sessions are at work nobody waits, and more writes only cost.
    thread_local const link* latest = nullptr;  // of this thread that had a turn; only compared
    const bool alone = std::exchange(latest, this) == this;
    const bool small_window = read_size_ <= (4U << 10U);
    const std::size_t early_write = (alone && small_window ? 2U : 8U) << 10U;
    while (const event* next = core_.poll()) {
        if (core_.tx().size() > early_write) {
            flush();
        }
        if (next->type == event_type::closed) {
            // The last it hears; it is let go of whatever it does about that.
            if (const auto last = std::exchange(owner_, nullptr)) {
                last->on_event(*next);
            }
        } else if (owner_) {
            owner_->on_event(*next);
        }
    }
}

void link::settle() {
    if (in_turn_) {
        return;  // the turn ends with it
    }
    flush();
    end_sending();
    if (core_.state() == session_state::closed) {
        end_stream(false);
        const turn_guard guard(*this, now());
        tell_events();
    } else if (core_.wants_close() && writing_.empty() && core_.tx().empty()) {
        core_.on_closed({});
        end_stream(true);
        turn(now());
    } else if (answers_deadline_ != timers::never && !peer_waits()) {
        on_peer_end(boost::asio::error::eof);
    } else {
        arm_timer();
    }
}

void link::schedule_flush() {
    if (!in_turn_ && !flush_scheduled_) {
        flush_scheduled_ = true;
        boost::asio::post(executor_, [self = shared_from_this()] {
            self->flush_scheduled_ = false;
            self->settle();
        });
    }
}

void link::flush() {
    if (!writing_.empty() || core_.tx().empty() || !stream_open_ || half_closed_ || muted_) {
        return;
    }
    if (options_.trace) {
        trace_outgoing();
    }
    swap(writing_, core_.tx());
    write_next();
}

void link::write_next() {
    if (paced_ != 0) {
        write_later();
        return;
    }
    in_the_air_ = writing_.size();
    write_rest();
}

void link::write_rest() {
    write_deadline_ =
        options_.write_timer == duration::zero() ? timers::never : now() + options_.write_timer;
    write_some(writing_.octets().first(in_the_air_));
}

void link::pace(std::size_t size, duration interval) {
    paced_ = unwritten();
    pace_size_ = std::max<std::size_t>(1, size);
    pace_interval_ = interval;
    pace_timer_ = std::make_unique<boost::asio::steady_timer>(executor_);
    schedule_flush();
}

void link::write_later() {
    pace_timer_->expires_after(pace_interval_);
    pace_timer_->async_wait([weak = weak_from_this()](const error_code&) {
        const auto self = weak.lock();
        if (self && self->stream_open_) {
            self->in_the_air_ = std::min(self->pace_size_, self->writing_.size());
            self->write_rest();
        }
    });
}

void link::end_sending() {
    if (when_written_ && stream_open_ && writing_.empty() && core_.tx().empty()) {
        boost::asio::post(executor_, std::exchange(when_written_, nullptr));
    }
    if (half_closed_ || muted_) {
        core_.tx().consume(core_.tx().size());
    } else if (half_close_wanted_ && writing_.empty() && core_.tx().empty()) {
        half_closed_ = true;
        close_sending();
    }
}

void link::trace_outgoing() {
    octet_span rest = core_.tx().octets();
    while (rest.size() >= header_size) {
        // Raw octets of a server that misbehaves on purpose need not be PDUs.
        const std::size_t claimed = load_be<std::uint32_t>(rest.data());
        const std::size_t length =
            claimed >= header_size && claimed <= rest.size() ? claimed : rest.size();
        options_.trace(direction::out, rest.first(length));
        rest = rest.subspan(length);
    }
}

void link::on_written(const error_code& failed, std::size_t n) {
    write_deadline_ = timers::never;
    const bool was_over = over_high_water();
    writing_.consume(n);
    paced_ -= std::min(paced_, n);
    in_the_air_ -= n;
    if (failed) {
        if (stream_open_) {
            core_.on_closed(failed);
            end_stream(false);
            turn(now());
        }
        return;
    }
    if (in_the_air_ > 0 && stream_open_) {
        write_rest();
    } else if (!writing_.empty() && stream_open_) {
        write_next();
    } else {
        settle();
    }
    if (was_over && !over_high_water()) {
        turn(now());
        read_on();
    }
}

void link::arm_timer() {
    if (!stream_open_ || muted_) {
        return;
    }
    time_point next = core_.deadline().value_or(timers::never);
    next = std::min({next, write_deadline_, answers_deadline_});
    if (owner_) {
        next = std::min(next, owner_->deadline());
    }
    // A timer that fires too early is asked again for the deadline; moving it for every request
    // would cost more.
    if (next >= armed_) {
        return;
    }
    armed_ = next;
    timer_.expires_at(next);
    timer_.async_wait([weak = weak_from_this()](const error_code& cancelled) {
        const auto self = weak.lock();
        if (self && !cancelled) {
            self->on_timer();
        }
    });
}

void link::on_timer() {
    armed_ = timers::never;
    if (!stream_open_ || muted_) {
        return;
    }
    const time_point at = now();
    if (write_deadline_ <= at) {
        core_.abort(session_errc::write_timeout);
    } else if (answers_deadline_ <= at) {
        on_peer_end(boost::asio::error::eof);
        return;
    } else {
        core_.on_deadline(at);
    }
    turn(at);
    read_on();
    arm_timer();
}

void link::end_stream(bool orderly) {
    if (stream_open_) {
        stream_open_ = false;
        when_written_ = nullptr;  // it may hold us
        timer_.cancel();
        close_stream(orderly);
    }
}

}  // namespace smpp::detail
