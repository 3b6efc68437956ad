#include "outcome.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cmath>

#include "output.hpp"

namespace notifier {
namespace {

namespace json = boost::json;

json::object to_json(const outcome& result) {
    json::array ids;
    for (const auto& id : result.message_ids) {
        ids.emplace_back(printable(id));  // the peer's octets
    }
    json::object out{{"to", printable(result.to)},
                     {"state", name(result.state)},
                     {"message_ids", std::move(ids)},
                     {"parts", result.parts},
                     {"status", nullptr},
                     {"status_code", nullptr},
                     {"error", nullptr},
                     {"latency_ms", nullptr},
                     {"receipts", json::array()}};
    if (result.row != 0) {
        out["row"] = result.row;
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

std::string outcome_json(const outcome& result) { return json::serialize(to_json(result)); }

void reporter::add(const outcome& result) {
    const std::lock_guard lock(mutex_);
    ++counts_[static_cast<std::size_t>(result.state)];
    if (result.state != outcome_state::accepted) {
        failed_ += result.optional ? 0 : 1;
        ++reasons_[result.error];
    }
    if (json_) {
        write_out(outcome_json(result) + '\n');
    } else if (result.state == outcome_state::accepted) {
        log_.detail(fmt::format("{} accepted ({})", result.to, joined(result.message_ids)));
    } else {
        log_.error(fmt::format("{} {}: {}", result.to, name(result.state), result.error));
    }
}

void reporter::finish() {
    const std::lock_guard lock(mutex_);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (!json_) {
        log_.info(fmt::format("{} accepted, {} rejected, {} unknown, {} invalid in {:.3f} s",
                              counts_[0], counts_[1], counts_[2], counts_[3], elapsed.count()));
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
    write_out(json::serialize(json::object{{"summary", std::move(summary)}}) + '\n');
}

int reporter::exit_code() const noexcept { return refused_url_ ? 2 : failed_ > 0 ? 1 : 0; }

}  // namespace notifier
