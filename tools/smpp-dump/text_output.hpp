// -T text: a line a PDU, for people.
#pragma once

#include <set>

#include "smpp-dump/brief.hpp"

namespace smpp_dump {

class text_output final : public record_sink {
public:
    text_output(octet_writer& out, const output_options& options) : out_(&out), options_(options) {}
    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

private:
    void announce(const session& s);
    void append_pdu(std::string& to, const record& r, const brief_room& room);
    void append_fitting(std::string& to, const record& r);

    octet_writer* out_;
    output_options options_;
    time_formatter times_{time_style::clock};
    std::uint32_t last_ = 0;
    std::uint32_t announced_ = 0;         // sessions
    std::set<std::uint32_t> going_on_{};  // of them those with PDUs shown, by number
};

}  // namespace smpp_dump
