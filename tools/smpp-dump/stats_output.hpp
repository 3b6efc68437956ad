// --stats: counts, statuses, rates, windows, latencies and receipts of each session and in all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "smpp-dump/filter.hpp"
#include "smpp-dump/receipt_tally.hpp"
#include "support/latency_histogram.hpp"

namespace smpp_dump {

class stats_output final : public record_sink {
public:
    /// `json`: an object a line instead of text.
    stats_output(octet_writer& out, smpp::alphabet standard, bool json = false)
        : out_(&out), receipts_(standard), json_(json) {}
    /// Counts only these, but knows of the others: how many requests wait depends on them all.
    void set_filter(filter wanted) { wanted_.emplace(std::move(wanted)); }

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;
    /// After the last record.
    void finish();

private:
    using status_key = std::pair<smpp::command_status, smpp::command_id>;

    /// PDUs of a second.
    struct pace {
        std::int64_t second = 0;
        std::uint64_t count = 0;
        std::uint64_t peak = 0;
        void add(std::int64_t time) noexcept;
    };
    struct figures {
        std::string title{};
        session about{};
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::map<smpp::command_id, std::uint64_t> commands{};
        std::map<status_key, std::uint64_t> statuses{};   // of responses
        std::map<std::string, std::uint64_t> receipts{};  // by stat
        std::map<answer_fault, std::uint64_t> faults{};   // of responses
        std::map<std::string, std::uint64_t> endings{};   // in all: how often
        std::uint64_t octets = 0;
        std::uint64_t garbage = 0;
        std::uint64_t truncated = 0;
        std::uint64_t bad = 0;
        pace seconds{};
        std::int64_t outstanding[2] = {};  // requests of either side
        std::int64_t window[2] = {};       // most of them
        std::int64_t unanswered = 0;       // at the end
        tools::latency_histogram latency{};
        std::int64_t last_enquiry = 0;
        tools::latency_histogram enquiry_gaps{};  // between one enquire_link and the next
    };

    [[nodiscard]] figures& figures_of(const session& s);
    void count_outstanding(figures& f, const record& r, bool wanted);
    void count_request(figures& f, const record& r);
    void count_response(figures& f, const record& r);
    void add(figures& all, const figures& one) const;
    void print(const figures& f, bool window);
    void print_statuses(const figures& f);
    void print_receipts();
    void print_faults(const figures& f);
    void print_times(const std::string& what, const tools::latency_histogram& of);
    void print_json(const figures& f, bool all);
    void line(const std::string& text);

    octet_writer* out_;
    receipt_tally receipts_;
    bool json_;
    std::optional<filter> wanted_{};
    std::map<std::uint32_t, figures> sessions_{};
    pace seconds_{};
};

}  // namespace smpp_dump
