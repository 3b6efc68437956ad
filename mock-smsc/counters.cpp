#include "mock-smsc/counters.hpp"

#include <algorithm>

namespace mock_smsc {

void time_histogram::add(microseconds_utc time) noexcept {
    const double seconds = static_cast<double>(time) / 1e6;
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    ++buckets_[static_cast<std::size_t>(bucket)];
    sum_ += time;
}

void counters::submit(std::string_view account, smpp::command_id command,
                      smpp::command_status status, microseconds_utc time) {
    submit_time_.add(std::max<microseconds_utc>(0, time));
    const auto fits = [&](const submit_series& series) {
        return series.account == account && series.command == command && series.status == status;
    };
    if (last_ == nullptr || !fits(last_->first)) {
        if (!accounts_.contains(account)) {
            if (accounts_.size() < most_accounts) {
                accounts_.emplace(account);
            } else {
                account = other_accounts;
            }
        }
        last_ = &*submits_.try_emplace({std::string(account), command, status}).first;
    }
    ++last_->second;
}

void counters::faults(std::string_view names) {
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        ++faults_[std::string(names.substr(0, end))];
        names.remove_prefix(std::min(end + 1, names.size()));
    }
}

}  // namespace mock_smsc
