#include "mock-smsc/store/pending_index.hpp"

#include <algorithm>
#include <functional>

namespace mock_smsc {

std::uint64_t pending_index::place_of(std::string_view account,
                                      const message_fields& fields) noexcept {
    std::uint64_t out = 0;
    for (const std::string_view each :
         {account, fields.source.digits, fields.destination.digits, fields.service_type}) {
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

message_number pending_index::find(std::string_view account, const message_fields& fields) {
    const auto found = newest_.find(place_of(account, fields));
    if (found == newest_.end()) {
        return 0;
    }
    message_reader old(store_, sessions_, found->second, true);
    // Different ones may have the same place.
    const bool same = old.found() && old.record().done == 0 && old.system_id() == account &&
                      old.fields().replaceable &&
                      old.fields().source.digits == fields.source.digits &&
                      old.fields().destination.digits == fields.destination.digits &&
                      old.fields().service_type == fields.service_type;
    return same ? found->second : 0;
}

}  // namespace mock_smsc
