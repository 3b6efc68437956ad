// -T json: one JSON object a line for every PDU, and for what is no PDU.
#pragma once

#include "smpp-dump/output.hpp"

namespace smpp_dump {

class json_output final : public record_sink {
public:
    json_output(octet_writer& out, const output_options& options) : out_(&out), options_(options) {}
    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

private:
    void append_place(std::string& to, const record& r);
    void append_pdu(std::string& to, const record& r);
    void append_text(std::string& to, const record& r) const;

    octet_writer* out_;
    output_options options_;
    time_formatter times_{time_style::iso_utc};
};

}  // namespace smpp_dump
