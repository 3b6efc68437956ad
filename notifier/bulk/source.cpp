#include "source.hpp"

namespace notifier::bulk {
namespace {

outcome failed(const row& from, std::string to, outcome_state state, std::string why) {
    outcome out;
    out.row = from.number;
    out.to = std::move(to);
    out.state = state;
    out.error = std::move(why);
    return out;
}

}  // namespace

bool source::advance() {
    found_ = false;
    while (!found_) {
        const auto result = rows_.next(row_);
        if (result == read_result::end) {
            return false;
        }
        if (result == read_result::mistake) {
            results_.add(failed(row_, {}, outcome_state::invalid, rows_.mistake()));
            continue;
        }
        found_ = is_due() && compose();
    }
    return true;
}

bool source::is_due() {
    if (journal_ == nullptr) {
        return true;
    }
    if (journal_->settled().contains(row_.number)) {
        return false;
    }
    if (resend_unknown_ || !journal_->is_doubtful(row_.number)) {
        return true;
    }
    if (!journal_->is_unknown(row_.number)) {
        results_.add(
            failed(row_, composer_.recipient(row_), outcome_state::unknown,
                   "sent by a run that ended before the answer; it may or may not arrive"));
    }
    return false;
}

bool source::compose() {
    if (stopped_) {
        static const auto nothing = std::make_shared<const prepared_message>(
            prepared_message{{}, std::vector<prepared_part>(1), {}});
        next_.id = row_.number;
        next_.to = {composer_.recipient(row_), {}, {}};
        next_.message = nothing;
        return true;
    }
    if (auto mistake = composer_.compose(row_, next_)) {
        results_.add(
            failed(row_, composer_.recipient(row_), outcome_state::invalid, std::move(*mistake)));
        return false;
    }
    return true;
}

bool source::give(work& out) {
    if (!found_ && !advance()) {
        return false;
    }
    out = std::move(next_);
    found_ = false;
    return true;
}

}  // namespace notifier::bulk
