#include "lint/report.hpp"

#include <algorithm>

namespace smpp::lint {

void report::add(rule which, std::string_view field, std::string detail) {
    if (places_.empty()) {
        places_ = locate(frame_, *pdu_);
    }
    const auto place = std::find_if(places_.begin(), places_.end(),
                                    [&](const located_field& each) { return each.name == field; });
    add_at(which, field, place == places_.end() ? 0 : place->offset, std::move(detail));
}

std::vector<finding> report::take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const finding& a, const finding& b) { return a.offset < b.offset; });
    return std::move(found_);
}

}  // namespace smpp::lint
