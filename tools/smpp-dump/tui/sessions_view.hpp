// The list of sessions: who talks to whom, and what it came to.
#pragma once

#include <set>

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/session_columns.hpp"
#include "smpp-dump/tui/settings.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class sessions_view final : public view {
public:
    /// REQUIRES: both outlive it.
    sessions_view(const store& kept, settings& set) : kept_(&kept), settings_(&set) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    [[nodiscard]] std::unique_ptr<view> open(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::string about() const override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override;
    [[nodiscard]] std::vector<key_hint> keys() const override;

private:
    using sessions = std::vector<const kept_session*>;

    [[nodiscard]] sessions listed() const;
    void place(const sessions& list);
    void select(const sessions& list);
    void mark_all(const sessions& list);
    void sort_by_next(bool forward);
    void draw_titles(screen& to, const area& where, const std::vector<placed_column>& columns);
    [[nodiscard]] look look_of(const kept_session& s) const;
    [[nodiscard]] std::vector<std::uint32_t> marked() const;
    [[nodiscard]] std::vector<std::uint32_t> chosen() const;
    [[nodiscard]] std::vector<session_column> shown_columns() const;
    [[nodiscard]] std::vector<menu_item> column_items();

    const store* kept_;
    settings* settings_;
    list_cursor cursor_{};
    std::uint32_t selected_ = 0;  // number
    std::set<std::uint32_t> marks_{};
    session_column sorted_by_ = session_column::number;
    bool reversed_ = false;
    bool columns_[session_column_count] = {true, true, false, true, true,
                                           true, true, true,  true, true};  // shown
};

}  // namespace smpp_dump::tui
