#include "mock-smsc/accounts/password.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <vector>

#include "mock-smsc/base64.hpp"

namespace mock_smsc {
namespace {

using octets = std::vector<std::uint8_t>;

/// 16 MiB and about 30 ms.
constexpr unsigned usual_log_n = 14;
constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;
constexpr std::uint64_t most_memory = 256U << 20U;

struct scrypt_hash {
    unsigned log_n = usual_log_n;
    unsigned r = 8;
    unsigned p = 1;
    octets salt;
    octets hash;
};

/// The number behind "ln=", and `rest` goes on behind it and `end`.
bool take_number(std::string_view& rest, std::string_view name, char end, unsigned& out) {
    if (!rest.starts_with(name)) {
        return false;
    }
    rest.remove_prefix(name.size());
    const auto [at, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), out);
    if (failed != std::errc() || at == rest.data() + rest.size() || *at != end) {
        return false;
    }
    rest.remove_prefix(static_cast<std::size_t>(at - rest.data()) + 1);
    return true;
}

std::optional<scrypt_hash> read(std::string_view text) {
    scrypt_hash out;
    if (!is_password_hash(text)) {
        return std::nullopt;
    }
    text.remove_prefix(std::string_view("$scrypt$").size());
    if (!take_number(text, "ln=", ',', out.log_n) || !take_number(text, "r=", ',', out.r) ||
        !take_number(text, "p=", '$', out.p)) {
        return std::nullopt;
    }
    const auto dollar = text.find('$');
    if (dollar == std::string_view::npos) {
        return std::nullopt;
    }
    auto salt = from_base64(text.substr(0, dollar));
    auto hash = from_base64(text.substr(dollar + 1));
    const bool sizes = salt && hash && !hash->empty() && hash->size() <= 64;
    const bool costs =
        out.log_n >= 1 && out.log_n <= 20 && out.r >= 1 && out.r <= 32 && out.p >= 1 && out.p <= 16;
    if (!sizes || !costs || (std::uint64_t{128} * out.r << out.log_n) > most_memory) {
        return std::nullopt;
    }
    out.salt = std::move(*salt);
    out.hash = std::move(*hash);
    return out;
}

octets derive(std::string_view password, const scrypt_hash& how, std::size_t size) {
    octets out(size);
    if (EVP_PBE_scrypt(password.data(), password.size(), how.salt.data(), how.salt.size(),
                       std::uint64_t{1} << how.log_n, how.r, how.p, 2 * most_memory, out.data(),
                       out.size()) != 1) {
        throw std::runtime_error("scrypt failed");
    }
    return out;
}

}  // namespace

std::string hash_password(std::string_view password) {
    scrypt_hash made;
    made.salt.resize(salt_size);
    if (RAND_bytes(made.salt.data(), static_cast<int>(made.salt.size())) != 1) {
        throw std::runtime_error("no random octets for a salt");
    }
    made.hash = derive(password, made, hash_size);
    return fmt::format("$scrypt$ln={},r={},p={}${}${}", made.log_n, made.r, made.p,
                       to_base64(made.salt), to_base64(made.hash));
}

std::string check_kept_password(std::string_view kept) {
    constexpr std::string_view wanted =
        "$scrypt$ln=14,r=8,p=1$SALT$HASH expected, as `mock-smsc accounts hash` prints it";
    if (is_password_hash(kept)) {
        return read(kept) ? std::string() : std::string(wanted);
    }
    constexpr std::string_view others[] = {"$argon2", "$2a$", "$2b$", "$2y$", "$1$",     "$5$",
                                           "$6$",     "$y$",  "$7$",  "$gy$", "$pbkdf2", "{SSHA"};
    const bool other = std::any_of(std::begin(others), std::end(others),
                                   [&](std::string_view each) { return kept.starts_with(each); });
    return other ? fmt::format("hashes of that kind cannot be checked: {}", wanted) : std::string();
}

bool verify_password(std::string_view kept, std::string_view given) {
    if (!is_password_hash(kept)) {
        // Not in the time of the first difference.
        return kept.size() == given.size() &&
               CRYPTO_memcmp(kept.data(), given.data(), kept.size()) == 0;
    }
    const auto hash = read(kept);
    if (!hash) {
        return false;
    }
    const auto derived = derive(given, *hash, hash->hash.size());
    return CRYPTO_memcmp(derived.data(), hash->hash.data(), derived.size()) == 0;
}

}  // namespace mock_smsc
