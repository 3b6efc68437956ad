// The entities of HTML, which Markdown has too.
//
//     std::string out;
//     text.remove_prefix(notifier::read_entity(text, out));       // "&rarr; ..." gives an arrow
#pragma once

#include <string>
#include <string_view>

namespace notifier {

/// Appends the character that the entity at the start of `text` stands for; returns its length, 0
/// if it is none.
std::size_t read_entity(std::string_view text, std::string& out);

/// The whole text with its entities replaced.
[[nodiscard]] std::string without_entities(std::string_view text);

}  // namespace notifier
