// --stats: counts, statuses, rates, windows and latencies of each session and in all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "smpp-dump/output.hpp"
#include "support/latency_histogram.hpp"

namespace smpp_dump {

class stats_output final : public record_sink {
public:
    explicit stats_output(octet_writer& out) : out_(&out) {}
    void on_record(const record& r) override;
    /// After the last record.
    void finish();

private:
    struct figures {
        std::string title{};
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::map<smpp::command_id, std::uint64_t> commands{};
        std::map<smpp::command_status, std::uint64_t> statuses{};  // of responses that are errors
        std::uint64_t octets = 0;
        std::uint64_t garbage = 0;
        std::uint64_t truncated = 0;
        std::uint64_t bad = 0;
        std::int64_t outstanding[2] = {};  // requests of either side
        std::int64_t window[2] = {};       // most of them
        tools::latency_histogram latency{};
    };

    void print(const figures& f, bool window);
    void line(const std::string& text);

    octet_writer* out_;
    std::map<std::uint32_t, figures> sessions_{};
};

}  // namespace smpp_dump
