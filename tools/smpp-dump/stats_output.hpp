// --stats: counts, statuses, rates, windows, latencies and receipts of each session and in all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "smpp-dump/receipt_tally.hpp"
#include "support/latency_histogram.hpp"

namespace smpp_dump {

class stats_output final : public record_sink {
public:
    stats_output(octet_writer& out, smpp::alphabet standard) : out_(&out), receipts_(standard) {}
    void on_record(const record& r) override;
    void on_session_end(const session& s) override { receipts_.end(s); }
    /// After the last record.
    void finish();

private:
    struct figures {
        std::string title{};
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::map<smpp::command_id, std::uint64_t> commands{};
        /// Of responses that are errors.
        std::map<std::pair<smpp::command_id, smpp::command_status>, std::uint64_t> statuses{};
        std::map<std::string, std::uint64_t> receipts{};  // by stat
        std::uint64_t octets = 0;
        std::uint64_t garbage = 0;
        std::uint64_t truncated = 0;
        std::uint64_t bad = 0;
        std::int64_t outstanding[2] = {};  // requests of either side
        std::int64_t window[2] = {};       // most of them
        tools::latency_histogram latency{};
        std::int64_t last_enquiry = 0;
        tools::latency_histogram enquiry_gaps{};  // between one enquire_link and the next
    };

    void print(const figures& f, bool window);
    void print_times(const std::string& what, const tools::latency_histogram& of);
    void add(figures& all, const figures& one) const;
    void count_request(figures& f, const record& r);
    void line(const std::string& text);

    octet_writer* out_;
    receipt_tally receipts_;
    std::map<std::uint32_t, figures> sessions_{};
};

}  // namespace smpp_dump
