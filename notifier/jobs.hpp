// What is to be done: the URLs that were understood, each with its message.
//
//     auto jobs = notifier::make_jobs(urls, options, body, report, log);
#pragma once

#include <string>
#include <vector>

#include "log.hpp"
#include "message.hpp"
#include "options.hpp"
#include "outcome.hpp"
#include "sources.hpp"
#include "target.hpp"

namespace notifier {

struct job {
    notifier::target target;
    prepared_message message;
};

/// Parses every URL and prepares its message. What is refused is logged and reported; with --strict
/// the result is empty as soon as anything is.
[[nodiscard]] std::vector<job> make_jobs(const std::vector<url_source>& urls,
                                         const command_line& options, std::string_view body,
                                         reporter& report, log& log);

/// Jobs of one stage.
struct job_stage {
    std::size_t chain = 0;
    std::vector<job> jobs{};
    bool broken = false;  ///< a URL of it was refused
};

/// Tells of the recipients that are no numbers.
void report_invalid(const std::vector<job>& jobs, reporter& report);

}  // namespace notifier
