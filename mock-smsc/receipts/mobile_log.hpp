// Messages from mobiles, and what becomes of them: the newest ones.
//
//     mobile_record& added = log.add("account", 0, frame);
//     if (const mobile_record* known = log.find(id)) { ... }
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "mock-smsc/store/message_store.hpp"

namespace mock_smsc {

struct mobile_record {
    enum class fate : std::uint8_t {
        waiting,    ///< for a receiver of the account, or to be sent again
        sent,       ///< and not answered
        delivered,  ///< acknowledged
        failed,     ///< refused, or not answered often enough
        forgotten,  ///< by a reset, before it left
    };

    std::uint64_t id = 0;  ///< ascending
    std::string account;
    std::uint64_t session = 0;                 ///< that it is for; 0: any of the account
    std::shared_ptr<const std::string> frame;  ///< the deliver_sm
    microseconds_utc queued = 0;
    fate state = fate::waiting;
    sent_receipt last;  ///< how it was sent last; attempts 0: never

    [[nodiscard]] bool settled() const noexcept { return state > fate::sent; }
};

[[nodiscard]] std::string_view name(mobile_record::fate state) noexcept;

class mobile_log {
public:
    static constexpr std::size_t most = 10'000;

    /// The oldest one gives way. `added.id` 0: it gets the next number.
    mobile_record& add(mobile_record added);
    /// Null: unknown, or it has given way.
    [[nodiscard]] mobile_record* find(std::uint64_t id) noexcept;
    [[nodiscard]] const mobile_record* find(std::uint64_t id) const noexcept;
    /// What the next one gets, at least.
    void go_on_at(std::uint64_t id) noexcept { next_ = id > next_ ? id : next_; }

private:
    std::deque<mobile_record> all_;  // by id
    std::uint64_t next_ = 1;
};

}  // namespace mock_smsc
