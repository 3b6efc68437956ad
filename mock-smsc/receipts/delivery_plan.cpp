#include "mock-smsc/receipts/delivery_plan.hpp"

#include <algorithm>

#include "smpp/text/smpp_time.hpp"

namespace mock_smsc {
namespace {

/// The moment that a time field means; 0 when it is empty or unreadable.
microseconds_utc moment(std::string_view text, microseconds_utc now) {
    const auto parsed = text.empty() ? std::nullopt : smpp::parse_time(text);
    if (!parsed) {
        return 0;
    }
    using namespace std::chrono;
    const smpp::utc_time from{duration_cast<smpp::tenths>(microseconds(now))};
    return duration_cast<microseconds>(smpp::resolve(*parsed, from).time_since_epoch()).count();
}

}  // namespace

delivery_plan plan_delivery(const message_fields& fields, microseconds_utc received,
                            const delivery_settings& settings) {
    delivery_plan out;
    out.outcome = settings.outcome;
    const auto scheduled = moment(fields.schedule_delivery_time, received);
    const auto expires = moment(fields.validity_period, received);
    if (scheduled > received) {
        out.first = smpp::message_state::scheduled;
    }
    out.at = std::max(received, scheduled) + settings.delay.count();
    if (expires > 0 && out.at > expires) {
        out.at = expires;
        out.outcome = smpp::message_state::expired;
    }
    out.silent = settings.silent;
    out.unasked = settings.unasked;
    std::vector<delivery_step> steps;
    for (const auto& [after, state] : settings.steps) {
        const delivery_step step{std::max(received, scheduled) + after.count(), state};
        if (step.at <= out.at) {
            steps.push_back(step);
        }
    }
    if (settings.steps.empty() && fields.registered_delivery.intermediate() && out.at > received) {
        steps.push_back({received, out.first});
    }
    if (!steps.empty() && !out.silent) {
        out.steps = std::make_shared<const std::vector<delivery_step>>(std::move(steps));
    }
    return out;
}

bool wants_receipt(smpp::registered_delivery asked, smpp::message_state state) noexcept {
    using receipt = smpp::registered_delivery::receipt;
    const bool good =
        state == smpp::message_state::delivered || state == smpp::message_state::accepted;
    switch (asked.smsc_receipt()) {
        case receipt::none: return false;
        case receipt::final: return true;
        case receipt::failure: return !good;
        case receipt::success: return good;
    }
    return false;
}

bool wants_step(smpp::registered_delivery asked) noexcept {
    return asked.intermediate() || asked.smsc_receipt() != smpp::registered_delivery::receipt::none;
}

std::uint8_t receipts_of(const message_fields& fields, smpp::message_state state,
                         bool unasked) noexcept {
    return unasked || wants_receipt(fields.registered_delivery, state) ? receipts_of(fields)
                                                                       : std::uint8_t{0};
}

std::uint8_t receipts_of(const message_fields& fields) noexcept {
    return fields.refused == nullptr || fields.refused->empty()
               ? destination_count(fields)
               : static_cast<std::uint8_t>(accepted_destinations(fields).size());
}

}  // namespace mock_smsc
