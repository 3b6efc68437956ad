// PDUs as octets, one below the other.
#pragma once

#include "smpp-dump/tui/list_cursor.hpp"
#include "smpp-dump/tui/pdu_list.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

class raw_view final : public view {
public:
    /// The PDUs that are in the list now; `first` of them at the top. REQUIRES: `kept` outlives it.
    raw_view(const store& kept, const pdu_list& list, std::uint64_t first);

    void draw(screen& to, const area& where) override;
    bool press(const key& pressed) override { return cursor_.press(pressed, rows()); }
    bool search(std::string_view text, bool forward) override;
    [[nodiscard]] std::vector<std::uint64_t> shown_pdus() const override { return ids_; }

private:
    [[nodiscard]] std::size_t rows() const noexcept { return ends_.empty() ? 0 : ends_.back(); }
    [[nodiscard]] std::string text_of(std::size_t row, bool& heading) const;

    const store* kept_;
    std::vector<std::uint64_t> ids_;
    std::vector<std::size_t> ends_{};  // the row behind those of each PDU
    list_cursor cursor_{};
};

/// "0010  68 65 6c 6c 6f                                   hello"
[[nodiscard]] std::string octet_row(std::string_view octets, std::size_t first);

}  // namespace smpp_dump::tui
