// An account: who may bind, how, from where, and how much it may send.
//
//     {"system_id":"shop","password":"secret","binds":["transceiver"],"max_binds":2,"tps":10,
//      "window":20,"addresses":"^1234","networks":["10.0.0.0/8"],"scope":"test-7"}
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock-smsc/clock.hpp"

namespace mock_smsc {

enum class bind_kind : std::uint8_t { transmitter = 1, receiver = 2, transceiver = 4 };

[[nodiscard]] std::string_view bind_word(bind_kind kind) noexcept;

/// As PUT /api/v1/accounts takes them.
struct account_settings {
    std::string system_id;
    std::optional<std::string> password;  ///< plain or a hash; none: any is accepted
    std::uint8_t binds = 7;               ///< bind_kind values, added up
    std::uint32_t max_binds = 0;          ///< at a time; 0: any number
    std::string addresses;                ///< regular expression for senders; empty: any
    double tps = 0;                       ///< submits a second; 0: any number
    double burst = 0;                     ///< at once, after a silence
    std::uint32_t window = 0;             ///< submits not answered, each session; 0: any number
    std::vector<std::string> networks;    ///< of the client; none: any
    std::string scope;                    ///< empty: the common one
};

/// One account or a list (or {"accounts":[...]}). Throws std::runtime_error that says where and
/// what is wrong. Passwords that are not given become nullopt, and `keeps_password` is true.
struct parsed_account {
    account_settings settings;
    bool keeps_password = false;
};
[[nodiscard]] std::vector<parsed_account> parse_accounts(std::string_view json);

/// Fills with time and is emptied by use.
class token_bucket {
public:
    /// False: empty. `rate` a second, at most `burst`.
    [[nodiscard]] bool take(microseconds_utc now, double rate, double burst) noexcept;

private:
    double tokens_ = 0;
    microseconds_utc filled_ = 0;  // 0: full
};

/// An account at work. Sessions keep theirs; settings may change under them.
class account {
public:
    explicit account(account_settings settings);
    ~account();

    [[nodiscard]] const account_settings& settings() const noexcept { return settings_; }
    void change(account_settings settings);

    [[nodiscard]] bool may_send_from(std::string_view address) const;
    [[nodiscard]] bool take_token(microseconds_utc now) noexcept {
        return settings_.tps == 0 || bucket_.take(now, settings_.tps, settings_.burst);
    }

    std::uint32_t bound = 0;  ///< sessions

private:
    struct pattern;
    account_settings settings_;
    std::unique_ptr<pattern> addresses_;
    token_bucket bucket_;
};

/// A session's hold on its account: counts as long as it lives.
class account_use {
public:
    explicit account_use(std::shared_ptr<account> of) : of_(std::move(of)) { ++of_->bound; }
    ~account_use() { --of_->bound; }
    account_use(const account_use&) = delete;
    account_use& operator=(const account_use&) = delete;

    [[nodiscard]] account& get() const noexcept { return *of_; }

private:
    std::shared_ptr<account> of_;
};

}  // namespace mock_smsc
