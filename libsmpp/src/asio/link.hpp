// Link: moves octets between a session core and a stream, and sleeps until the core's deadline.
//
// One read and one write are in the air at most. What is queued while a write is in the air leaves
// as one block after it; what a handler turn queues leaves at its end, and before that when it has
// become much. Everything runs on the stream's executor.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "smpp/asio/trace.hpp"
#include "smpp/session/session_core.hpp"

namespace smpp::detail {

/// What a link tells its owner, on the executor.
class link_owner {
public:
    /// Before anything is read.
    virtual void on_start() {}
    virtual void on_event(const event&) = 0;
    /// After the events of one read or timer: room in the window or in the write queue may have
    /// come.
    virtual void on_turn_end() {}
    /// A turn shall end by then, whatever the core waits for.
    [[nodiscard]] virtual time_point deadline() const { return timers::never; }

    virtual ~link_owner() = default;
};

struct link_options {
    std::size_t high_water = 4U << 20U;  ///< octets unwritten, above which nothing is read
    duration write_timer = std::chrono::seconds(30);  ///< the peer must take something by then
    /// A peer that writes no more may wait so long for what it asked.
    duration half_close_timer = duration::zero();
    trace_hook trace;
};

class link : public std::enable_shared_from_this<link> {
public:
    link(boost::asio::any_io_executor executor, role role, const session_options& options,
         link_options link_options);
    virtual ~link() = default;
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    session_core& core() noexcept { return core_; }
    [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept {
        return executor_;
    }
    [[nodiscard]] static time_point now() noexcept { return session_clock::now(); }
    /// When the turn at hand began, now outside of one: asking the clock for every PDU would cost.
    [[nodiscard]] time_point turn_time() const noexcept { return in_turn_ ? turn_began_ : now(); }

    /// The stream is connected. `owner` is kept, and told of events, until `closed` was the last:
    /// also when it ends the session in on_start().
    void start(std::shared_ptr<link_owner> owner);

    /// After core() was given something to send from outside of on_event(): it leaves soon,
    /// together with what comes.
    void schedule_flush();
    /// Ends the connection so that the peer sees it reset, where the protocol can do that.
    void reset() {
        reset_on_close_ = true;
        core_.abort(session_errc::closed);
        settle();
    }
    /// Octets unwritten now leave `size` at a time, with a pause before each.
    void pace(std::size_t size, duration interval);
    /// Once all is written the peer reads the end of our stream; we read on, and write no more.
    void half_close() {
        half_close_wanted_ = true;
        schedule_flush();
    }
    /// Nothing is sent any more, what comes is thrown away, timers stand still.
    void mute() {
        muted_ = true;
        schedule_flush();
    }
    [[nodiscard]] bool muted() const noexcept { return muted_; }
    /// Calls once, when nothing is unwritten any more. Not when the connection ends before.
    void when_written(std::function<void()> then) {
        when_written_ = std::move(then);
        schedule_flush();
    }
    /// Reads nothing until it is resumed; what was read already is still told.
    void pause_reading() noexcept { paused_ = true; }
    void resume_reading();
    /// After shutdown() or abort() of the core: makes it happen.
    void settle();
    [[nodiscard]] std::size_t unwritten() noexcept { return core_.tx().size() + writing_.size(); }
    [[nodiscard]] bool over_high_water() noexcept { return unwritten() > options_.high_water; }

    [[nodiscard]] virtual std::string peer() const = 0;
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty when plain.
    [[nodiscard]] virtual std::string security() const = 0;

protected:
    /// Both answer later by on_read() or on_written(), never from inside.
    virtual void read_into(std::span<std::uint8_t> room) = 0;
    virtual void write_some(octet_span octets) = 0;
    /// Orderly where the protocol has an order (close_notify, FIN), at once where not.
    virtual void close_stream(bool orderly) = 0;
    virtual void close_sending() = 0;

    void on_read(const error_code& failed, std::size_t n);
    void on_written(const error_code& failed, std::size_t n);
    [[nodiscard]] bool resets_on_close() const noexcept { return reset_on_close_; }

private:
    class turn_guard;

    void turn(time_point at);
    void run_turn(time_point at);
    void tell_events();
    void flush();
    void write_next();
    void write_rest();
    void write_later();
    void end_sending();
    [[nodiscard]] bool peer_waits() noexcept;
    void on_peer_end(const error_code& why);
    void read_on();
    void arm_timer();
    void on_timer();
    void end_stream(bool orderly);
    void trace_outgoing();

    boost::asio::any_io_executor executor_;
    boost::asio::steady_timer timer_;
    session_core core_;
    link_options options_;
    flat_queue writing_;
    std::shared_ptr<link_owner> owner_;
    time_point turn_began_{};
    time_point armed_ = timers::never;
    time_point write_deadline_ = timers::never;
    time_point answers_deadline_ = timers::never;  ///< running: the peer has ended its direction
    std::size_t read_size_ = 2048;
    std::size_t room_ = 0;        ///< for the read in the air
    std::size_t in_the_air_ = 0;  ///< octets of writing_ that the stream has been given
    std::size_t paced_ = 0;       ///< octets that leave at a slow pace
    std::size_t pace_size_ = 1;
    duration pace_interval_{};
    std::unique_ptr<boost::asio::steady_timer> pace_timer_;
    std::function<void()> when_written_;
    bool reading_ = false;
    bool paused_ = false;
    bool was_held_ = false;  ///< the core was told that nothing is read
    bool in_turn_ = false;
    bool flush_scheduled_ = false;
    bool stream_open_ = true;
    bool reset_on_close_ = false;
    bool half_close_wanted_ = false;
    bool half_closed_ = false;
    bool muted_ = false;
};

}  // namespace smpp::detail
