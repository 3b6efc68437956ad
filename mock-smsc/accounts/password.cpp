#include "mock-smsc/accounts/password.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "mock-smsc/accounts/argon2_hash.hpp"

namespace mock_smsc {
namespace {

using octets = std::vector<std::uint8_t>;

constexpr std::size_t hash_size = 32;
constexpr std::string_view scrypt_name = "$scrypt$";
constexpr std::string_view scrypt_form = "$scrypt$ln=14,r=8,p=1$SALT$HASH";
constexpr std::string_view argon2_form = "$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH";

struct scrypt_hash {
    std::uint32_t log_n = 14;  // with these 16 MiB and about 30 ms
    std::uint32_t r = 8;
    std::uint32_t p = 1;
    salted_hash kept;
};

std::optional<scrypt_hash> read_scrypt(std::string_view text) {
    scrypt_hash out;
    text.remove_prefix(scrypt_name.size());
    if (!take_number(text, "ln=", ',', out.log_n) || !take_number(text, "r=", ',', out.r) ||
        !take_number(text, "p=", '$', out.p)) {
        return std::nullopt;
    }
    auto kept = read_salted_hash(text);
    const bool costs =
        out.log_n >= 1 && out.log_n <= 20 && out.r >= 1 && out.r <= 32 && out.p >= 1 && out.p <= 16;
    if (!kept || !costs || (std::uint64_t{128} * out.r << out.log_n) > most_hash_memory) {
        return std::nullopt;
    }
    out.kept = std::move(*kept);
    return out;
}

octets derive(std::string_view password, const scrypt_hash& how, std::size_t size) {
    octets out(size);
    const octets& salt = how.kept.salt;
    if (EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(),
                       std::uint64_t{1} << how.log_n, how.r, how.p, 2 * most_hash_memory,
                       out.data(), out.size()) != 1) {
        throw std::runtime_error("scrypt failed");
    }
    return out;
}

template <class Hash>
bool verify(const std::optional<Hash>& how, std::string_view given) {
    if (!how) {
        return false;
    }
    const octets& hash = how->kept.hash;
    const auto derived = derive(given, *how, hash.size());
    return CRYPTO_memcmp(derived.data(), hash.data(), derived.size()) == 0;
}

template <class Hash>
Hash made_from(std::string_view password) {
    Hash made;
    made.kept.salt = fresh_salt();
    made.kept.hash = derive(password, made, hash_size);
    return made;
}

}  // namespace

std::string hash_password(std::string_view password, hash_kind how) {
    if (how == hash_kind::argon2id) {
        return to_text(made_from<argon2_hash>(password));
    }
    const auto made = made_from<scrypt_hash>(password);
    return fmt::format("{}ln={},r={},p={}${}", scrypt_name, made.log_n, made.r, made.p,
                       to_text(made.kept));
}

bool is_password_hash(std::string_view kept) noexcept {
    return kept.starts_with(scrypt_name) || is_argon2(kept);
}

std::string check_kept_password(std::string_view kept) {
    constexpr std::string_view maker = "as `mock-smsc accounts hash` prints it";
    if (kept.starts_with(scrypt_name)) {
        return read_scrypt(kept) ? std::string()
                                 : fmt::format("{} expected, {}", scrypt_form, maker);
    }
    if (is_argon2(kept)) {
        return read_argon2(kept)
                   ? std::string()
                   : fmt::format(
                         "{} expected, with no more than 256 MiB (m=262144) and 1 GiB in "
                         "all passes (m times t)",
                         argon2_form);
    }
    constexpr std::string_view others[] = {"$argon2", "$2a$", "$2b$", "$2y$", "$1$",     "$5$",
                                           "$6$",     "$y$",  "$7$",  "$gy$", "$pbkdf2", "{SSHA"};
    const bool other = std::any_of(std::begin(others), std::end(others),
                                   [&](std::string_view each) { return kept.starts_with(each); });
    return other ? fmt::format("hashes of that kind cannot be checked: {} or {} expected, {}",
                               scrypt_form, argon2_form, maker)
                 : std::string();
}

bool verify_password(std::string_view kept, std::string_view given) {
    if (kept.starts_with(scrypt_name)) {
        return verify(read_scrypt(kept), given);
    }
    if (is_argon2(kept)) {
        return verify(read_argon2(kept), given);
    }
    // Not in the time of the first difference.
    return kept.size() == given.size() &&
           CRYPTO_memcmp(kept.data(), given.data(), kept.size()) == 0;
}

}  // namespace mock_smsc
