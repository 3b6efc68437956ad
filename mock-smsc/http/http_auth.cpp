#include "mock-smsc/http/http_auth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "mock-smsc/accounts/password.hpp"
#include "mock-smsc/base64.hpp"

namespace mock_smsc {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::string_view basic = "Basic ";

/// Names of schemes are blind to case.
bool begins_with(std::string_view text, std::string_view scheme) {
    return text.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
               return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b) ||
                      (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b);
           });
}

}  // namespace

http_auth::http_auth(const std::string& file, boost::asio::any_io_executor executor)
    : checker_(std::move(executor)) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(fmt::format("cannot read {}", file));
    }
    std::string line;
    for (unsigned number = 1; std::getline(in, line); ++number) {
        const auto refuse = [&](std::string_view why) {
            throw std::runtime_error(fmt::format("{}:{}: {}", file, number, why));
        };
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto colon = line.find(':');
        if (begins_with(line, bearer)) {
            tokens_.push_back(line.substr(bearer.size()));
        } else if (colon == std::string::npos || colon == 0) {
            refuse("NAME:PASSWORD or Bearer TOKEN expected");  // not shown: it may be a password
        } else {
            users_.push_back({line.substr(0, colon), line.substr(colon + 1)});
            const auto& kept = users_.back().password;
            if (const auto wrong = check_kept_password(kept); !wrong.empty()) {
                refuse(wrong);
            }
        }
    }
    if (users_.empty() && tokens_.empty()) {
        throw std::runtime_error(fmt::format("{}: nobody is in it", file));
    }
}

void http_auth::check(std::string_view header, std::function<void(password_check)> done) {
    if (begins_with(header, bearer)) {
        header.remove_prefix(bearer.size());
        const bool known =
            std::any_of(tokens_.begin(), tokens_.end(),
                        [&](const std::string& each) { return verify_password(each, header); });
        done(known ? password_check::right : password_check::wrong);
        return;
    }
    const auto octets =
        begins_with(header, basic) ? from_base64(header.substr(basic.size())) : std::nullopt;
    const std::string given = octets ? std::string(octets->begin(), octets->end()) : std::string();
    const auto colon = given.find(':');
    const auto found = std::find_if(users_.begin(), users_.end(), [&](const user& each) {
        return colon != std::string::npos && each.name == given.substr(0, colon);
    });
    if (found == users_.end()) {
        done(password_check::wrong);
        return;
    }
    checker_.check(found->password, given.substr(colon + 1), std::move(done));
}

}  // namespace mock_smsc
