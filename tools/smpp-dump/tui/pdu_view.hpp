// A PDU: its fields beside its octets. What is selected on one side is marked on the other.
#pragma once

#include "smpp-dump/tui/pdu_list.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

/// A line of the tree, and the octets that it stands for.
struct tree_line {
    std::string text{};
    std::size_t offset = 0;
    std::size_t size = 0;  ///< 0: it stands for no octets
    bool bad = false;
};

/// What is wrong, then every field with its value and meaning, and the text of the message.
[[nodiscard]] std::vector<tree_line> tree_of(const record& r, const output_options& options);
/// The line that stands for the octet, the narrowest of them; `lines.size()`: none.
[[nodiscard]] std::size_t line_at(const std::vector<tree_line>& lines, std::size_t octet) noexcept;

class pdu_view final : public view {
public:
    /// `list`: those before it and behind it. REQUIRES: `kept` outlives it.
    pdu_view(const store& kept, pdu_list list, std::uint64_t id);

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    [[nodiscard]] std::unique_ptr<view> open(const key& pressed) override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override;
    [[nodiscard]] std::vector<key_hint> keys() const override;

private:
    enum class pane : std::uint8_t { tree, octets };

    [[nodiscard]] std::string heading(const record& r) const;
    void load();
    void go(bool forward);
    void resize_octets(bool wider);
    void select_line(std::size_t line);
    void select_octet(std::size_t octet);
    bool press_tree(const key& pressed);
    bool press_octets(const key& pressed);
    void draw_tree(screen& to, const area& where);
    void draw_octets(screen& to, const area& where);
    void draw_octet_row(screen& to, const area& where, int y, std::size_t first) const;

    const store* kept_;
    pdu_list list_;
    std::uint64_t id_;
    std::vector<tree_line> lines_{};
    std::string octets_{};
    std::size_t line_ = 0;
    std::size_t octet_ = 0;
    std::size_t per_row_ = 16;
    std::size_t wanted_per_row_ = 0;  // 0: what there is room for
    std::size_t top_row_ = 0;         // of the tree
    std::size_t top_octets_ = 0;      // first row of octets
    std::size_t page_ = 1;
    pane active_ = pane::tree;
};

}  // namespace smpp_dump::tui
