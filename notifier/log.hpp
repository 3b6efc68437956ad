// Messages for people, on standard error. What comes from outside is made printable first.
//
//     notifier::log log(2);
//     log.warning("verify=no: ...");
//
// Passwords of URLs are masked here, whatever message a URL has got into.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace notifier {

/// Control characters (terminal escapes among them) as ?; broken UTF-8 repaired.
[[nodiscard]] std::string printable(std::string_view text);

class log {
public:
    /// Verbosity: 0 errors and warnings, 1 what is done, 2 every recipient, 3 every PDU.
    explicit log(unsigned verbosity, bool show_secrets = false)
        : verbosity_(verbosity), show_secrets_(show_secrets) {}

    void error(std::string_view text) { write("error", text); }
    void warning(std::string_view text) { write("warning", text); }
    void info(std::string_view text) { write_at(1, "info", text); }
    void detail(std::string_view text) { write_at(2, "info", text); }
    void debug(std::string_view text) { write_at(3, "debug", text); }

    /// Called before each line, to clear what a progress bar has left on the line.
    void before_line(std::function<void()> call) { before_line_ = std::move(call); }

    [[nodiscard]] unsigned verbosity() const noexcept { return verbosity_; }

private:
    void write_at(unsigned level, std::string_view kind, std::string_view text) {
        if (verbosity_ >= level) {
            write(kind, text);
        }
    }
    void write(std::string_view kind, std::string_view text);

    unsigned verbosity_;
    bool show_secrets_;
    std::function<void()> before_line_;
    std::mutex mutex_;  // several URLs report at the same time
};

}  // namespace notifier
