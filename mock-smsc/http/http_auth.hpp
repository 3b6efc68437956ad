// Who may use the HTTP API: `--http-auth FILE`.
//
//     # a comment
//     alice:secret
//     bob:$scrypt$ln=14,r=8,p=1$...
//     eve:$argon2id$v=19$m=19456,t=2,p=1$...
//     Bearer 6f9d...
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mock-smsc/accounts/password_checker.hpp"

namespace mock_smsc {

class http_auth {
public:
    /// Throws std::runtime_error that names file and line.
    http_auth(const std::string& file, boost::asio::any_io_executor executor);

    /// `header` is the value of Authorization. Calls `done` now or later.
    void check(std::string_view header, std::function<void(password_check)> done);

private:
    struct user {
        std::string name;
        std::string password;  // plain or a hash
    };

    std::vector<user> users_;
    std::vector<std::string> tokens_;
    password_checker checker_;
};

}  // namespace mock_smsc
