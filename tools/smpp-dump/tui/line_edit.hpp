// A line of text that is being typed.
#pragma once

#include <string>

#include "smpp-dump/tui/key.hpp"

namespace smpp_dump::tui {

class line_edit {
public:
    explicit line_edit(std::string_view text = {});

    /// False: the key is none for editing.
    bool press(const key& pressed);

    [[nodiscard]] std::string text() const;
    /// The text before the cursor.
    [[nodiscard]] std::string before() const;

private:
    static constexpr std::size_t longest = 2000;

    std::u32string text_{};
    std::size_t cursor_ = 0;
};

}  // namespace smpp_dump::tui
