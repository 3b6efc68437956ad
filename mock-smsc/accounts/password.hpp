// Passwords as accounts keep them: plain, or as a hash (scrypt or Argon2) that may stand in a file.
//
//     const auto kept = hash_password("secret");   // $scrypt$ln=14,r=8,p=1$SALT$HASH
//     if (verify_password(kept, given)) { ... }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mock_smsc {

enum class hash_kind : std::uint8_t { scrypt, argon2id };

/// With a fresh salt. Throws std::runtime_error when OpenSSL refuses, or there is no memory.
[[nodiscard]] std::string hash_password(std::string_view password,
                                        hash_kind how = hash_kind::scrypt);

/// Whether it says that it is one that can be checked.
[[nodiscard]] bool is_password_hash(std::string_view kept) noexcept;
/// What is wrong with a password to keep: a hash that cannot be read or takes too much, or one of
/// another kind, which would be a plain password otherwise. Empty: nothing.
[[nodiscard]] std::string check_kept_password(std::string_view kept);

/// `kept` is plain or a hash. Takes tens of milliseconds for a hash. Throws std::runtime_error:
/// there is no memory.
[[nodiscard]] bool verify_password(std::string_view kept, std::string_view given);

}  // namespace mock_smsc
