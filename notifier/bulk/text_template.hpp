// A text with {placeholders}, which stand for the values of columns; {{ and }} are braces.
//
//     auto greeting = bulk::text_template::parse("Hello {name}");
//     std::string text = greeting->expand([&](std::string_view column) { return value(column); });
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notifier/url.hpp"

namespace notifier::bulk {

class text_template {
public:
    /// The error says where a brace is wrong.
    [[nodiscard]] static parsed<text_template> parse(std::string_view text);

    /// Names of columns in lower case, in the order of their places.
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

    /// `value(i)` is what stands for names()[i].
    template <class Value>
    void expand(std::string& out, Value&& value) const {
        out = literals_.front();
        for (std::size_t i = 0; i < names_.size(); ++i) {
            out.append(value(i));
            out.append(literals_[i + 1]);
        }
    }

private:
    std::vector<std::string> literals_{std::string()};  // one more than names
    std::vector<std::string> names_{};
};

}  // namespace notifier::bulk
