// The library's histogram, under the name the tools use.
#pragma once

#include "smpp/session/latency_histogram.hpp"

namespace tools {

using smpp::latency_histogram;

}  // namespace tools
