#include "smpp-dump/filter_nodes.hpp"

#include <algorithm>

namespace smpp_dump::detail {
namespace {

class judge final : public value_sink {
public:
    explicit judge(const comparison& by) : by_(&by) {}
    void number(std::uint64_t value) override { take(value); }
    void text(std::string_view value) override { take(value); }
    [[nodiscard]] bool verdict() const noexcept {
        return by_->how == relation::unequal ? seen_ && !held_ : held_;
    }

private:
    template <class T>
    void take(T value) {
        seen_ = true;
        held_ = held_ || by_->holds(value);
    }

    const comparison* by_;
    bool seen_ = false;
    bool held_ = false;
};

template <class T>
bool compare(relation how, const T& value, const T& with) {
    switch (how) {
        case relation::less: return value < with;
        case relation::less_equal: return value <= with;
        case relation::greater: return value > with;
        case relation::greater_equal: return value >= with;
        default: return value == with;
    }
}

/// Patterns that would take for ever are given up: they do not match.
bool search(std::string_view value, const boost::regex& pattern) {
    try {
        return boost::regex_search(value.begin(), value.end(), pattern);
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace

bool all_of::test(const record& r, smpp::alphabet standard) const {
    return std::all_of(parts_.begin(), parts_.end(),
                       [&](const node_ptr& part) { return part->test(r, standard); });
}

bool any_of::test(const record& r, smpp::alphabet standard) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const node_ptr& part) { return part->test(r, standard); });
}

bool comparison::test(const record& r, smpp::alphabet standard) const {
    judge found(*this);
    field.give(field, r, standard, found);
    return found.verdict();
}

bool comparison::holds(std::uint64_t value) const {
    if (how == relation::exists) {
        return true;
    }
    if (how == relation::in) {
        return std::any_of(operands.begin(), operands.end(), [&](const operand& each) {
            return value >= each.number && value <= each.last_number;
        });
    }
    return compare(how, value, operands.front().number);
}

bool comparison::holds(std::string_view value) const {
    switch (how) {
        case relation::exists: return true;
        case relation::contains: return value.find(operands.front().text) != std::string_view::npos;
        case relation::matches: return search(value, pattern);
        case relation::in:
            return std::any_of(operands.begin(), operands.end(), [&](const operand& each) {
                return value >= each.text && value <= each.last_text;
            });
        default: return compare(how, value, std::string_view(operands.front().text));
    }
}

}  // namespace smpp_dump::detail
