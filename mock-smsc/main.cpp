#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "mock-smsc/accounts/accounts_command.hpp"
#include "mock-smsc/app.hpp"
#include "mock-smsc/ready_command.hpp"

namespace {

const char* environment(const char* name) { return std::getenv(name); }

int fail(const char* what, int code) {
    std::fprintf(stderr, "mock-smsc: %s\n", what);
    return code;
}

int start(std::vector<const char*> words, const std::vector<std::string>& command) {
    const auto parsed = mock_smsc::parse_options(words, environment);
    if (parsed.help) {
        std::fputs(mock_smsc::help_text().c_str(), stdout);
        return 0;
    }
    if (parsed.version) {
        std::puts(mock_smsc::version_text().c_str());
        return 0;
    }
    for (const auto& error : parsed.errors) {
        fail(error.c_str(), 2);
    }
    if (!parsed.errors.empty()) {
        return 2;
    }
    try {
        return mock_smsc::run(parsed.options, command);
    } catch (const std::exception& failed) {
        return fail(failed.what(), 1);
    }
}

/// `run [options] -- COMMAND...`: on free ports, unless told otherwise.
int run_command(const std::vector<const char*>& words) {
    const auto dashes = std::find_if(words.begin(), words.end(), [](const char* word) {
        return std::string_view(word) == "--";
    });
    if (dashes == words.end() || dashes + 1 == words.end()) {
        return fail("run wants a command: mock-smsc run [options] -- COMMAND...", 2);
    }
    std::vector<const char*> options(words.begin(), dashes);
    const auto given = [&](std::string_view name) {
        return std::any_of(options.begin(), options.end(), [&](const char* word) {
            return std::string_view(word) == name ||
                   std::string_view(word).starts_with(std::string(name) + "=");
        });
    };
    for (const char* name : {"--listen", "--http"}) {
        if (!given(name)) {
            options.insert(options.end(), {name, "127.0.0.1:0"});
        }
    }
    return start(options, {dashes + 1, words.end()});
}

}  // namespace

int main(int count, char** words) {
    const std::vector<const char*> arguments(words + 1, words + count);
    const std::string_view first = arguments.empty() ? "" : arguments.front();
    if (first == "accounts") {
        return mock_smsc::accounts_command(std::span(arguments).subspan(1));
    }
    if (first == "run" || first == "ready") {
        const std::vector<const char*> rest(arguments.begin() + 1, arguments.end());
        return first == "run" ? run_command(rest) : mock_smsc::ready_command(rest, environment);
    }
    return start(arguments, {});
}
