// --bulk: many recipients from a file, over one session.
#pragma once

#include "notifier/log.hpp"
#include "notifier/options.hpp"
#include "notifier/sources.hpp"

namespace notifier::bulk {

/// Checks the whole input, then sends it. Returns the exit code. Throws as its parts do.
[[nodiscard]] int run(const url_stages& urls, const command_line& options, log& log);

}  // namespace notifier::bulk
