// --stats: counts, statuses, rates, windows and latencies of each session and in all.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// Latencies in buckets of about 3 %: any number of them in a few kilobytes.
class latency_histogram {
public:
    void add(std::int64_t nanoseconds) noexcept;
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] std::int64_t max() const noexcept { return max_; }
    /// `fraction` of 0.99: 99 % took at most that long.
    [[nodiscard]] std::int64_t percentile(double fraction) const noexcept;
    void add_all(const latency_histogram& other) noexcept;

private:
    static constexpr unsigned sub_bits = 5;
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value) noexcept;
    [[nodiscard]] static std::uint64_t top_of(std::size_t bucket) noexcept;

    std::array<std::uint64_t, (64 - sub_bits + 1) << sub_bits> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t max_ = 0;
};

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
        latency_histogram latency{};
    };

    void print(const figures& f, bool window);
    void line(const std::string& text);

    octet_writer* out_;
    std::map<std::uint32_t, figures> sessions_{};
};

}  // namespace smpp_dump
