#include "mock-smsc/accounts/argon2_hash.hpp"

#include <argon2.h>
#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace mock_smsc {
namespace {

/// Of all passes together: about a second.
constexpr std::uint64_t most_work = std::uint64_t{1} << 30;
constexpr std::uint32_t most_lanes = 16;

constexpr std::array<std::pair<std::string_view, argon2_hash::kind>, 3> names{{
    {"$argon2id$", argon2_hash::kind::id},
    {"$argon2i$", argon2_hash::kind::i},
    {"$argon2d$", argon2_hash::kind::d},
}};

argon2_type type_of(argon2_hash::kind how) noexcept {
    switch (how) {
        case argon2_hash::kind::d: return Argon2_d;
        case argon2_hash::kind::i: return Argon2_i;
        case argon2_hash::kind::id: break;
    }
    return Argon2_id;
}

/// Takes the name off the front.
std::optional<argon2_hash::kind> take_name(std::string_view& text) noexcept {
    for (const auto& [name, how] : names) {
        if (text.starts_with(name)) {
            text.remove_prefix(name.size());
            return how;
        }
    }
    return std::nullopt;
}

bool within_bounds(const argon2_hash& what) noexcept {
    const std::uint64_t octets = std::uint64_t{what.memory} << 10U;
    return what.lanes >= 1 && what.lanes <= most_lanes && what.memory >= 8 * what.lanes &&
           octets <= most_hash_memory && what.passes >= 1 && octets * what.passes <= most_work &&
           what.kept.salt.size() >= ARGON2_MIN_SALT_LENGTH &&
           what.kept.hash.size() >= ARGON2_MIN_OUTLEN;
}

}  // namespace

bool is_argon2(std::string_view text) noexcept { return take_name(text).has_value(); }

std::optional<argon2_hash> read_argon2(std::string_view text) {
    argon2_hash out;
    const auto how = take_name(text);
    if (!how) {
        return std::nullopt;
    }
    out.how = *how;
    out.version = ARGON2_VERSION_10;  // what it is when nothing says so
    const bool versioned = text.starts_with("v=");
    if ((versioned && !take_number(text, "v=", '$', out.version)) ||
        !take_number(text, "m=", ',', out.memory) || !take_number(text, "t=", ',', out.passes) ||
        !take_number(text, "p=", '$', out.lanes)) {
        return std::nullopt;
    }
    auto kept = read_salted_hash(text);
    if (!kept || (out.version != ARGON2_VERSION_10 && out.version != ARGON2_VERSION_13)) {
        return std::nullopt;
    }
    out.kept = std::move(*kept);
    return within_bounds(out) ? std::optional(std::move(out)) : std::nullopt;
}

std::string to_text(const argon2_hash& what) {
    std::string_view name;
    for (const auto& [each, how] : names) {
        name = how == what.how ? each : name;
    }
    return fmt::format("{}v={}$m={},t={},p={}${}", name, what.version, what.memory, what.passes,
                       what.lanes, to_text(what.kept));
}

std::vector<std::uint8_t> derive(std::string_view password, const argon2_hash& how,
                                 std::size_t size) {
    std::vector<std::uint8_t> out(size);
    // The library changes neither, unless told to by flags.
    std::string given(password);
    std::vector<std::uint8_t> salt = how.kept.salt;
    argon2_context what{};
    what.out = out.data();
    what.outlen = static_cast<std::uint32_t>(out.size());
    what.pwd = reinterpret_cast<std::uint8_t*>(given.data());
    what.pwdlen = static_cast<std::uint32_t>(given.size());
    what.salt = salt.data();
    what.saltlen = static_cast<std::uint32_t>(salt.size());
    what.t_cost = how.passes;
    what.m_cost = how.memory;
    what.lanes = how.lanes;
    what.threads = 1;  // the hash is the same, and the other cores are for others
    what.version = how.version;
    what.flags = ARGON2_DEFAULT_FLAGS;
    if (const int failed = argon2_ctx(&what, type_of(how.how)); failed != ARGON2_OK) {
        throw std::runtime_error(fmt::format("argon2 failed: {}", argon2_error_message(failed)));
    }
    return out;
}

}  // namespace mock_smsc
