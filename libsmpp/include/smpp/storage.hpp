// Storage of a PDU's texts: one PDU text, two storages.
//
//     smpp::submit_sm        owns its octets (std::string members)
//     smpp::submit_sm_view   borrows them from the buffer it was decoded from (std::string_view
//     members)
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace smpp {

/// Members own their octets.
struct owned {
    using text = std::string;
};

/// Members point into the decoded buffer: valid only as long as that buffer is.
struct view {
    using text = std::string_view;
};

}  // namespace smpp
