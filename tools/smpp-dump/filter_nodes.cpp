#include "smpp-dump/filter_nodes.hpp"

#include <algorithm>

namespace smpp_dump::detail {
namespace {

class judge final : public value_sink {
public:
    explicit judge(const comparison& by) : by_(&by) {}
    void number(std::uint64_t value) override { take(by_->mask ? value & *by_->mask : value); }
    void text(std::string_view value) override {
        if (by_->part) {
            const auto cut = by_->part->of(value);
            if (!cut) {
                return;  // it has no such octets
            }
            value = *cut;
        }
        switch (by_->what) {
            case function::itself: take(value); break;
            case function::length: number(value.size()); break;
            case function::upper:
            case function::lower: take(std::string_view(in_case(value))); break;
        }
    }
    /// What is compared with "!=" holds where it is equal.
    [[nodiscard]] bool verdict() const noexcept {
        const bool negated = by_->how == relation::unequal;
        switch (by_->which) {
            case quantifier::any: return negated ? held_ < seen_ : held_ > 0;
            case quantifier::all: return seen_ > 0 && held_ == (negated ? 0 : seen_);
            case quantifier::usual: break;
        }
        return negated ? seen_ > 0 && held_ == 0 : held_ > 0;
    }

private:
    template <class T>
    void take(T value) {
        ++seen_;
        held_ += by_->holds(value) ? 1U : 0U;
    }
    /// ASCII, as texts of any alphabet are in UTF-8 here.
    const std::string& in_case(std::string_view value) {
        changed_ = value;
        for (char& c : changed_) {
            const bool upper = c >= 'A' && c <= 'Z';
            const bool lower = c >= 'a' && c <= 'z';
            if (by_->what == function::upper ? lower : upper) {
                c = static_cast<char>(c ^ 0x20);
            }
        }
        return changed_;
    }

    const comparison* by_;
    std::string changed_{};
    std::size_t seen_ = 0;
    std::size_t held_ = 0;
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
        return !mask || value != 0;
    }
    if (how == relation::in) {
        return std::any_of(operands.begin(), operands.end(), [&](const operand& each) {
            return value >= each.number && value <= each.last_number;
        });
    }
    return compare(how, value, operands.front().number);
}

bool comparison::holds(std::string_view value) const {
    if (kind() == field_kind::address && how != relation::exists) {
        return std::any_of(operands.begin(), operands.end(),
                           [&](const operand& each) { return each.address.contains(value); });
    }
    switch (how) {
        case relation::exists: return !value.empty() || field.empty_counts;
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
