// Passwords as accounts keep them: plain, or as a scrypt hash that may stand in a file.
//
//     const auto kept = hash_password("secret");   // $scrypt$ln=14,r=8,p=1$SALT$HASH
//     if (verify_password(kept, given)) { ... }
#pragma once

#include <string>
#include <string_view>

namespace mock_smsc {

/// With a fresh salt. Throws std::runtime_error when OpenSSL refuses.
[[nodiscard]] std::string hash_password(std::string_view password);

[[nodiscard]] inline bool is_password_hash(std::string_view kept) noexcept {
    return kept.starts_with("$scrypt$");
}
/// What is wrong with a password to keep: a hash that cannot be read, or one of another kind, which
/// would be a plain password otherwise. Empty: nothing.
[[nodiscard]] std::string check_kept_password(std::string_view kept);

/// `kept` is plain or a hash. Takes tens of milliseconds for a hash.
[[nodiscard]] bool verify_password(std::string_view kept, std::string_view given);

}  // namespace mock_smsc
