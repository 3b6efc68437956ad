#include "dispatcher.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace notifier {
namespace {

using std::chrono::duration_cast;

constexpr seconds longest_pause{30};

bool is_busy(smpp::command_status status) {
    return status == smpp::command_status::throttled ||
           status == smpp::command_status::message_queue_full;
}

time_point::duration to_clock(seconds duration) {
    return duration_cast<time_point::duration>(duration);
}

/// Too busy an SMSC also makes the rate lower, until it is one that the SMSC takes.
smpp::pace_options pace_of(const dispatch_limits& limits) {
    smpp::pace_options out;
    out.max_rate = limits.rate;
    out.burst = limits.rate * 0.01;  // timers are not more exact than that
    return out;
}

std::string refusal(smpp::command_status status) {
    return fmt::format("{} ({})", smpp::name_or_number(status), smpp::meaning(status));
}

}  // namespace

dispatcher::dispatcher(const dispatch_limits& limits, work_source source, outcome_handler done)
    : limits_(limits), source_(std::move(source)), done_(std::move(done)) {}

bool dispatcher::pull() {
    work next;
    if (exhausted_ || !source_(next)) {
        exhausted_ = true;
        return false;
    }
    const auto id = next.id;
    auto& e = entries_[id];
    e.parts.resize(next.message->parts.size());
    e.work = std::move(next);
    for (std::uint32_t i = 0; i < e.parts.size(); ++i) {
        ready_.push_back({id, i});
    }
    return true;
}

/// Drops parts of recipients that have failed meanwhile; false when nothing is left to send.
bool dispatcher::skip_abandoned() {
    for (;;) {
        while (!ready_.empty()) {
            const auto* e = find(ready_.front());
            if (e != nullptr && !e->failed) {
                return true;
            }
            ready_.pop_front();
        }
        if (!pull()) {
            return false;
        }
    }
}

std::optional<submit> dispatcher::next(time_point now) {
    if (!pace_) {
        pace_.emplace(pace_of(limits_), now);
    }
    if (in_flight_ >= limits_.window || now < not_before_ || !skip_abandoned() ||
        !pace_->try_send(now)) {
        return std::nullopt;
    }
    const auto token = ready_.front();
    ready_.pop_front();
    auto& e = *find(token);
    auto& p = e.parts[token.part];
    p.state = part_state::sent;
    ++p.attempts;
    ++in_flight_;
    if (!e.first_sent) {
        e.first_sent = now;
    }
    return submit{token, addressed(e.work.message->parts[token.part], e.work.to)};
}

std::optional<time_point> dispatcher::wake_up(time_point now) {
    const bool something_left = !ready_.empty() || !exhausted_;
    if (!something_left || in_flight_ >= limits_.window) {
        return std::nullopt;
    }
    const bool paced = pace_ && !pace_->ready(now);
    const auto when = paced ? std::max(not_before_, pace_->next()) : not_before_;
    return when > now ? std::optional(when) : std::nullopt;
}

dispatcher::entry* dispatcher::find(submit_token token) {
    const auto found = entries_.find(token.work);
    return found == entries_.end() ? nullptr : &found->second;
}

void dispatcher::on_answer(submit_token token, smpp::command_status status, std::string message_id,
                           time_point now) {
    auto* e = find(token);
    --in_flight_;
    ++answered_;
    if (e == nullptr) {
        return;
    }
    pace_->on_response(status, std::nullopt, now);
    auto& p = e->parts[token.part];
    if (status == smpp::command_status::ok) {
        busy_ = 0;
        p.state = part_state::accepted;
        p.message_id = std::move(message_id);
        if (!e->status) {
            e->status = status;
        }
    } else {
        answer_refused(*e, token, status, now);
    }
    settle(token.work, now);
}

void dispatcher::answer_refused(entry& e, submit_token token, smpp::command_status status,
                                time_point now) {
    auto& p = e.parts[token.part];
    if (is_busy(status)) {
        slow_down(now);
        if (p.attempts <= limits_.retry + busy_attempts && !e.failed) {
            wait_again(e, token, status);
            return;
        }
    } else if (smpp::is_temporary(status) && p.attempts <= limits_.retry && !e.failed) {
        not_before_ = std::max(not_before_, now + to_clock(limits_.wait));
        wait_again(e, token, status);
        return;
    }
    p.state = part_state::failed;
    if (!e.failed) {
        e.status = status;
        e.error = refusal(status);
    }
    e.failed = true;
}

void dispatcher::wait_again(entry& e, submit_token token, smpp::command_status status) {
    e.parts[token.part].state = part_state::waiting;
    e.put_off = status;
    ready_.push_front(token);
}

/// A pause for the whole session, twice as long each time that nothing was accepted since the one
/// before: the SMSC means all of its traffic. What was on its way when it began adds nothing to it.
void dispatcher::slow_down(time_point now) {
    if (now < busy_until_) {
        return;
    }
    last_pause_ =
        std::min(limits_.wait * static_cast<double>(1U << std::min(busy_, 10U)), longest_pause);
    ++busy_;
    ++pauses_;
    busy_until_ = now + to_clock(last_pause_);
    not_before_ = std::max(not_before_, busy_until_);
}

void dispatcher::on_unanswered(submit_token token, std::string_view why, time_point now) {
    auto* e = find(token);
    --in_flight_;
    if (e == nullptr) {
        return;
    }
    auto& p = e->parts[token.part];
    // Asking for it is asking for one more attempt at least.
    const auto allowed = std::max(limits_.retry, 1U);
    if (limits_.resend_unknown && p.attempts <= allowed && !e->failed) {
        p.state = part_state::waiting;
        ready_.push_back(token);
        return;
    }
    p.state = part_state::unknown;
    if (!e->failed) {
        e->error = std::string(why);
    }
    e->failed = true;
    settle(token.work, now);
}

void dispatcher::on_unsent(submit_token token) {
    auto* e = find(token);
    --in_flight_;
    if (e != nullptr) {
        auto& p = e->parts[token.part];
        p.state = part_state::waiting;
        --p.attempts;
        ready_.push_front(token);
    }
}

void dispatcher::on_impossible(submit_token token, std::string_view why, time_point now) {
    auto* e = find(token);
    --in_flight_;
    if (e != nullptr) {
        e->parts[token.part].state = part_state::failed;
        e->error = e->failed ? e->error : std::string(why);
        e->failed = true;
        settle(token.work, now);
    }
}

/// Tells the verdict once no part of the recipient can change any more.
void dispatcher::settle(std::uint64_t id, time_point now) {
    const auto found = entries_.find(id);
    const auto& e = found->second;
    const auto is = [&](part_state state) {
        return [state](const part& p) { return p.state == state; };
    };
    const bool open =
        std::any_of(e.parts.begin(), e.parts.end(), is(part_state::sent)) ||
        (!e.failed && std::any_of(e.parts.begin(), e.parts.end(), is(part_state::waiting)));
    if (open) {
        return;
    }
    auto result = verdict(e, now);
    entries_.erase(found);
    done_(id, std::move(result));
}

outcome dispatcher::verdict(const entry& e, time_point now) const {
    outcome out;
    out.to = e.work.to.addr;
    out.parts = e.parts.size();
    out.status = e.status;
    out.error = e.error;
    out.untouched = std::all_of(e.parts.begin(), e.parts.end(),
                                [](const part& p) { return p.state == part_state::waiting; });
    std::size_t accepted = 0;
    bool refused = false;
    bool unknown = false;
    for (const auto& p : e.parts) {
        refused = refused || p.state == part_state::failed;
        unknown = unknown || p.state == part_state::unknown;
        if (p.state == part_state::accepted) {
            ++accepted;
            out.message_ids.push_back(p.message_id);
        }
    }
    // A part that was refused settles it: the message cannot arrive whole.
    out.state = accepted == e.parts.size() ? outcome_state::accepted
                : unknown && !refused      ? outcome_state::unknown
                                           : outcome_state::rejected;
    if (out.state != outcome_state::accepted && e.parts.size() > 1) {
        out.error += fmt::format("; {} of {} parts accepted", accepted, e.parts.size());
    }
    if (out.state != outcome_state::accepted && out.status == smpp::command_status::ok) {
        out.status.reset();
    }
    if (e.first_sent) {
        out.latency = now - *e.first_sent;
    }
    return out;
}

/// What the SMSC said last says more than that the time was over.
void dispatcher::give_up(entry& e, std::string_view why) {
    const bool waits = std::any_of(e.parts.begin(), e.parts.end(),
                                   [](const part& p) { return p.state == part_state::waiting; });
    if (!e.failed) {
        e.error = std::string(why);
        if (e.put_off && waits) {
            e.error += "; the last answer was " + refusal(*e.put_off);
            e.status = e.put_off;
        }
    }
    e.failed = true;
}

void dispatcher::give_up(std::string_view why, time_point now) {
    ready_.clear();
    std::vector<std::uint64_t> ids;
    for (auto& [id, e] : entries_) {
        for (auto& p : e.parts) {
            // Whoever gives up has told of the sent ones before; a rest is as unknown as they are.
            p.state = p.state == part_state::sent ? part_state::unknown : p.state;
        }
        give_up(e, why);
        ids.push_back(id);
    }
    in_flight_ = 0;
    std::sort(ids.begin(), ids.end());
    for (const auto id : ids) {
        settle(id, now);
    }
    for (work rest; !exhausted_ && source_(rest);) {
        entry e;
        e.parts.resize(rest.message->parts.size());
        e.error = std::string(why);
        e.work = std::move(rest);
        done_(e.work.id, verdict(e, now));
    }
    exhausted_ = true;
}

bool dispatcher::finished() { return in_flight_ == 0 && entries_.empty() && !skip_abandoned(); }

}  // namespace notifier
