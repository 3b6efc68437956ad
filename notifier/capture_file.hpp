// --pcap: the PDUs of all sessions in a pcapng file.
//
//     notifier::capture_file file("session.pcapng", false);
//     smpp::trace_hook hook = file.open("127.0.0.1:2775");
#pragma once

#include <memory>
#include <string>

#include "smpp/asio/trace.hpp"
#include "smpp/capture/pcapng_writer.hpp"

namespace notifier {

class capture_file {
public:
    /// Throws source_error when the file cannot be created.
    capture_file(std::string path, bool show_secrets);

    /// A hook for one connection with that peer ("1.2.3.4:2775", "[::1]:2775").
    [[nodiscard]] smpp::trace_hook open(const std::string& peer);

    /// Throws output_error when something could not be written.
    void finish();

private:
    std::string path_;
    std::unique_ptr<smpp::capture::pcapng_file> file_;
    std::uint16_t next_port_ = 49152;
};

}  // namespace notifier
