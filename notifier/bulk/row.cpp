#include "row.hpp"

#include <algorithm>

namespace notifier::bulk {

std::optional<std::size_t> column_names::find(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - names_.begin()));
}

std::optional<std::string> column_names::duplicate() const {
    for (auto each = names_.begin(); each != names_.end(); ++each) {
        if (std::find(names_.begin(), each, *each) != each) {
            return *each;
        }
    }
    return std::nullopt;
}

}  // namespace notifier::bulk
