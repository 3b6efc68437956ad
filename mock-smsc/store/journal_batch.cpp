#include "mock-smsc/store/journal.hpp"

namespace mock_smsc {

void journal_batch::add(message_number id, const record& values, smpp::octet_span frame) {
    rows_.push_back({id, values, octets_.size()});
    octets_.insert(octets_.end(), frame.begin(), frame.end());
}

void journal_batch::add(const session_info& session) {
    sessions_.push_back(session);
    sessions_.back().live.reset();  // belong to the other thread
    sessions_.back().account.reset();
    sessions_.back().watch.reset();
}

void journal_batch::update(message_number id, const record& values) {
    changes_.push_back({id, values.done, values.state, values.receipts_due});
}

void journal_batch::clear() {
    sessions_.clear();
    rows_.clear();
    octets_.clear();
    changes_.clear();
    notes_.clear();
    erased_.clear();
    forgotten_.clear();
    first_ = 0;
}

}  // namespace mock_smsc
