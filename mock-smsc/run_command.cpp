#include "mock-smsc/run_command.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string_view>

#include "mock-smsc/app.hpp"

namespace mock_smsc {
namespace {

int fail(const std::string& what, int code) {
    std::fputs(("mock-smsc: " + what + "\n").c_str(), stderr);
    return code;
}

/// A folder of our own, gone with this.
class own_folder {
public:
    own_folder() : path_(std::filesystem::temp_directory_path() / "mock-smsc-XXXXXX") {
        std::string name = path_;
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make " + name);
        }
        path_ = name;
    }
    ~own_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    own_folder(const own_folder&) = delete;
    own_folder& operator=(const own_folder&) = delete;

    [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace

std::optional<int> said_at_once(const parsed_options& parsed) {
    if (parsed.help || parsed.version) {
        const auto text = parsed.help ? help_text() : version_text() + "\n";
        std::fputs(text.c_str(), stdout);
        return 0;
    }
    for (const auto& error : parsed.errors) {
        fail(error, 2);
    }
    for (const auto& name : unknown_in_environment(environ)) {
        fail(name + " in the environment means nothing here", 0);
    }
    return parsed.errors.empty() ? std::nullopt : std::optional(2);
}

int run_command(std::span<const char* const> arguments,
                const std::function<const char*(const char*)>& environment) {
    const auto dashes = std::find_if(arguments.begin(), arguments.end(), [](const char* word) {
        return std::string_view(word) == "--";
    });
    auto parsed = parse_options({arguments.begin(), dashes}, environment, default_ports::free);
    if (const auto ended = said_at_once(parsed)) {
        return *ended;
    }
    if (dashes == arguments.end() || dashes + 1 == arguments.end()) {
        return fail("run wants a command: mock-smsc run [options] -- COMMAND...", 2);
    }
    try {
        options& wanted = parsed.options;
        std::optional<own_folder> folder;
        if (!wanted.tls_names.empty() && wanted.tls_ca_out.empty()) {
            wanted.tls_ca_out = folder.emplace().file("ca.pem");  // for the command to trust
        }
        return run(wanted, {dashes + 1, arguments.end()});
    } catch (const std::exception& failed) {
        return fail(failed.what(), 1);
    }
}

}  // namespace mock_smsc
