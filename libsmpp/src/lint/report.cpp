#include "lint/report.hpp"

#include <algorithm>

namespace smpp::lint {

void report::add(rule which, std::string_view field, std::string detail, std::size_t nth) {
    if (places_.empty()) {
        places_ = locate(frame_, *pdu_);
    }
    const auto place = std::find_if(places_.begin(), places_.end(), [&](const located_field& each) {
        return each.name == field && nth-- == 0;
    });
    add_at(which, field, place == places_.end() ? 0 : place->offset, std::move(detail));
}

std::vector<finding> report::take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const finding& a, const finding& b) { return a.offset < b.offset; });
    std::vector<finding> out;
    for (finding& each : found_) {
        // Two checks may see the same; the one that says more counts.
        const auto told = std::find_if(out.begin(), out.end(), [&](const finding& other) {
            return other.rule == each.rule && other.field == each.field &&
                   other.offset == each.offset &&
                   (other.detail == each.detail || other.detail.empty() || each.detail.empty());
        });
        if (told == out.end()) {
            out.push_back(std::move(each));
        } else if (told->detail.empty()) {
            told->detail = std::move(each.detail);
        }
    }
    return out;
}

}  // namespace smpp::lint
