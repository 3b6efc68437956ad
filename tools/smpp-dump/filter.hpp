// -Y: which PDUs are shown. The language of Wireshark's display filters, with its names and short
// ones.
//
//     const smpp_dump::filter wanted("command == submit_sm && destination_addr contains \"49\"");
//     if (wanted.matches(record)) { ... }
#pragma once

#include <memory>
#include <stdexcept>
#include <string_view>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

/// A filter that cannot be understood; what() says what and where.
class filter_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class filter {
public:
    /// Throws filter_error.
    explicit filter(std::string_view text, smpp::alphabet standard = smpp::alphabet::gsm7);
    /// Those that both let through; `query` is in the language of query_filter.hpp. One may be
    /// empty.
    filter(std::string_view text, std::string_view query, smpp::alphabet standard);
    ~filter();
    filter(filter&&) noexcept;
    filter& operator=(filter&&) noexcept;

    [[nodiscard]] bool matches(const record& r) const;
    /// It asks for what later PDUs tell ("answered"): record::answered must be known.
    [[nodiscard]] bool looks_ahead() const noexcept { return looks_ahead_; }

    class node;

private:
    std::unique_ptr<const node> root_;
    smpp::alphabet standard_;
    bool looks_ahead_ = false;
};

/// Gives on what the filter lets through.
class filter_output final : public record_sink {
public:
    /// REQUIRES: `next` outlives it.
    filter_output(filter wanted, record_sink& next) : wanted_(std::move(wanted)), next_(&next) {}

    void on_record(const record& r) override {
        if (wanted_.matches(r)) {
            next_->on_record(r);
        }
    }
    void on_session_end(const session& s) override { next_->on_session_end(s); }

private:
    filter wanted_;
    record_sink* next_;
};

}  // namespace smpp_dump
