// The PDUs of some sessions that the filter lets through, in the order in which they came, as they
// are now.
//
//     pdu_list list(store, {1, 4});
//     list.relate(true);            // with the sessions that belong with these
//     for (std::uint64_t id : list.ids()) { ... }
#pragma once

#include <vector>

#include "smpp-dump/tui/store.hpp"

namespace smpp_dump::tui {

class pdu_list {
public:
    /// REQUIRES: `kept` outlives it.
    pdu_list(const store& kept, std::vector<std::uint32_t> sessions)
        : kept_(&kept), base_(std::move(sessions)) {}

    /// With the sessions that belong with these: see related_to().
    void relate(bool on) {
        related_ = on;
        seen_ = never;
    }
    [[nodiscard]] bool related() const noexcept { return related_; }

    [[nodiscard]] const std::vector<std::uint64_t>& ids() const;
    /// Those of the sessions that are kept.
    [[nodiscard]] const std::vector<std::uint32_t>& sessions() const;
    /// Without those that belong with them.
    [[nodiscard]] const std::vector<std::uint32_t>& base() const noexcept { return base_; }
    /// Where `id` is among ids(), or would be.
    [[nodiscard]] std::size_t place_of(std::uint64_t id) const;

private:
    static constexpr std::uint64_t never = UINT64_MAX;

    void refresh() const;

    const store* kept_;
    std::vector<std::uint32_t> base_;
    bool related_ = false;
    mutable std::uint64_t seen_ = never;  // store::changes() of what follows
    mutable std::vector<std::uint32_t> sessions_{};
    mutable std::vector<std::uint64_t> ids_{};
};

/// These and all of the same accounts: receipts may come in another session than the one of the
/// submit. Where a session has no account, as its bind was not seen, those between the same hosts.
[[nodiscard]] std::vector<std::uint32_t> related_to(const store& kept,
                                                    const std::vector<std::uint32_t>& sessions);

}  // namespace smpp_dump::tui
