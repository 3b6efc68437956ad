// What passed between the two ends of a session, or of several, an arrow a PDU.
#pragma once

#include <climits>
#include <optional>

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/pdu_list.hpp"
#include "smpp-dump/tui/settings.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class ladder_view final : public view {
public:
    /// REQUIRES: `kept` and `set` outlive it.
    ladder_view(const store& kept, settings& set, pdu_list list)
        : kept_(&kept), settings_(&set), list_(std::move(list)), cursor_(set.follow) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    [[nodiscard]] std::unique_ptr<view> open(const key& pressed) override;
    void follow(bool on) override { cursor_.follow(on); }
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::string about() const override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override { return list_.ids(); }
    [[nodiscard]] std::vector<key_hint> keys() const override;

private:
    /// Where the lifelines of the clients stand.
    struct lanes {
        int count = 1;
        int step = 0;
    };

    void place();
    bool press_mark();
    bool press_setting(const key& pressed);
    void draw_ladder(screen& to, const area& where);
    void draw_heading(screen& to, const area& where, const lanes& at) const;
    void draw_pdu(screen& to, const area& where, int y, const record& r, const lanes& at,
                  look as) const;
    void draw_endings(screen& to, const area& where, int y) const;
    void draw_preview(screen& to, const area& where) const;
    [[nodiscard]] lanes lanes_of(int room) const;
    [[nodiscard]] int lane_of(std::uint32_t session) const;
    [[nodiscard]] look look_of(const kept_pdu& pdu, const record& r) const;
    [[nodiscard]] int time_room() const noexcept;
    [[nodiscard]] std::string time_of(std::size_t index) const;
    [[nodiscard]] std::string label_of(const record& r, int room) const;

    const store* kept_;
    settings* settings_;
    pdu_list list_;
    list_cursor cursor_;
    std::uint64_t selected_ = 0;             // id
    bool previewed_ = false;                 // the last time it was drawn
    std::optional<std::uint64_t> marked_{};  // to be compared with another one
};

/// A PDU in a line, garbage and gaps as well. The text of its message is cut so that the line has
/// `room` columns, if that does.
[[nodiscard]] std::string line_of(const record& r, smpp::alphabet default_alphabet,
                                  int room = INT_MAX);
/// The same behind its time, session and direction.
[[nodiscard]] std::string heading_of(const record& r, smpp::alphabet default_alphabet);

}  // namespace smpp_dump::tui
