// Compares passwords; those kept as hashes beside the thread that serves everybody.
//
//     checker.check(kept, given, [](bool good) { ... });
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace mock_smsc {

class password_checker {
public:
    explicit password_checker(boost::asio::any_io_executor executor);
    ~password_checker();
    password_checker(const password_checker&) = delete;
    password_checker& operator=(const password_checker&) = delete;

    /// Calls `done` now or, when a hash has to be worked out, later on the executor.
    void check(const std::string& kept, const std::string& given, std::function<void(bool)> done);
    /// The next check of each hash takes its time again.
    void forget() { right_.clear(); }

private:
    class hasher;
    using digest = std::array<std::uint8_t, 32>;

    boost::asio::any_io_executor executor_;
    std::unique_ptr<hasher> hasher_;  // made when first needed
    // Passwords that were right: so that only the first check takes the time of a hash.
    std::map<std::string, digest> right_;  // by hash
};

}  // namespace mock_smsc
