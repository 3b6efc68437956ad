// Who may bind. Without accounts everybody may; an account of the common scope ends that.
//
//     accounts known(executor);
//     known.replace(json);
//     known.check(request, [](admission said) { ... said.status, said.use ... });
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "mock-smsc/accounts/account.hpp"
#include "mock-smsc/accounts/password_checker.hpp"
#include "smpp/command_status.hpp"
#include "smpp/values.hpp"

namespace mock_smsc {

struct bind_request {
    std::string system_id;
    std::string password;
    smpp::interface_version version{};
    bind_kind kind{};
    std::string peer;  ///< "127.0.0.1:40000"
};

/// What a bind is answered with.
struct admission {
    smpp::command_status status{};
    std::shared_ptr<account_use> use{};  ///< null: refused, or no account
};

class accounts {
public:
    explicit accounts(boost::asio::any_io_executor executor) : checker_(std::move(executor)) {}

    /// All accounts, or those of one scope, become these. An account that is there already keeps
    /// its sessions, and its password where none is given. All or nothing: throws
    /// std::runtime_error.
    void replace(std::string_view json, const std::optional<std::string>& scope = std::nullopt);

    /// Calls `done` now or, when a hash has to be checked, later. 5.0 has one status for all
    /// refusals.
    void check(const bind_request& request, std::function<void(admission)> done);

    /// By system_id.
    using map = std::map<std::string, std::shared_ptr<account>, std::less<>>;
    [[nodiscard]] const map& all() const noexcept { return known_; }
    /// The scope of those who bind with that system_id.
    [[nodiscard]] std::string_view scope_of(std::string_view system_id) const noexcept;

private:
    [[nodiscard]] bool open_to_all() const noexcept;
    [[nodiscard]] static admission admit(const bind_request& request,
                                         const std::shared_ptr<account>& who, bool good_password);

    map known_;
    password_checker checker_;
};

}  // namespace mock_smsc
