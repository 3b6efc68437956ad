// Requests of one direction that wait for their response, found by sequence number, and the last
// of those that have it.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <optional>
#include <vector>

#include "smpp-dump/record.hpp"

namespace smpp_dump {

class request_table {
public:
    void add(std::uint32_t sequence_number, const matched_request& request) {
        if (waiting_.size() >= max_waiting) {
            waiting_.clear();  // a peer that never answers: what is older than this is lost
            forgot_ = true;
        }
        waiting_.insert_or_assign(sequence_number, request);
    }

    /// The request that `response` answers, which waits no longer; or what is wrong with it.
    /// `all_seen`: no request has been missed.
    [[nodiscard]] answer take(const smpp::header& response, bool all_seen) {
        const auto at = waiting_.find(response.sequence_number);
        if (at == waiting_.end()) {
            const bool twice = !answered_.empty() &&
                               answered_[place_of(response)] == entry_of(response.sequence_number);
            return {twice                  ? answer_fault::duplicate
                    : all_seen && !forgot_ ? answer_fault::unsolicited
                                           : answer_fault::none,
                    std::nullopt};
        }
        const matched_request found = at->second;
        if (response.id != smpp::command_id::generic_nack &&
            response.id != smpp::response_of(found.id)) {
            return {answer_fault::mismatched, std::nullopt};
        }
        waiting_.erase(at);
        if (answered_.empty()) {
            answered_.resize(max_answered);
        }
        answered_[place_of(response)] = entry_of(response.sequence_number);
        return {answer_fault::none, found};
    }

    [[nodiscard]] bool waits(std::uint32_t sequence_number) const {
        return waiting_.contains(sequence_number);
    }
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    static constexpr std::size_t max_waiting = 1U << 16;
    static constexpr std::size_t max_answered = 256;

    static std::size_t place_of(const smpp::header& response) noexcept {
        return response.sequence_number % max_answered;
    }
    static std::uint64_t entry_of(std::uint32_t sequence_number) noexcept {
        return std::uint64_t{1} << 32U | sequence_number;
    }

    boost::unordered_flat_map<std::uint32_t, matched_request> waiting_{};
    std::vector<std::uint64_t> answered_{};  // the last of each place
    bool forgot_ = false;
};

}  // namespace smpp_dump
