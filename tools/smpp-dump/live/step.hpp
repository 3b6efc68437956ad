// One step on the way to a bound session, in words: what it was, how it ended, how long it took.
//
//     on_step({.name = "tcp", .text = "connected to 10.0.0.5:2775", .took = took});
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace smpp_dump {

struct step {
    std::string name{};  ///< dns, tcp, tls, bind, enquire_link, unbind
    bool good = true;
    std::string text{};  ///< what was found, or why it failed
    std::string hint{};  ///< what may help; empty: nothing is known to
    std::chrono::nanoseconds took{};
};

using step_sink = std::function<void(const step&)>;

/// Measures a step.
class stopwatch {
public:
    [[nodiscard]] std::chrono::nanoseconds elapsed() const {
        return std::chrono::steady_clock::now() - since_;
    }

private:
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

/// "connected to 10.0.0.5:2775 (12.3 ms)"; a failed one "tcp: refused (0.1 ms); hint: ..."
[[nodiscard]] std::string in_words(const step& done);

}  // namespace smpp_dump
