// What clients did against the specification: findings of messages and sessions, by rule.
//
//     lint_report report;
//     report.add(message);
//     report.add(session);
//     puts(report.text().c_str());
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mock-smsc/http/json_out.hpp"
#include "mock-smsc/message_fields.hpp"
#include "smpp/lint/session_lint.hpp"

namespace mock_smsc {

/// One finding as JSON; `message` or `session` says where, 0: not said.
void put_finding(json_out& out, const smpp::lint::finding& found, std::uint64_t message,
                 std::uint64_t session);
void put_finding(json_out& out, const smpp::lint::session_finding& found, std::uint64_t session);

class lint_report {
public:
    static constexpr std::size_t examples_each = 5;

    /// Leaves out what is less severe.
    explicit lint_report(smpp::lint::severity least = smpp::lint::severity::note) : least_(least) {}

    void add(message_reader& message);
    void add(const session_info& session);

    /// Findings at least that severe.
    [[nodiscard]] std::uint64_t count(smpp::lint::severity least) const noexcept;
    [[nodiscard]] std::string json() const;
    /// For a terminal: the gravest first.
    [[nodiscard]] std::string text() const;

private:
    struct example {
        std::uint64_t message = 0;  ///< 0: of a session
        std::uint64_t session = 0;
        smpp::lint::session_finding found;
    };
    struct entry {
        smpp::lint::rule rule{};
        std::uint64_t count = 0;
        std::vector<example> examples;
    };

    void add(const smpp::lint::session_finding& found, std::uint64_t message,
             std::uint64_t session);
    /// The gravest first, then the most frequent.
    [[nodiscard]] std::vector<const entry*> sorted() const;

    smpp::lint::severity least_;
    std::uint64_t messages_ = 0;
    std::uint64_t sessions_ = 0;
    std::map<smpp::lint::rule, entry> entries_;
};

}  // namespace mock_smsc
