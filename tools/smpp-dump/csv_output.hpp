// -T csv: a row a PDU under a header line (RFC 4180), for spreadsheets.
#pragma once

#include "smpp-dump/output.hpp"

namespace smpp_dump {

class csv_output final : public record_sink {
public:
    csv_output(octet_writer& out, const output_options& options);
    void on_record(const record& r) override;

private:
    void cell(std::string& to, std::string_view text);

    octet_writer* out_;
    output_options options_;
    time_formatter times_{time_style::iso_utc};
};

}  // namespace smpp_dump
