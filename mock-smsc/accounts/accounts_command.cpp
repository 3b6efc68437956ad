#include "mock-smsc/accounts/accounts_command.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "mock-smsc/accounts/password.hpp"

namespace mock_smsc {
namespace {

/// What is typed does not show as long as this lives.
class quiet_terminal {
public:
    quiet_terminal() {
        if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios quiet = before_;
            quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            is_terminal_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0;
            std::fputs("password: ", stderr);
        }
    }
    ~quiet_terminal() {
        if (is_terminal_) {
            ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
            std::fputs("\n", stderr);
        }
    }
    quiet_terminal(const quiet_terminal&) = delete;
    quiet_terminal& operator=(const quiet_terminal&) = delete;

private:
    termios before_{};
    bool is_terminal_ = false;
};

/// The first line.
std::string read_password() {
    const quiet_terminal quiet;
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
        line += static_cast<char>(c);
    }
    return line;
}

}  // namespace

int accounts_command(std::span<const char* const> arguments) {
    const bool argon2id = arguments.size() == 2 && std::string_view(arguments[1]) == "--argon2id";
    if (arguments.empty() || std::string_view(arguments.front()) != "hash" ||
        (arguments.size() > 1 && !argon2id)) {
        std::fputs("mock-smsc: usage: mock-smsc accounts hash [--argon2id] <PASSWORD_FILE\n",
                   stderr);
        return 2;
    }
    const auto password = read_password();
    if (password.empty()) {
        std::fputs("mock-smsc: a password is expected on standard input\n", stderr);
        return 2;
    }
    try {
        std::puts(
            hash_password(password, argon2id ? hash_kind::argon2id : hash_kind::scrypt).c_str());
        return 0;
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "mock-smsc: %s\n", failed.what());
        return 1;
    }
}

}  // namespace mock_smsc
