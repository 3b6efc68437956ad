// -w FILE: the PDUs as a clean pcapng, one a packet, whatever they came in.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "smpp-dump/record.hpp"
#include "smpp/capture/pcapng_writer.hpp"

namespace smpp_dump {

class capture_output final : public record_sink {
public:
    /// Gives records on to `next`, which may be null. Throws input_error when the file cannot be
    /// created.
    capture_output(const std::string& path, bool show_secrets, record_sink* next);

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;
    /// What was written so far reaches the file. False when something could not be written.
    [[nodiscard]] bool flush() { return file_->flush(); }
    /// The same, after the last record.
    [[nodiscard]] bool finish();

private:
    [[nodiscard]] smpp::capture::connection& connection_of(const record& r);

    std::unique_ptr<smpp::capture::pcapng_file> file_;
    record_sink* next_;
    std::map<std::uint32_t, smpp::capture::connection> open_{};
    smpp::capture::time_point last_{};
};

}  // namespace smpp_dump
