// The text to send, from what was given: escapes, markup, title.
//
//     std::string text = notifier::compose(body, title, notifier::text_format::text);
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parameters.hpp"

namespace notifier {

/// \n \r \t \\ \' \" \a \b \f \v \0 \xHH \uXXXX (pairs of surrogates joined) \UXXXXXXXX and octal;
/// anything else stays as it is.
[[nodiscard]] std::string interpret_escapes(std::string_view text);

/// Title CR LF body, both as plain text and without white space at the end.
[[nodiscard]] std::string compose(std::string_view body, std::string_view title,
                                  text_format format);

/// The plain text of HTML: tags dropped, line breaks kept, entities replaced.
[[nodiscard]] std::string html_to_text(std::string_view html);

/// The plain text of Markdown: marks of headings, emphasis, code and quotes dropped, links written
/// out.
[[nodiscard]] std::string markdown_to_text(std::string_view markdown);

}  // namespace notifier
