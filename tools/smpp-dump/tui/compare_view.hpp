// Two PDUs beside each other, field by field, and what differs between them.
#pragma once

#include <string>
#include <vector>

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/pdu_view.hpp"

namespace smpp_dump::tui {

/// How two lines stand to each other that are shown in one row.
enum class relation : std::uint8_t { same, differs, left_only, right_only };

struct line_pair {
    std::string left{};   ///< empty: right_only
    std::string right{};  ///< empty: left_only
    relation how = relation::same;
};

/// The lines of two trees, those of the same field in one row.
[[nodiscard]] std::vector<line_pair> pairs_of(const std::vector<tree_line>& left,
                                              const std::vector<tree_line>& right);

class compare_view final : public view {
public:
    /// REQUIRES: both are kept. Later they need not be.
    compare_view(const store& kept, std::uint64_t left, std::uint64_t right);

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::string about() const override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override { return ids_; }
    [[nodiscard]] std::vector<key_hint> keys() const override;

private:
    template <class Wanted>
    bool go(Wanted wanted, bool forward);
    void draw_pair(screen& to, const area& where, int y, int rows, bool selected,
                   const line_pair& pair) const;

    std::vector<std::uint64_t> ids_;
    line_pair heading_{};
    std::vector<line_pair> pairs_;
    list_cursor cursor_{};
};

}  // namespace smpp_dump::tui
