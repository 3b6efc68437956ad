// The words of a command line in the few forms that Boost.Program_options knows: click, which
// Apprise uses, takes more.
//
//     const notifier::plain_arguments plain = notifier::plain_arguments_of(words);
#pragma once

#include <span>
#include <string>
#include <vector>

namespace notifier {

struct plain_arguments {
    std::vector<std::string> words{};
    unsigned verbosity = 0;            ///< -v, wherever it stood
    std::vector<std::string> notes{};  ///< options of Apprise that mean nothing to an SMS
};

/// Cuts grouped letters apart (-vvb TEXT), gives options their long names, and takes out what is
/// there for Apprise's sake. Throws usage_error for what an SMS cannot have.
[[nodiscard]] plain_arguments plain_arguments_of(std::span<const char* const> given);

}  // namespace notifier
