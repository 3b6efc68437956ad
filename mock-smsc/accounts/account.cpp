#include "mock-smsc/accounts/account.hpp"

#include <algorithm>
#include <boost/regex.hpp>

namespace mock_smsc {

std::string_view bind_word(bind_kind kind) noexcept {
    switch (kind) {
        case bind_kind::transmitter: return "transmitter";
        case bind_kind::receiver: return "receiver";
        case bind_kind::transceiver: return "transceiver";
    }
    return {};
}

bool token_bucket::take(microseconds_utc now, double rate, double burst) noexcept {
    const double seconds = static_cast<double>(now - filled_) / 1e6;
    tokens_ = filled_ == 0 ? burst : std::min(burst, tokens_ + std::max(0.0, seconds) * rate);
    filled_ = now;
    if (tokens_ < 1) {
        return false;
    }
    tokens_ -= 1;
    return true;
}

struct account::pattern {
    boost::regex compiled;
};

account::account(account_settings settings) { change(std::move(settings)); }
account::~account() = default;

void account::change(account_settings settings) {
    settings_ = std::move(settings);
    addresses_ = settings_.addresses.empty() ? nullptr
                                             : std::make_unique<pattern>(pattern{boost::regex(
                                                   settings_.addresses, boost::regex::perl)});
}

bool account::may_send_from(std::string_view address) const {
    if (addresses_ == nullptr) {
        return true;
    }
    try {
        return boost::regex_search(address.begin(), address.end(), addresses_->compiled);
    } catch (const std::exception&) {
        return false;  // Boost.Regex gives up on expressions that take for ever
    }
}

}  // namespace mock_smsc
