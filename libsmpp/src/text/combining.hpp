// Which characters are shown as one, as far as that matters for cutting a text.
#pragma once

namespace smpp::text_detail {

/// Whether the character belongs to the one before it: combining marks, joiners, skin tones.
[[nodiscard]] bool is_extender(char32_t character) noexcept;

/// Whether a cut between these two tears what is shown as one. Flags, which need counting, aside.
[[nodiscard]] bool is_torn_between(char32_t before, char32_t after) noexcept;

/// Letters of flags: each two of them make one.
[[nodiscard]] constexpr bool is_flag_letter(char32_t character) noexcept {
    return character >= 0x1F1E6 && character <= 0x1F1FF;
}

}  // namespace smpp::text_detail
