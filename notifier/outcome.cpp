#include "outcome.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "ascii.hpp"
#include "json_text.hpp"
#include "output.hpp"

namespace notifier {
namespace {

namespace json = boost::json;

json::array receipts_json(const std::vector<receipt_seen>& receipts) {
    json::array out;
    for (const auto& seen : receipts) {
        json::object each{{"message_id", printable(seen.message_id)},
                          {"state", nullptr},
                          {"stat", printable(seen.stat)},
                          {"error", printable(seen.error)},
                          {"done_date", printable(seen.done_date)},
                          {"final", seen.final},
                          {"after_ms", std::round(seen.after.count() * 1000) / 1000}};
        if (seen.state) {
            each["state"] = ascii::to_lower(smpp::name(*seen.state));
        }
        out.push_back(std::move(each));
    }
    return out;
}

json::object to_json(const outcome& result) {
    json::array ids;
    for (const auto& id : result.message_ids) {
        ids.emplace_back(printable(id));  // the peer's octets
    }
    json::object out{{"to", printable(result.to)},
                     {"state", state_name(result)},
                     {"message_ids", std::move(ids)},
                     {"parts", result.parts},
                     {"status", nullptr},
                     {"status_code", nullptr},
                     {"error", nullptr},
                     {"latency_ms", nullptr},
                     {"receipts", receipts_json(result.receipts)}};
    if (result.row != 0) {
        out["row"] = result.row;
    }
    if (!result.url.empty()) {
        out["url"] = printable(result.url);
    }
    if (result.status) {
        out["status"] = smpp::name_or_number(*result.status);
        out["status_code"] = static_cast<std::uint32_t>(*result.status);
    }
    if (!result.error.empty()) {
        out["error"] = printable(result.error);
    }
    if (result.latency) {
        out["latency_ms"] = std::round(result.latency->count() * 1000) / 1000;
    }
    return out;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out.append(out.empty() ? "" : ", ").append(text);
    }
    return out;
}

}  // namespace

std::string_view name(outcome_state state) noexcept {
    constexpr std::array<std::string_view, 4> names{"accepted", "rejected", "unknown", "invalid"};
    return names[static_cast<std::size_t>(state)];
}

std::string state_name(const outcome& result) {
    return ascii::to_lower(result.final_state ? smpp::name(*result.final_state)
                                              : name(result.state));
}

std::string outcome_json(const outcome& result) { return to_text(to_json(result)); }

std::string outcome_text(const outcome& result) {
    const auto* receipt = deciding_receipt(result);
    return fmt::format(
        "{} {}{} ({})", result.to, state_name(result),
        receipt == nullptr ? "" : fmt::format(" after {:.3f} s", receipt->after.count() / 1000),
        joined(result.message_ids));
}

const receipt_seen* deciding_receipt(const outcome& result) noexcept {
    const receipt_seen* out = nullptr;
    for (const auto& seen : result.receipts) {
        if (seen.final && seen.state != smpp::message_state::delivered) {
            return &seen;
        }
        out = seen.final ? &seen : out;
    }
    return out;
}

void reporter::add(const outcome& result) {
    const std::lock_guard lock(mutex_);
    ++counts_[static_cast<std::size_t>(result.state)];
    waited_ = waited_ || result.awaited();
    delivered_ += result.final_state == smpp::message_state::delivered ? 1U : 0U;
    if (!result.good()) {
        failed_ += result.optional ? 0 : 1;
        ++reasons_[result.error];
    }
    if (json_) {
        write_out(outcome_json(result) + '\n');
    } else if (result.good()) {
        log_.detail(outcome_text(result));
    } else {
        tell_failure(result);
    }
}

/// One cause that meets many recipients is one line, unless every recipient is asked for.
void reporter::tell_failure(const outcome& result) {
    const bool same = told_of_ && told_of_->url == result.url && told_of_->error == result.error &&
                      state_name(*told_of_) == state_name(result);
    if (!same) {
        end_line();
        told_of_ = result;
    }
    recipients_.push_back(result.to);
    if (log_.verbosity() >= 2) {
        end_line();
    }
}

void reporter::end_line() {
    if (!told_of_) {
        return;
    }
    constexpr std::size_t most_named = 5;
    const auto more = recipients_.size() - std::min(recipients_.size(), most_named);
    recipients_.resize(recipients_.size() - more);
    log_.error(fmt::format("{}{} {}: {}", joined(recipients_),
                           more > 0 ? fmt::format(" and {} more", more) : "", state_name(*told_of_),
                           told_of_->error));
    told_of_.reset();
    recipients_.clear();
}

void reporter::flush() {
    const std::lock_guard lock(mutex_);
    end_line();
}

void reporter::finish() {
    const std::lock_guard lock(mutex_);
    end_line();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (!json_) {
        const auto delivered = waited_ ? fmt::format(" ({} delivered)", delivered_) : "";
        log_.info(fmt::format("{} accepted{}, {} rejected, {} unknown, {} invalid in {:.3f} s",
                              counts_[0], delivered, counts_[1], counts_[2], counts_[3],
                              elapsed.count()));
        return;
    }
    json::object reasons;
    for (const auto& [reason, count] : reasons_) {
        reasons[printable(reason)] = count;
    }
    json::object summary{{"accepted", counts_[0]},
                         {"rejected", counts_[1]},
                         {"unknown", counts_[2]},
                         {"invalid", counts_[3]},
                         {"total", counts_[0] + counts_[1] + counts_[2] + counts_[3]},
                         {"seconds", std::round(elapsed.count() * 1e6) / 1e6},
                         {"reasons", std::move(reasons)},
                         {"exit_code", exit_code()}};
    if (waited_) {
        summary["delivered"] = delivered_;
    }
    write_out(to_text(json::object{{"summary", std::move(summary)}}) + '\n');
}

int reporter::exit_code() const noexcept { return refused_url_ ? 2 : failed_ > 0 ? 1 : 0; }

}  // namespace notifier
