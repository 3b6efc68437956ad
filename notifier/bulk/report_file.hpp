// --report: a line for each row and its outcome, as CSV or as a JSON document, by the file's name.
//
//     bulk::report_file report("outcomes.csv");       // throws report_error
//     report.add(outcome);
//     report.finish(summary_json);
#pragma once

#include <stdexcept>
#include <string>

#include "notifier/outcome.hpp"

namespace notifier::bulk {

class report_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Does the name end as a report's must?
[[nodiscard]] bool is_report_name(const std::string& path);

class report_file {
public:
    /// An older report is replaced; a file that holds anything else is refused.
    explicit report_file(const std::string& path);
    ~report_file();
    report_file(const report_file&) = delete;
    report_file& operator=(const report_file&) = delete;

    void add(const outcome& result);
    /// The end of it; the summary as a JSON object.
    void finish(const std::string& summary);

private:
    void add_csv(const outcome& result);
    void add_receipt(const receipt_seen* receipt);
    void write();
    [[nodiscard]] bool may_replace() const;
    [[noreturn]] void fail(const std::string& why) const;

    std::string path_;
    bool json_;
    bool first_ = true;
    int file_ = -1;
    std::string buffer_;
};

}  // namespace notifier::bulk
