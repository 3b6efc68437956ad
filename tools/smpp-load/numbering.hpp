// Addresses that count: "1555{n:7}" is 15550000000, 15550000001 and so on, and begins anew after
// 15559999999.
//
//     smpp_load::numbering to("1555{n:7}");
//     to.write(address, 42);                     // 15550000042
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smpp_load {

class numbering {
public:
    /// A pattern without {n:WIDTH} is one address. Throws std::invalid_argument for a width that is
    /// none of 1 to 18.
    explicit numbering(std::string_view pattern);

    /// The address with number 0.
    [[nodiscard]] const std::string& first() const noexcept { return first_; }
    [[nodiscard]] bool counts() const noexcept { return width_ > 0; }
    /// Puts number `n` into `address`, which must have been first() once.
    void write(std::string& address, std::uint64_t n) const noexcept;

private:
    std::string first_;
    std::size_t at_ = 0;
    std::size_t width_ = 0;
};

}  // namespace smpp_load
