// Words, symbols and texts of a filter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace smpp_dump::detail {

struct token {
    enum class kind : std::uint8_t { end, symbol, word, quoted } is = kind::end;
    std::string text{};
    std::size_t at = 0;
};

class lexer {
public:
    explicit lexer(std::string_view text) : text_(text) {}

    /// Throws filter_error where quotes have no end.
    [[nodiscard]] token next();

private:
    [[nodiscard]] std::size_t end_of_word(std::size_t start) const;
    [[nodiscard]] std::string quoted();

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Throws what was expected there.
[[noreturn]] void fail(const token& at, std::string_view expected);

}  // namespace smpp_dump::detail
