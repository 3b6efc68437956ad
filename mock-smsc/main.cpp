#include <cstdio>
#include <cstdlib>
#include <exception>

#include "mock-smsc/app.hpp"

int main(int count, char** words) {
    const auto parsed =
        mock_smsc::parse_options({words + 1, words + count},
                                 [](const char* name) -> const char* { return std::getenv(name); });
    if (parsed.help) {
        std::fputs(mock_smsc::help_text().c_str(), stdout);
        return 0;
    }
    if (parsed.version) {
        std::puts(mock_smsc::version_text().c_str());
        return 0;
    }
    for (const auto& error : parsed.errors) {
        std::fprintf(stderr, "mock-smsc: %s\n", error.c_str());
    }
    if (!parsed.errors.empty()) {
        return 2;
    }
    try {
        return mock_smsc::run(parsed.options);
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "mock-smsc: %s\n", failed.what());
        return 1;
    }
}
