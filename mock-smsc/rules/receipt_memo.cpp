#include "mock-smsc/rules/receipt_memo.hpp"

#include "mock-smsc/rules/json_values.hpp"

namespace mock_smsc {
namespace {

namespace json = boost::json;

std::chrono::microseconds microseconds_of(const json::value& value) {
    return std::chrono::microseconds(value.to_number<std::int64_t>());
}

}  // namespace

std::string receipt_memo(const verdict& said) {
    json::object memo;
    memo["action"] = json::parse(said.receipt->source);
    if (said.receipt_delay) {
        memo["delay"] = said.receipt_delay->count();
    }
    json::array steps;
    for (const auto& each : said.step_delays) {
        steps.emplace_back(each.count());
    }
    memo["steps"] = std::move(steps);
    return json::serialize(memo);
}

std::optional<verdict> recalled(std::string_view memo) {
    try {
        const json::value read = json::parse({memo.data(), memo.size()});
        verdict said;
        said.receipt = rule_json::receipt_of(read.at("action"), "receipt");
        if (const auto* delay = read.as_object().if_contains("delay")) {
            said.receipt_delay = microseconds_of(*delay);
        }
        for (const json::value& each : read.at("steps").as_array()) {
            said.step_delays.push_back(microseconds_of(each));
        }
        if (said.step_delays.size() != said.receipt->states.size()) {
            return std::nullopt;
        }
        return said;
    } catch (const std::exception&) {
        return std::nullopt;  // written by a later version, or by somebody else
    }
}

}  // namespace mock_smsc
