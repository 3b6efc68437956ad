// Sends what the jobs say: each URL over its own session, all of them at the same time.
//
//     notifier::deliver(jobs, options, report, log);
#pragma once

#include <vector>

#include "jobs.hpp"

namespace notifier {

/// Returns when every recipient has its outcome and every session has ended.
void deliver(const std::vector<job>& jobs, const command_line& options, reporter& report, log& log);

}  // namespace notifier
