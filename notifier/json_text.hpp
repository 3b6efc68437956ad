// JSON as text, with numbers as people write them: Boost.JSON says 2.46E-1, this 0.246.
//
//     write_out(to_text(boost::json::object{{"latency_ms", 0.246}}) + '\n');
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

namespace notifier {

[[nodiscard]] std::string to_text(const boost::json::value& value);

}  // namespace notifier
