// -T tree: the line of a PDU, and under it every field with its place and meaning.
#pragma once

#include "smpp-dump/text_output.hpp"

namespace smpp_dump {

class tree_output final : public record_sink {
public:
    tree_output(octet_writer& out, const output_options& options)
        : out_(&out), options_(options), lines_(out, options) {}
    void on_record(const record& r) override;
    void on_session_end(const session& s) override { lines_.on_session_end(s); }

private:
    void add_message(const message_text& message, unsigned depth);
    void add_receipt(const record& r);

    octet_writer* out_;
    output_options options_;
    text_output lines_;
};

}  // namespace smpp_dump
