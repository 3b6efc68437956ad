#include "mock-smsc/accounts/accounts.hpp"

#include <algorithm>

#include "mock-smsc/accounts/networks.hpp"
#include "mock-smsc/json_in.hpp"

namespace mock_smsc {

void accounts::replace(std::string_view json, const std::optional<std::string>& scope) {
    map next;
    for (const auto& [name, known] : known_) {
        if (scope && known->settings().scope != *scope) {
            next.emplace(name, known);
        }
    }
    // Changes are made when nothing can be wrong any more.
    std::vector<std::pair<std::shared_ptr<account>, account_settings>> changes;
    for (parsed_account& each : parse_accounts(json)) {
        account_settings& wanted = each.settings;
        if (scope) {
            wanted.scope = *scope;
        }
        const auto found = known_.find(wanted.system_id);
        if (each.keeps_password && found != known_.end()) {
            wanted.password = found->second->settings().password;
        }
        auto kept =
            found != known_.end() ? found->second : std::make_shared<account>(account_settings());
        if (!next.emplace(wanted.system_id, kept).second) {
            json_in::wrong(wanted.system_id, "is an account of another scope");
        }
        changes.emplace_back(std::move(kept), std::move(wanted));
    }
    for (auto& [whose, wanted] : changes) {
        whose->change(std::move(wanted));
    }
    known_ = std::move(next);
    checker_.forget();
}

bool accounts::open_to_all() const noexcept {
    return std::none_of(known_.begin(), known_.end(),
                        [](const auto& each) { return each.second->settings().scope.empty(); });
}

std::string_view accounts::scope_of(std::string_view system_id) const noexcept {
    const auto found = known_.find(system_id);
    return found == known_.end() ? std::string_view()
                                 : std::string_view(found->second->settings().scope);
}

void accounts::check(const bind_request& request, std::function<void(admission)> done) {
    using smpp::command_status;
    const auto found = known_.find(request.system_id);
    if (found == known_.end()) {
        const bool new_version = request.version >= smpp::interface_version::v5_0;
        done({open_to_all() ? command_status::ok
              : new_version ? command_status::bind_failed
                            : command_status::invalid_system_id});
        return;
    }
    const auto& who = found->second;
    const auto& password = who->settings().password;
    if (!password) {
        done(admit(request, who, true));
        return;
    }
    checker_.check(*password, request.password,
                   [request, who, done = std::move(done)](password_check said) {
                       if (said == password_check::impossible) {
                           done({command_status::system_error});
                       } else {
                           done(admit(request, who, said == password_check::right));
                       }
                   });
}

admission accounts::admit(const bind_request& request, const std::shared_ptr<account>& who,
                          bool good_password) {
    using smpp::command_status;
    const account_settings& s = who->settings();
    const bool old_version = request.version < smpp::interface_version::v5_0;
    if (!good_password) {
        return {old_version ? command_status::invalid_password : command_status::bind_failed};
    }
    const bool kind_fits = (s.binds & static_cast<unsigned>(request.kind)) != 0;
    if (!kind_fits || (!s.networks.empty() && !comes_from(request.peer, s.networks))) {
        return {command_status::bind_failed};
    }
    if (s.max_binds != 0 && who->bound >= s.max_binds) {
        return {command_status::already_bound};
    }
    return {command_status::ok, std::make_shared<account_use>(who)};
}

}  // namespace mock_smsc
