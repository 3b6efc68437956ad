// --lint: gives records on, and tells behind each what it does against the specification.
#pragma once

#include <optional>
#include <unordered_map>

#include "smpp-dump/output.hpp"
#include "smpp/lint/client_lint.hpp"
#include "smpp/lint/session_lint.hpp"

namespace smpp_dump {

class lint_output final : public record_sink {
public:
    /// `next` may be null; `window`: requests of a client that may be outstanding, 0: any number.
    /// REQUIRES: `next` and `out` outlive it.
    lint_output(record_sink* next, octet_writer& out, const output_options& options, bool json,
                std::uint32_t window)
        : next_(next), out_(&out), options_(options), json_(json), window_(window) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

    /// Whether something of that severity, or worse, was found.
    [[nodiscard]] bool found(smpp::lint::severity least) const noexcept;
    /// "3 errors, 0 warnings, 12 notes"
    [[nodiscard]] std::string summary() const;

private:
    struct course {
        smpp::lint::session_lint lint{};
        std::size_t told = 0;
        std::int64_t last = 0;
        std::uint64_t messages = 0;              // either way
        std::optional<smpp::command_id> bind{};  // that was accepted
    };

    [[nodiscard]] course& course_of(const record& r);
    void check_pdu(const record& r, const course& of);
    void watch_client(const record& r, course& of);
    void tell_clients(const session& s);
    void tell_session(const session& s, course& of);
    void tell(const session& s, std::uint64_t frame, const smpp::lint::finding& f,
              std::string_view who);

    record_sink* next_;
    octet_writer* out_;
    output_options options_;
    bool json_;
    std::uint32_t window_;
    std::unordered_map<std::uint32_t, course> courses_{};
    smpp::lint::client_lint clients_{};
    std::size_t clients_told_ = 0;
    std::uint64_t counts_[3] = {};
};

}  // namespace smpp_dump
