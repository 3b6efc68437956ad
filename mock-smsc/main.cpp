#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <vector>

#include "mock-smsc/accounts/accounts_command.hpp"
#include "mock-smsc/app.hpp"
#include "mock-smsc/ready_command.hpp"
#include "mock-smsc/run_command.hpp"

namespace {

const char* environment(const char* name) { return std::getenv(name); }

int start(std::span<const char* const> words) {
    const auto parsed = mock_smsc::parse_options(words, environment);
    if (const auto ended = mock_smsc::said_at_once(parsed)) {
        return *ended;
    }
    try {
        return mock_smsc::run(parsed.options);
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "mock-smsc: %s\n", failed.what());
        return 1;
    }
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
        return first == "run" ? mock_smsc::run_command(rest, environment)
                              : mock_smsc::ready_command(rest, environment);
    }
    return start(arguments);
}
