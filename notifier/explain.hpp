// --explain: how a URL is understood, for people and as JSON.
//
//     std::cout << notifier::explain_text(url, notifier::parse_target(url), {});
#pragma once

#include <string>
#include <string_view>

#include "target.hpp"

namespace notifier {

/// Several lines, the last one ended.
[[nodiscard]] std::string explain_text(std::string_view url, const parsed<target>& result,
                                       bool show_secrets = false);
/// One object on one line, without a line end.
[[nodiscard]] std::string explain_json(std::string_view url, const parsed<target>& result,
                                       bool show_secrets = false);

/// The same of a URL that is refused; `shown_url` is masked already where that is due.
[[nodiscard]] std::string refusal_json(std::string_view shown_url, const url_error& error,
                                       bool show_secrets = false);

}  // namespace notifier
