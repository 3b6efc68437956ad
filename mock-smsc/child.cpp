#include "mock-smsc/child.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>

#include "mock-smsc/accounts/account_options.hpp"

namespace mock_smsc {

std::vector<std::string> child_environment(const addresses& where, const options& wanted) {
    std::vector<std::string> out;
    const credentials user = first_credentials(wanted);
    const std::string& smpp = where.smpp.empty() ? where.smpps : where.smpp;
    const auto colon = smpp.rfind(':');
    out.push_back(fmt::format("SMPP_URL={}://{}:{}@{}", where.smpp.empty() ? "smpps" : "smpp",
                              user.system_id, user.password, smpp));
    out.push_back("SMPP_HOST=" + smpp.substr(0, colon));
    out.push_back("SMPP_PORT=" + smpp.substr(colon + 1));
    if (!where.http.empty()) {
        out.push_back(fmt::format("MOCK_SMSC_API=http://{}/api/v1", where.http));
    }
    return out;
}

pid_t start_child(const std::vector<std::string>& command,
                  const std::vector<std::string>& added_environment) {
    std::vector<std::string> texts;
    for (char** each = environ; *each != nullptr; ++each) {
        texts.emplace_back(*each);
    }
    texts.insert(texts.end(), added_environment.begin(), added_environment.end());
    std::vector<char*> variables;
    for (auto& text : texts) {
        variables.push_back(text.data());
    }
    variables.push_back(nullptr);
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);

    // Signals are as a command expects them, not as this program has set them.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments[0], nullptr, &attributes, arguments.data(),
                                    variables.data());
    posix_spawnattr_destroy(&attributes);
    if (failed != 0) {
        throw std::runtime_error(
            fmt::format("cannot run {}: {}", command.front(), std::strerror(failed)));
    }
    return child;
}

std::optional<int> child_ended(pid_t child) {
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) != child) {
        return std::nullopt;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace mock_smsc
