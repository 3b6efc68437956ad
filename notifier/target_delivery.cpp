#include "target_delivery.hpp"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "client_settings.hpp"
#include "failures.hpp"
#include "host.hpp"

namespace notifier {
namespace {

using smpp::error_code;
using smpp::session_errc;

dispatch_limits limits_of(const parameters& p, bool resend_unknown) {
    dispatch_limits out;
    out.window = p.window;
    out.rate = p.rate;
    out.retry = p.retry;
    out.wait = p.wait;
    out.resend_unknown = resend_unknown;
    return out;
}

smpp::duration to_duration(seconds value) {
    return std::chrono::duration_cast<smpp::duration>(value);
}

bool was_sent(const error_code& code) {
    return code == session_errc::response_timeout || code == session_errc::connection_lost ||
           code == session_errc::cancelled || code == session_errc::unexpected_response;
}

bool wants_receipts(const parameters& p) { return p.receipt != receipt_mode::no; }

}  // namespace

target_delivery::target_delivery(boost::asio::io_context& context, const target& target,
                                 bool resend_unknown, hooks hooks, log& log)
    : context_(context),
      target_(target),
      hooks_(std::move(hooks)),
      log_(log),
      receipts_(hooks_.outcome),
      dispatcher_(limits_of(target.options, resend_unknown), hooks_.source, outcome_of()),
      timer_(context),
      receipt_timer_(context),
      allowed_failures_(std::max(target.options.retry, resend_unknown ? 1U : 0U)) {}

/// What the dispatcher calls: accepted ones wait for their receipts where that was asked for.
dispatcher::outcome_handler target_delivery::outcome_of() {
    if (!hooks_.receipts_within) {
        return hooks_.outcome;
    }
    return [this](std::uint64_t work, outcome&& result) {
        if (result.state == outcome_state::accepted) {
            if (hooks_.awaiting) {
                hooks_.awaiting(work, result);
            }
            expect(work, std::move(result));
        } else {
            hooks_.outcome(work, std::move(result));
        }
    };
}

void target_delivery::expect(std::uint64_t work, outcome&& accepted) {
    receipts_.expect(work, std::move(accepted), std::chrono::steady_clock::now());
    time_receipts();
}

std::string target_delivery::describe() const {
    return fmt::format("{}:{}{}", target_.host, target_.port, target_.tls ? " (TLS)" : "");
}

smpp::client_options target_delivery::client_options() {
    auto out = client_settings(target_);
    const bool told = log_.verbosity() >= 3;
    if (hooks_.trace || told) {
        out.trace = [this, told](smpp::direction way, smpp::octet_span frame) {
            if (told) {
                log_.debug(pdu_line(way, frame));
            }
            // The first PDU goes out when the peer is known.
            if (hooks_.trace && !trace_) {
                trace_ = hooks_.trace(*client_);
            }
            if (trace_) {
                trace_(way, frame);
            }
        };
    }
    return out;
}

void target_delivery::connect() {
    answered_before_ = dispatcher_.answered();
    bound_ = unbinding_ = lost_ = false;
    trace_ = nullptr;
    client_ = std::make_unique<smpp::client>(context_.get_executor(), client_options());
    log_.debug("connecting to " + describe());
    client_->async_connect(
        std::string(bare_host(target_.host)), target_.port,
        [self = shared_from_this()](const error_code& failed) { self->on_connected(failed); });
}

void target_delivery::on_connected(const error_code& failed) {
    if (finished_) {
        return;
    }
    if (failed) {
        try_again_or_give_up(connect_failure(target_, failed, client_->last_error()),
                             may_pass(failed));
        return;
    }
    const auto security = client_->security();
    log_.debug(fmt::format("connected to {}{}", client_->peer(),
                           security.empty() ? "" : " with " + security));
    bind();
}

void target_delivery::bind() {
    const auto& p = target_.options;
    const bool both_ways =
        p.bind == bind_mode::trx || (p.bind == bind_mode::automatic && wants_receipts(p));
    both_ways ? bind_as<smpp::bind_transceiver>() : bind_as<smpp::bind_transmitter>();
}

template <class Bind>
void target_delivery::bind_as() {
    Bind request;
    request.system_id = wire_credential(target_.user);
    request.password = wire_credential(target_.password);
    request.system_type = target_.options.system_type;
    request.interface_version = target_.options.interface_version;
    client_->async_bind(request,
                        [self = shared_from_this()](const error_code& failed, const auto&) {
                            self->on_bound(failed);
                        });
}

void target_delivery::on_bound(const error_code& failed) {
    if (finished_) {
        return;
    }
    if (failed) {
        try_again_or_give_up(bind_failure(target_, failed, client_->last_error()),
                             may_pass(failed));
        return;
    }
    log_.debug(fmt::format("bound to {} as {}", describe(), target_.user));
    bound_ = true;
    receive();
    pump();
}

/// Messages are answered by the client; here they tell of receipts, and when the session ends.
void target_delivery::receive() {
    client_->async_receive([self = shared_from_this(), client = client_.get()](
                               const error_code& failed, const smpp::pdu& pdu) {
        if (self->finished_ || client != self->client_.get()) {
            return;
        }
        if (!failed) {
            self->on_message(pdu);
            self->receive();
        } else if (!self->unbinding_) {
            self->on_session_end(self->client_->last_error());
        }
    });
}

void target_delivery::on_message(const smpp::pdu& message) {
    const auto* deliver = std::get_if<smpp::deliver_sm>(&message.body);
    if (deliver != nullptr && hooks_.receipts_within) {
        receipts_.on_deliver(*deliver, std::chrono::steady_clock::now());
        pump_soon();  // there is room now, or nothing left to wait for
    }
}

/// Runs while receipts are waited for, and goes on over a lost connection.
void target_delivery::time_receipts() {
    const auto oldest = receipts_timed_ ? std::nullopt : receipts_.oldest();
    if (!oldest) {
        return;
    }
    receipts_timed_ = true;
    receipt_timer_.expires_at(*oldest + to_duration(*hooks_.receipts_within));
    receipt_timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
        self->receipts_timed_ = false;
        if (!cancelled && !self->finished_) {
            self->on_receipts_expired();
        }
    });
}

void target_delivery::on_receipts_expired() {
    receipts_.expire(std::chrono::steady_clock::now() - to_duration(*hooks_.receipts_within),
                     fmt::format("no final receipt in {} s", hooks_.receipts_within->count()));
    time_receipts();
    if (bound_ || awaits_receipts() || !dispatcher_.finished()) {
        pump_soon();
    } else if (!unbinding_) {
        finish();
    }
}

bool target_delivery::has_room() const noexcept {
    return receipts_.size() + dispatcher_.in_flight() < most_awaited;
}

void target_delivery::pump() {
    if (!bound_ || lost_ || unbinding_ || finished_) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    bool submitted = false;
    while (has_room()) {
        auto next = dispatcher_.next(now);
        if (!next) {
            break;
        }
        submitted = true;
        submit_one(std::move(*next));
    }
    if (submitted && hooks_.submitted) {
        hooks_.submitted();
    }
    if (dispatcher_.finished()) {
        if (!awaits_receipts()) {
            unbind();
        } else if (!std::exchange(told_of_waiting_, true)) {
            log_.info(fmt::format("waiting for the receipts of {} recipients", receipts_.size()));
        }
        return;
    }
    if (const auto when = dispatcher_.wake_up(now)) {
        timer_.expires_at(*when);
        timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
            if (!cancelled) {
                self->pump();
            }
        });
    }
}

/// Once for all the answers that came together: their successors leave together too.
void target_delivery::pump_soon() {
    if (pump_due_) {
        return;
    }
    pump_due_ = true;
    boost::asio::post(context_, [self = shared_from_this()] {
        self->pump_due_ = false;
        self->pump();
    });
}

void target_delivery::submit_one(submit&& next) {
    const auto token = next.token;
    if (hooks_.submitting) {
        hooks_.submitting(token.work);
    }
    client_->async_request(next.pdu, [self = shared_from_this(), token](
                                         const error_code& failed, smpp::submit_sm_resp response) {
        self->on_response(token, failed, std::move(response.message_id));
    });
}

void target_delivery::on_response(submit_token token, const error_code& failed,
                                  std::string message_id) {
    if (finished_) {
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (!failed) {
        dispatcher_.on_answer(token, smpp::command_status::ok, std::move(message_id), now);
    } else if (failed.category() == smpp::status_category()) {
        on_refusal(token, smpp::command_status(failed.value()), now);
    } else if (failed.category() == smpp::codec_category()) {
        dispatcher_.on_impossible(token, "cannot be sent: " + failed.message(), now);
    } else if (was_sent(failed)) {
        dispatcher_.on_unanswered(token, unanswered(target_, failed, client_->last_error()), now);
    } else {
        dispatcher_.on_unsent(token);
    }
    if (failed == session_errc::connection_lost || failed == session_errc::closed ||
        failed == session_errc::not_bound) {
        on_session_end(client_->last_error());
    } else if (lost_) {
        on_session_end(lost_why_);
    } else {
        pump_soon();
    }
}

void target_delivery::on_refusal(submit_token token, smpp::command_status status, time_point now) {
    const auto pauses = dispatcher_.pauses();
    dispatcher_.on_answer(token, status, {}, now);
    if (dispatcher_.pauses() != pauses) {
        log_.info(fmt::format("{} is busy ({}): slower, after a pause of {} s", describe(),
                              smpp::name_or_number(status), dispatcher_.last_pause().count()));
    }
}

/// Goes on once every submit of the lost session has come back.
void target_delivery::on_session_end(const std::string& why) {
    if (!lost_) {
        lost_ = true;
        lost_why_ = why;
        timer_.cancel();
    }
    if (dispatcher_.in_flight() > 0 || !bound_) {
        return;
    }
    bound_ = false;
    if (dispatcher_.finished() && !awaits_receipts()) {
        finish();
        return;
    }
    // What was not sent cannot arrive twice: the job goes on even without retry=.
    try_again_or_give_up(connection_loss(target_, lost_why_), true, 1);
}

void target_delivery::try_again_or_give_up(const std::string& why, bool worth_it,
                                           std::uint32_t fewest_attempts) {
    if (dispatcher_.answered() > answered_before_) {
        failures_ = 0;
    }
    // Coming back for receipts sends nothing twice: it is tried while there is time.
    const bool allowed = failures_ < std::max(allowed_failures_, fewest_attempts) ||
                         (awaits_receipts() && dispatcher_.finished());
    if (!worth_it || !allowed) {
        dispatcher_.give_up(why, std::chrono::steady_clock::now());
        receipts_.give_up(why);
        finish();
        return;
    }
    const auto pause = target_.options.wait * static_cast<double>(1U << std::min(failures_, 10U));
    ++failures_;
    log_.warning(fmt::format("{}; next attempt in {} s", why, pause.count()));
    timer_.expires_after(to_duration(pause));
    timer_.async_wait([self = shared_from_this()](const error_code& cancelled) {
        if (!cancelled && !self->finished_) {
            self->connect();
        }
    });
}

void target_delivery::unbind() {
    unbinding_ = true;
    client_->async_unbind(smpp::duration::zero(),
                          [self = shared_from_this()](const error_code&) { self->finish(); });
}

void target_delivery::interrupt(const std::string& why) {
    if (finished_) {
        return;
    }
    dispatcher_.give_up(why, std::chrono::steady_clock::now());
    receipts_.give_up("interrupted");
    if (bound_ && !lost_ && !unbinding_) {
        unbind();
    } else if (!unbinding_) {
        finish();
    }
}

void target_delivery::finish() {
    if (finished_) {
        return;
    }
    finished_ = true;
    timer_.cancel();
    receipt_timer_.cancel();
    client_->close();
    // The hook may free this object's owner: not from inside a handler of the client.
    boost::asio::post(context_, [self = shared_from_this()] {
        self->client_.reset();
        self->hooks_.done();
    });
}

}  // namespace notifier
