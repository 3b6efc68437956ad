// The options of --bulk as the command line's parser wants them. For options.cpp.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include "bulk_options.hpp"

namespace notifier::bulk {

[[nodiscard]] boost::program_options::options_description option_group();

/// Throws usage_error.
[[nodiscard]] bulk_options options_of(const boost::program_options::variables_map& values);

}  // namespace notifier::bulk
