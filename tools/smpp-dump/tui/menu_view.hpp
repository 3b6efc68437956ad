// A list of things that can be changed: settings, columns.
#pragma once

#include <functional>

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

struct menu_item {
    std::string name{};
    std::function<std::string()> value{};
    std::function<void(bool forward)> change{};
};

class menu_view final : public view {
public:
    menu_view(std::string title, std::vector<menu_item> items)
        : title_(std::move(title)), items_(std::move(items)) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::vector<key_hint> keys() const override;

private:
    std::string title_;
    std::vector<menu_item> items_;
    list_cursor cursor_{};
};

}  // namespace smpp_dump::tui
