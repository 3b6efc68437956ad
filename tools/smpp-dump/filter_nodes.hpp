// What a filter consists of once it is read: tests of fields, joined by and, or, not.
#pragma once

#include <boost/regex.hpp>
#include <memory>
#include <vector>

#include "smpp-dump/filter.hpp"
#include "smpp-dump/filter_field.hpp"
#include "smpp-dump/filter_values.hpp"

namespace smpp_dump {

class filter::node {
public:
    virtual ~node() = default;
    [[nodiscard]] virtual bool test(const record& r, smpp::alphabet standard) const = 0;
};

namespace detail {

using node_ptr = std::unique_ptr<const filter::node>;

class all_of final : public filter::node {
public:
    explicit all_of(std::vector<node_ptr> parts) : parts_(std::move(parts)) {}
    [[nodiscard]] bool test(const record& r, smpp::alphabet standard) const override;

private:
    std::vector<node_ptr> parts_;
};

class any_of final : public filter::node {
public:
    explicit any_of(std::vector<node_ptr> parts) : parts_(std::move(parts)) {}
    [[nodiscard]] bool test(const record& r, smpp::alphabet standard) const override;

private:
    std::vector<node_ptr> parts_;
};

class none_of final : public filter::node {
public:
    explicit none_of(node_ptr part) : part_(std::move(part)) {}
    [[nodiscard]] bool test(const record& r, smpp::alphabet standard) const override {
        return !part_->test(r, standard);
    }

private:
    node_ptr part_;
};

enum class relation : std::uint8_t {
    exists,
    equal,
    unequal,
    less,
    less_equal,
    greater,
    greater_equal,
    contains,
    matches,
    in,
};

/// A value to compare with, or a range of them.
struct operand {
    std::uint64_t number = 0;
    std::uint64_t last_number = 0;
    std::string text{};
    std::string last_text{};
    address_value address{};
};

/// What is compared of a value.
enum class function : std::uint8_t { itself, length, upper, lower };

/// Which of several values have to fit: one, but for "!=", which all have to.
enum class quantifier : std::uint8_t { usual, any, all };

/// A field compared with something.
class comparison final : public filter::node {
public:
    filter_field field{};
    function what = function::itself;
    quantifier which = quantifier::usual;
    std::optional<slice> part{};
    std::optional<std::uint64_t> mask{};
    relation how = relation::exists;
    std::vector<operand> operands{};
    boost::regex pattern{};

    /// Of what is compared.
    [[nodiscard]] field_kind kind() const noexcept {
        return what == function::length ? field_kind::number : field.kind;
    }
    [[nodiscard]] bool test(const record& r, smpp::alphabet standard) const override;
    [[nodiscard]] bool holds(std::uint64_t value) const;
    [[nodiscard]] bool holds(std::string_view value) const;
};

}  // namespace detail
}  // namespace smpp_dump
