// What passed between the two ends of a session, an arrow a PDU.
#pragma once

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class ladder_view final : public view {
public:
    /// REQUIRES: `kept` outlives it.
    ladder_view(const store& kept, std::uint32_t session, bool follow)
        : kept_(&kept), session_(session), cursor_(follow) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    [[nodiscard]] std::unique_ptr<view> open() override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override;
    [[nodiscard]] std::string_view keys() const override { return "Enter Open  w Time"; }

private:
    [[nodiscard]] const std::deque<std::uint64_t>& list() const;
    void place();
    void draw_pdu(screen& to, const area& where, int y, const kept_pdu& pdu, bool selected) const;
    [[nodiscard]] std::string time_of(const kept_pdu& pdu) const;

    const store* kept_;
    std::uint32_t session_;
    list_cursor cursor_;
    std::uint64_t selected_ = 0;  // id
    bool clock_ = false;          // times of day, not since the beginning
};

/// A PDU in a line, garbage and gaps as well.
[[nodiscard]] std::string line_of(const record& r, smpp::alphabet default_alphabet);

}  // namespace smpp_dump::tui
