#include "mock-smsc/accounts/password_checker.hpp"

#include <openssl/evp.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <exception>
#include <utility>

#include "mock-smsc/accounts/password.hpp"

namespace mock_smsc {
namespace {

std::array<std::uint8_t, 32> sha256(std::string_view text) {
    std::array<std::uint8_t, 32> out{};
    EVP_Digest(text.data(), text.size(), out.data(), nullptr, EVP_sha256(), nullptr);
    return out;
}

password_check compare(const std::string& kept, const std::string& given) {
    try {
        return verify_password(kept, given) ? password_check::right : password_check::wrong;
    } catch (const std::exception&) {
        return password_check::impossible;
    }
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

bool password_checker::known_right(const std::string& kept, const std::string& given) const {
    const auto known = right_.find(kept);
    return known != right_.end() && known->second == sha256(given);
}

void password_checker::check(const std::string& kept, const std::string& given,
                             std::function<void(password_check)> done) {
    if (!is_password_hash(kept)) {
        done(compare(kept, given));
    } else if (known_right(kept, given)) {
        done(password_check::right);
    } else if (waiting_.size() >= most_waiting) {
        done(password_check::impossible);
    } else {
        waiting_.push_back({kept, given, std::move(done)});
        if (!working_) {
            go_on();
        }
    }
}

void password_checker::go_on() {
    working_ = true;  // who is answered here may ask again
    while (!waiting_.empty()) {
        question next = std::move(waiting_.front());
        waiting_.pop_front();
        if (!known_right(next.kept, next.given)) {
            return work_out(std::move(next));
        }
        next.done(password_check::right);
    }
    working_ = false;
}

void password_checker::work_out(question asked) {
    if (!hasher_) {
        hasher_ = std::make_unique<hasher>();
    }
    boost::asio::post(hasher_->pool, [this, alive = hasher_->alive, executor = executor_,
                                      asked = std::move(asked)]() mutable {
        const auto said = compare(asked.kept, asked.given);
        boost::asio::post(executor,
                          [this, alive = std::move(alive), said, asked = std::move(asked)] {
                              if (*alive) {
                                  if (said == password_check::right) {
                                      right_[asked.kept] = sha256(asked.given);
                                  }
                                  asked.done(said);
                                  go_on();
                              }
                          });
    });
}

}  // namespace mock_smsc
