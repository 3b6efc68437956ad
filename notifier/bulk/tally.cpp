#include "tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <vector>

#include "notifier/json_text.hpp"
#include "notifier/log.hpp"

namespace notifier::bulk {
namespace {

constexpr std::size_t most_reasons = 100;
constexpr const char* other_reasons = "other reasons";

/// Texts from the input are in quotes: without them the reasons are few.
std::string without_values(const std::string& reason) {
    const auto first = reason.find('\'');
    const auto last = reason.rfind('\'');
    return first == last ? reason : reason.substr(0, first) + "..." + reason.substr(last + 1);
}

std::string grouped(std::uint64_t value) {
    auto out = std::to_string(value);
    for (auto at = out.size(); at > 3;) {
        at -= 3;
        out.insert(at, 1, ',');
    }
    return out;
}

}  // namespace

void tally::add(const outcome& result) {
    sent_ += result.latency && !result.untouched ? 1U : 0U;
    count(result);
}

void tally::add_earlier(const outcome& result) {
    ++earlier_;
    count(result);
}

void tally::count(const outcome& result) {
    ++counts_[static_cast<std::size_t>(result.state)];
    waited_ = waited_ || result.awaited();
    delivered_ += result.final_state == smpp::message_state::delivered ? 1U : 0U;
    if (result.good()) {
        return;
    }
    ++failed_;
    const auto reason = printable(without_values(result.error));
    const bool full = reasons_.size() >= most_reasons && reasons_.count(reason) == 0;
    ++reasons_[full ? other_reasons : reason];
}

std::uint64_t tally::total() const {
    std::uint64_t out = 0;
    for (const auto each : counts_) {
        out += each;
    }
    return out;
}

std::string summary_text(const tally& counts, double elapsed_seconds) {
    const auto of = [&](outcome_state state) { return grouped(counts.count(state)); };
    using enum outcome_state;
    const auto delivered = counts.delivered();
    std::string out = fmt::format(
        "{} recipients: {} accepted{}, {} rejected, {} unknown", grouped(counts.total()),
        of(accepted), delivered ? fmt::format(" ({} delivered)", grouped(*delivered)) : "",
        of(rejected), of(unknown));
    if (counts.count(invalid) > 0) {
        out += fmt::format(", {} invalid", of(invalid));
    }
    if (counts.earlier() > 0) {
        out += fmt::format(" ({} of them in earlier runs)", grouped(counts.earlier()));
    }
    const auto rate =
        elapsed_seconds > 0 ? static_cast<double>(counts.sent()) / elapsed_seconds : 0;
    out += fmt::format("; {} sent in {:.3f} s, {}/s\n", grouped(counts.sent()), elapsed_seconds,
                       grouped(static_cast<std::uint64_t>(rate)));
    std::vector<std::pair<std::uint64_t, std::string>> reasons;
    for (const auto& [reason, count] : counts.reasons()) {
        reasons.emplace_back(count, reason);
    }
    std::sort(reasons.rbegin(), reasons.rend());
    for (const auto& [count, reason] : reasons) {
        out += fmt::format("{:>11}  {}\n", grouped(count), reason);
    }
    return out;
}

std::string summary_json(const tally& counts, double elapsed_seconds, int exit_code) {
    using enum outcome_state;
    boost::json::object reasons;
    for (const auto& [reason, count] : counts.reasons()) {
        reasons[reason] = count;
    }
    boost::json::object summary{{"accepted", counts.count(accepted)},
                                {"rejected", counts.count(rejected)},
                                {"unknown", counts.count(unknown)},
                                {"invalid", counts.count(invalid)},
                                {"total", counts.total()},
                                {"earlier", counts.earlier()},
                                {"sent", counts.sent()},
                                {"seconds", std::round(elapsed_seconds * 1e6) / 1e6},
                                {"reasons", std::move(reasons)},
                                {"exit_code", exit_code}};
    if (const auto delivered = counts.delivered()) {
        summary["delivered"] = *delivered;
    }
    return to_text(summary);
}

}  // namespace notifier::bulk
