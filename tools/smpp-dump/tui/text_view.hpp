// Lines of text to scroll in: help, and what was told.
#pragma once

#include <deque>

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class text_view final : public view {
public:
    /// REQUIRES: `lines` outlives it; it may grow.
    text_view(std::string title, const std::deque<std::string>& lines, bool at_end)
        : title_(std::move(title)), lines_(&lines), cursor_(at_end) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;

private:
    std::string title_;
    const std::deque<std::string>* lines_;
    list_cursor cursor_;
};

/// What the keys do.
[[nodiscard]] const std::deque<std::string>& help_lines();

}  // namespace smpp_dump::tui
