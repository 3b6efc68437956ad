// Standard output, written at once and checked.
//
//     notifier::write_out("one line\n");
#pragma once

#include <stdexcept>
#include <string_view>

namespace notifier {

/// Standard output takes no more (its disk is full, its reader is gone).
class output_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Writes all of it before it returns: what was reported stays reported after a crash.
void write_out(std::string_view text);

}  // namespace notifier
