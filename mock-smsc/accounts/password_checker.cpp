#include "mock-smsc/accounts/password_checker.hpp"

#include <openssl/evp.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "mock-smsc/accounts/password.hpp"

namespace mock_smsc {
namespace {

std::array<std::uint8_t, 32> sha256(std::string_view text) {
    std::array<std::uint8_t, 32> out{};
    EVP_Digest(text.data(), text.size(), out.data(), nullptr, EVP_sha256(), nullptr);
    return out;
}

}  // namespace

class password_checker::hasher {
public:
    boost::asio::thread_pool pool{1};
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

password_checker::password_checker(boost::asio::any_io_executor executor)
    : executor_(std::move(executor)) {}

password_checker::~password_checker() {
    if (hasher_) {
        *hasher_->alive = false;
    }
}

void password_checker::check(const std::string& kept, const std::string& given,
                             std::function<void(bool)> done) {
    if (!is_password_hash(kept)) {
        done(verify_password(kept, given));
        return;
    }
    const auto known = right_.find(kept);
    if (known != right_.end() && known->second == sha256(given)) {
        done(true);
        return;
    }
    if (!hasher_) {
        hasher_ = std::make_unique<hasher>();
    }
    boost::asio::post(hasher_->pool, [this, alive = hasher_->alive, executor = executor_, kept,
                                      given, done = std::move(done)]() mutable {
        const bool good = verify_password(kept, given);
        boost::asio::post(executor, [this, alive = std::move(alive), good, kept = std::move(kept),
                                     given = std::move(given), done = std::move(done)] {
            if (*alive) {
                if (good) {
                    right_[kept] = sha256(given);
                }
                done(good);
            }
        });
    });
}

}  // namespace mock_smsc
