#include "smpp/capture/pcapng_writer.hpp"

namespace smpp::capture {

std::unique_ptr<pcapng_file> pcapng_file::create(const std::string& path, secrets mode,
                                                 std::string_view application) {
    std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
    return std::unique_ptr<pcapng_file>(file == nullptr ? nullptr
                                                        : new pcapng_file(file, mode, application));
}

pcapng_file::pcapng_file(std::FILE* file, secrets mode, std::string_view application)
    : file_(file),
      writer_(
          [this](octet_span octets) {
              if (octets.empty()) {
                  flush();  // a connection has ended
              } else {
                  good_ &= std::fwrite(octets.data(), 1, octets.size(), file_) == octets.size();
              }
          },
          mode, application) {}

pcapng_file::~pcapng_file() {
    flush();
    if (file_ != stdout) {
        static_cast<void>(std::fclose(file_));
    }
}

bool pcapng_file::flush() noexcept {
    good_ &= std::fflush(file_) == 0;
    return good_;
}

}  // namespace smpp::capture
