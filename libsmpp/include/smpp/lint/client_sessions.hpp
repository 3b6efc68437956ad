// The sessions of one client, as they matter to each other: receipts of what one submits may come
// on another. client_lint counts them; session_lint asks.
#pragma once

#include <cstdint>

namespace smpp::lint {

struct client_sessions {
    std::uint32_t bound = 0;      ///< now
    std::uint32_t receivers = 0;  ///< of them those that receive, transceivers too
    std::uint64_t ever = 0;       ///< that were bound so far
};

}  // namespace smpp::lint
