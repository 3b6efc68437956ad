// Passwords hashed by Argon2 (RFC 9106), as $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock-smsc/accounts/phc_string.hpp"

namespace mock_smsc {

struct argon2_hash {
    enum class kind : std::uint8_t { d, i, id };

    kind how = kind::id;
    std::uint32_t version = 0x13;
    std::uint32_t memory = 19456;  ///< KiB; these are about 30 ms
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1;
    salted_hash kept;
};

/// Whether it says that it is one.
[[nodiscard]] bool is_argon2(std::string_view text) noexcept;
/// Empty: it cannot be read, or would take more memory or time than we give.
[[nodiscard]] std::optional<argon2_hash> read_argon2(std::string_view text);
[[nodiscard]] std::string to_text(const argon2_hash& what);

/// `size` octets. Throws std::runtime_error: there is no memory.
[[nodiscard]] std::vector<std::uint8_t> derive(std::string_view password, const argon2_hash& how,
                                               std::size_t size);

}  // namespace mock_smsc
