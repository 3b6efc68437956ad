#include "smpp-dump/live/step.hpp"

#include <fmt/format.h>

namespace smpp_dump {

std::string in_words(const step& done) {
    const double ms = static_cast<double>(done.took.count()) / 1e6;
    return fmt::format("{}: {}{} ({:.1f} ms){}{}", done.name,
                       done.good ? "" : "FAILED: ", done.text, ms,
                       done.hint.empty() ? "" : "; hint: ", done.hint);
}

}  // namespace smpp_dump
