// Sends what the jobs say: each URL over its own session, all of a stage at the same time.
//
//     notifier::deliver(stages, options, report, log);
#pragma once

#include <vector>

#include "jobs.hpp"

namespace notifier {

/// Returns when every recipient has its outcome and every session has ended. The later stages of a
/// chain are left out once one has sent everything.
void deliver(const std::vector<job_stage>& stages, const command_line& options, reporter& report,
             log& log);

}  // namespace notifier
