// What hashes of passwords have in common that files keep in the PHC string format:
// $NAME$a=1,b=2$SALT$HASH, salt and hash in base64.
//
//     if (take_number(rest, "m=", ',', memory) && take_number(rest, "t=", '$', passes)) {
//         auto kept = read_salted_hash(rest);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mock_smsc {

/// A hash may take that much: accounts come from files and over the API.
inline constexpr std::uint64_t most_hash_memory = 256U << 20U;

struct salted_hash {
    std::vector<std::uint8_t> salt;
    std::vector<std::uint8_t> hash;  ///< 1 to 64 octets
};

/// The number behind `name`, and `rest` goes on behind it and `end`. False: there is none.
[[nodiscard]] bool take_number(std::string_view& rest, std::string_view name, char end,
                               std::uint32_t& out);
/// Of "SALT$HASH". Empty: it is none.
[[nodiscard]] std::optional<salted_hash> read_salted_hash(std::string_view rest);
[[nodiscard]] std::string to_text(const salted_hash& what);
/// Throws std::runtime_error when OpenSSL refuses.
[[nodiscard]] std::vector<std::uint8_t> fresh_salt();

}  // namespace mock_smsc
