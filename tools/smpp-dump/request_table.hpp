// Requests of one direction that wait for their response, found by sequence number.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <optional>

#include "smpp-dump/record.hpp"

namespace smpp_dump {

class request_table {
public:
    void add(std::uint32_t sequence_number, const matched_request& request) {
        if (waiting_.size() >= max_waiting) {
            waiting_.clear();  // a peer that never answers: what is older than this is lost
        }
        waiting_.insert_or_assign(sequence_number, request);
    }

    /// The request that `response` answers; it waits no longer.
    [[nodiscard]] std::optional<matched_request> take(const smpp::header& response) {
        const auto at = waiting_.find(response.sequence_number);
        if (at == waiting_.end()) {
            return std::nullopt;
        }
        const matched_request found = at->second;
        if (response.id != smpp::command_id::generic_nack &&
            response.id != smpp::response_of(found.id)) {
            return std::nullopt;
        }
        waiting_.erase(at);
        return found;
    }

    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    static constexpr std::size_t max_waiting = 1U << 16;
    boost::unordered_flat_map<std::uint32_t, matched_request> waiting_{};
};

}  // namespace smpp_dump
