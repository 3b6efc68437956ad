#include "mock-smsc/store/pending_index.hpp"

#include <algorithm>
#include <functional>

#include "mock-smsc/decimal.hpp"

namespace mock_smsc {
namespace {

/// `known` ascends.
bool is_for_none_but(const message_fields& fields, const std::vector<std::string_view>& known) {
    const auto to = accepted_destinations(fields);
    return std::all_of(to.begin(), to.end(), [&](std::uint8_t each) {
        return std::binary_search(known.begin(), known.end(), destination_at(fields, each).digits);
    });
}

}  // namespace

std::uint64_t pending_index::place_of(std::string_view account,
                                      const message_fields& fields) noexcept {
    return place_of(account, fields, fields.destination.digits);
}

std::uint64_t pending_index::place_of(std::string_view account, const message_fields& fields,
                                      std::string_view destination) noexcept {
    std::uint64_t out = 0;
    for (const std::string_view each :
         {account, fields.source.digits, destination, fields.service_type}) {
        out = out * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(each);
    }
    return out;
}

void pending_index::add(message_number id, std::uint64_t place) {
    newest_[place] = id;
    if (newest_.size() > sweep_at_) {
        std::erase_if(newest_, [this](const auto& each) {
            const record* r = store_.find_any(each.second);
            return r == nullptr || r->done != 0;
        });
        sweep_at_ = std::max<std::size_t>(1024, newest_.size() * 2);
    }
}

std::vector<message_number> pending_index::find(std::string_view account,
                                                const message_fields& fields) {
    std::vector<std::string_view> to;
    for (const std::uint8_t each : accepted_destinations(fields)) {
        to.push_back(destination_at(fields, each).digits);
    }
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
    std::vector<message_number> out;
    for (const std::string_view destination : to) {
        message_number id = parse_decimal(fields.replaces).value_or(0);
        if (fields.replaces.empty()) {
            const auto found = newest_.find(place_of(account, fields, destination));
            id = found == newest_.end() ? 0 : found->second;
        }
        message_reader old(store_, sessions_, id, true);
        // Different ones may have the same place.
        const bool same = old.found() && old.record().done == 0 && old.system_id() == account &&
                          old.fields().replaceable && old.fields().broadcast == fields.broadcast &&
                          old.fields().source.digits == fields.source.digits &&
                          old.fields().destination.digits == destination &&
                          old.fields().service_type == fields.service_type;
        if (same && is_for_none_but(old.fields(), to)) {
            out.push_back(id);
        }
    }
    return out;
}

}  // namespace mock_smsc
