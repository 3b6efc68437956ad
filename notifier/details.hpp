// --version and --details.
#pragma once

#include <string>

namespace notifier {

[[nodiscard]] std::string version_text();
/// What this program can do: schemas, URL forms, parameters.
[[nodiscard]] std::string details_text();

}  // namespace notifier
