// Who may bind. Without accounts everybody may; an account of the common scope ends that.
//
//     accounts known(executor);
//     known.replace(json);
//     known.check(request, [](admission said) { ... said.status, said.use ... });
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "mock-smsc/accounts/account.hpp"
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
    explicit accounts(boost::asio::any_io_executor executor);
    ~accounts();
    accounts(const accounts&) = delete;
    accounts& operator=(const accounts&) = delete;

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
    class hasher;
    using digest = std::array<std::uint8_t, 32>;

    [[nodiscard]] bool open_to_all() const noexcept;
    [[nodiscard]] static admission admit(const bind_request& request,
                                         const std::shared_ptr<account>& who, bool good_password);
    void check_hash(const bind_request& request, const std::shared_ptr<account>& who,
                    std::function<void(admission)> done);

    boost::asio::any_io_executor executor_;
    map known_;
    std::unique_ptr<hasher> hasher_;  // made when first needed
    // Passwords that were right: so that only the first bind takes the time of a hash.
    std::map<std::string, digest> right_;  // by hash
};

}  // namespace mock_smsc
