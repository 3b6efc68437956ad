#include "mock-smsc/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "mock-smsc/accounts/account_options.hpp"

namespace mock_smsc {

std::vector<std::string> child_environment(const addresses& where, const options& wanted) {
    std::vector<std::string> out;
    const credentials user = first_credentials(wanted);
    const auto url = [&](std::string_view scheme, const std::string& at) {
        return fmt::format("{}://{}:{}@{}", scheme, user.system_id, user.password, at);
    };
    const bool plain = !where.smpp.empty();
    const std::string& smpp = plain ? where.smpp : where.smpps;
    const auto colon = smpp.rfind(':');
    out.push_back("SMPP_URL=" + url(plain ? "smpp" : "smpps", smpp));
    out.push_back("SMPP_HOST=" + smpp.substr(0, colon));
    out.push_back("SMPP_PORT=" + smpp.substr(colon + 1));
    if (!where.smpps.empty()) {
        out.push_back("SMPPS_URL=" + url("smpps", where.smpps));
        out.push_back("SMPPS_PORT=" + where.smpps.substr(where.smpps.rfind(':') + 1));
    }
    if (!where.smpps.empty() && !wanted.tls_ca_out.empty()) {
        out.push_back("MOCK_SMSC_CA=" + std::filesystem::absolute(wanted.tls_ca_out).string());
    }
    if (!where.http.empty()) {
        out.push_back(fmt::format("MOCK_SMSC_API=http://{}/api/v1", where.http));
    }
    return out;
}

std::set<int> open_descriptors() {
    std::set<int> out;
    std::error_code failed;
    for (const auto& each : std::filesystem::directory_iterator("/proc/self/fd", failed)) {
        int number = 0;
        const std::string name = each.path().filename();
        std::from_chars(name.data(), name.data() + name.size(), number);
        out.insert(number);
    }
    return out;
}

pid_t start_child(const std::vector<std::string>& command,
                  const std::vector<std::string>& added_environment,
                  const std::set<int>& inherited) {
    // A listener that outlives us in a command's own children would take clients that nobody hears.
    for (const int each : open_descriptors()) {
        if (each > STDERR_FILENO && !inherited.contains(each)) {
            ::fcntl(each, F_SETFD, FD_CLOEXEC);
        }
    }
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
