// Reads what the command line names: captures, --hex, --raw, an interface, a proxy.
#pragma once

#include <functional>
#include <string_view>

#include "smpp-dump/options.hpp"

namespace smpp_dump {

class inputs {
public:
    struct hooks {
        /// What cannot be read, a sentence each.
        std::function<void(std::string_view)> complain;
        /// What was shown so far reaches its readers. False: nobody wants more.
        std::function<bool()> settle;
        /// Nobody wants more. Asked for every packet.
        std::function<bool()> over;
    };

    /// REQUIRES: `wanted` outlives it.
    inputs(const options& wanted, hooks told) : options_(&wanted), told_(std::move(told)) {}

    /// Whether read() can be called again, and gives the same.
    [[nodiscard]] bool repeatable() const;
    /// Gives all to `sink`. False: something could not be read, which was told.
    [[nodiscard]] bool read(record_sink& sink);

private:
    [[nodiscard]] bool read_capture(const std::string& file, analyser& into);
    [[nodiscard]] bool read_captures(record_sink& sink);
    [[nodiscard]] bool read_hex(const std::string& argument, std::uint32_t number,
                                record_sink& sink);
    [[nodiscard]] bool read_streams(record_sink& sink);
    [[nodiscard]] bool read_wire(record_sink& sink);
    [[nodiscard]] bool end_analysis(analyser& all, bool readable);

    const options* options_;
    hooks told_;
};

}  // namespace smpp_dump
