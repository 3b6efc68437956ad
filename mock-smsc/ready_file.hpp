// Tells others that all listeners accept, and where.
#pragma once

#include <cstdint>
#include <string>

namespace mock_smsc {

struct addresses {
    std::string smpp;  ///< "127.0.0.1:2775"; empty: not there
    std::string smpps;
    std::string http;
};

/// {"pid":17,"smpp":"127.0.0.1:2775",...}
[[nodiscard]] std::string ready_line(const addresses& where);
/// A reader sees the whole text or none of it. Throws std::runtime_error that names the file.
void write_whole_file(const std::string& path, const std::string& text);

}  // namespace mock_smsc
