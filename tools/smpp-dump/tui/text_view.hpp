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
    /// Lines of its own.
    text_view(std::string title, std::deque<std::string>&& lines)
        : title_(std::move(title)), own_(std::move(lines)), lines_(&own_) {}
    text_view(const text_view&) = delete;
    text_view& operator=(const text_view&) = delete;

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;

private:
    std::string title_;
    std::deque<std::string> own_{};
    const std::deque<std::string>* lines_;
    list_cursor cursor_;
};

/// What the keys do.
[[nodiscard]] const std::deque<std::string>& help_lines();

}  // namespace smpp_dump::tui
