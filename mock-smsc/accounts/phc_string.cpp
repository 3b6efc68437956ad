#include "mock-smsc/accounts/phc_string.hpp"

#include <openssl/rand.h>

#include <charconv>
#include <stdexcept>

#include "mock-smsc/base64.hpp"

namespace mock_smsc {

bool take_number(std::string_view& rest, std::string_view name, char end, std::uint32_t& out) {
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

std::optional<salted_hash> read_salted_hash(std::string_view rest) {
    const auto dollar = rest.find('$');
    if (dollar == std::string_view::npos) {
        return std::nullopt;
    }
    auto salt = from_base64(rest.substr(0, dollar));
    auto hash = from_base64(rest.substr(dollar + 1));
    if (!salt || !hash || hash->empty() || hash->size() > 64) {
        return std::nullopt;
    }
    return salted_hash{std::move(*salt), std::move(*hash)};
}

std::string to_text(const salted_hash& what) {
    return to_base64(what.salt) + "$" + to_base64(what.hash);
}

std::vector<std::uint8_t> fresh_salt() {
    std::vector<std::uint8_t> out(16);
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) {
        throw std::runtime_error("no random octets for a salt");
    }
    return out;
}

}  // namespace mock_smsc
