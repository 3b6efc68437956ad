// The HTTP API as OpenAPI 3 describes it.
#pragma once

#include <string>
#include <string_view>

#include "mock-smsc/http/json_out.hpp"

namespace mock_smsc {

/// What comes before the calls.
void begin_description(json_out& out);
/// One call: parameters, body and answers. REQUIRES: its path is open in `out`.
void describe_call(json_out& out, std::string_view method, std::string_view path,
                   std::string_view summary);
/// What comes after them; `out` is whole then.
void end_description(json_out& out);

}  // namespace mock_smsc
