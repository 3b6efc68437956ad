// A line of text that is being typed.
#pragma once

#include <string>

#include "smpp-dump/tui/key.hpp"

namespace smpp_dump::tui {

class line_edit {
public:
    /// `offered`: the text is a proposal, which the first character typed replaces; any other key
    /// keeps it to be edited.
    explicit line_edit(std::string_view text = {}, bool offered = false);

    /// False: the key is none for editing.
    bool press(const key& pressed);

    [[nodiscard]] std::string text() const;
    /// The text before the cursor.
    [[nodiscard]] std::string before() const;
    [[nodiscard]] bool offered() const noexcept { return offered_; }

private:
    void delete_word();

    static constexpr std::size_t longest = 2000;

    std::u32string text_{};
    std::size_t cursor_ = 0;
    bool offered_ = false;
};

}  // namespace smpp_dump::tui
