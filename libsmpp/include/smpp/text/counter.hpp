// How much a text takes, before it is sent: what an input field shows beside it.
//
//     smpp::text_size size = smpp::count_text("See you at 5€").value();
//     // size.units == 14, size.parts == 1, size.left == 146
#pragma once

#include <cstddef>

#include "smpp/text/encoding.hpp"
#include "smpp/text/segmenter.hpp"

namespace smpp {

struct text_size {
    smpp::alphabet alphabet = smpp::alphabet::gsm7;
    gsm7::shift tables{};
    std::size_t characters = 0;  ///< code points
    std::size_t units = 0;       ///< septets, 16-bit units or octets, by alphabet
    std::size_t parts = 0;       ///< 0: it cannot be sent in this mode, see `split`
    std::size_t left = 0;        ///< units that the last part still takes
};

/// As `encode_cheapest` and `split` will do it; `elements` as in split_options. Fails only for
/// broken UTF-8.
[[nodiscard]] text_result<text_size> count_text(std::string_view text,
                                                const encode_options& options = {},
                                                split_mode mode = split_mode::udh8,
                                                octet_span elements = {});

}  // namespace smpp
