// The options of smpp-dump by name, and what --help says of them.
#pragma once

#include <boost/program_options.hpp>

namespace smpp_dump {

/// All of them.
[[nodiscard]] boost::program_options::options_description option_groups();

}  // namespace smpp_dump
