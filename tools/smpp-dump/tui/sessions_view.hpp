// The list of sessions: who talks to whom, and what it came to.
#pragma once

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class sessions_view final : public view {
public:
    /// `live`: what is opened follows what comes. REQUIRES: `kept` outlives it.
    sessions_view(const store& kept, bool live) : kept_(&kept), live_(live) {}

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override;
    [[nodiscard]] std::unique_ptr<view> open() override;
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override;
    [[nodiscard]] std::string_view keys() const override { return "Enter Open"; }

private:
    [[nodiscard]] std::vector<const kept_session*> listed() const;
    void place(const std::vector<const kept_session*>& list);

    const store* kept_;
    bool live_;
    list_cursor cursor_{};
    std::uint32_t selected_ = 0;  // number
};

}  // namespace smpp_dump::tui
