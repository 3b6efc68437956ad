// Finds where encoded text may be cut into parts.
#pragma once

#include <cstddef>
#include <vector>

#include "smpp/octets.hpp"
#include "smpp/text/encoding.hpp"

namespace smpp::text_detail {

class cutter {
public:
    /// `capacity` is the octets of a part, enough for any one character.
    cutter(octet_span octets, alphabet value, std::size_t capacity, gsm7::shift tables) noexcept
        : octets_(octets), alphabet_(value), capacity_(capacity), tables_(tables) {}

    /// Ends of all the parts: as few as possible, never inside a character, and not inside what is
    /// shown as one (an accent behind its letter, a flag) where that takes no part more.
    [[nodiscard]] std::vector<std::size_t> ends() const;

    /// The farthest end of a part that begins at `at`.
    [[nodiscard]] std::size_t farthest_end(std::size_t at) const noexcept;

private:
    struct character {
        char32_t code_point = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] std::size_t parts_from(std::size_t at) const noexcept;
    [[nodiscard]] std::size_t whole_end(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool tears(std::size_t begin, std::size_t cut) const;
    [[nodiscard]] std::size_t letters_of_flags_before(std::size_t begin, std::size_t cut) const;
    [[nodiscard]] character at(std::size_t place) const;
    [[nodiscard]] character before(std::size_t begin, std::size_t place) const;

    [[nodiscard]] bool in_escape(std::size_t begin, std::size_t end) const noexcept;
    [[nodiscard]] bool in_surrogates(std::size_t end) const noexcept;
    [[nodiscard]] std::size_t before_continuation(std::size_t end) const noexcept;

    octet_span octets_;
    alphabet alphabet_;
    std::size_t capacity_;
    gsm7::shift tables_;
};

}  // namespace smpp::text_detail
