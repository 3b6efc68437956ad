// Compares passwords; those kept as hashes beside the thread that serves everybody.
//
//     checker.check(kept, given, [](password_check said) { ... });
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace mock_smsc {

enum class password_check : std::uint8_t {
    right,
    wrong,
    impossible,  ///< too many wait for theirs, or there is no memory for it
};

class password_checker {
public:
    /// Hashes are worked out one by one: that many checks may wait.
    static constexpr std::size_t most_waiting = 20'000;

    explicit password_checker(boost::asio::any_io_executor executor);
    ~password_checker();
    password_checker(const password_checker&) = delete;
    password_checker& operator=(const password_checker&) = delete;

    /// Calls `done` now or, when a hash has to be worked out, later on the executor.
    void check(const std::string& kept, const std::string& given,
               std::function<void(password_check)> done);
    /// The next check of each hash takes its time again.
    void forget() { right_.clear(); }

private:
    class hasher;
    using digest = std::array<std::uint8_t, 32>;
    struct question {
        std::string kept;
        std::string given;
        std::function<void(password_check)> done;
    };

    [[nodiscard]] bool known_right(const std::string& kept, const std::string& given) const;
    void go_on();
    void work_out(question asked);

    boost::asio::any_io_executor executor_;
    std::unique_ptr<hasher> hasher_;  // made when first needed
    std::deque<question> waiting_;
    bool working_ = false;
    // Passwords that were right: so that only the first check takes the time of a hash, be it over
    // or still under way.
    std::map<std::string, digest> right_;  // by hash
};

}  // namespace mock_smsc
