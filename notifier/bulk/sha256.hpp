// SHA-256, to know an input again.
//
//     bulk::sha256 hash;  hash.add("octets");  std::string digits = hash.digits();
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace notifier::bulk {

class sha256 {
public:
    sha256();

    void restart();
    void add(std::string_view octets);
    /// In hexadecimal digits. restart() before the next add().
    [[nodiscard]] std::string digits();

private:
    struct deleter {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, deleter> context_;
};

}  // namespace notifier::bulk
