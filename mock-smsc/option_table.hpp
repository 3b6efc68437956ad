// The table of options: names, help and what each does with its value.
#pragma once

#include <span>

#include "mock-smsc/options.hpp"

namespace mock_smsc {

using error_text = std::string;  // empty: the value was fine

enum class arity : std::uint8_t { flag, one, optional, many };

struct option_row {
    std::string_view name;
    std::string_view value;  // as --help shows it
    std::string_view help;
    arity values;
    error_text (*apply)(options&, std::string_view);
};

[[nodiscard]] std::span<const option_row> option_table() noexcept;
/// Makes a certificate at start, for these names; the usual ones when it is empty.
error_text set_tls_names(options& o, std::string_view value);

}  // namespace mock_smsc
