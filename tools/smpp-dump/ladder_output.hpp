// --ladder: a sequence diagram of each session, as text, as mermaid or as a page that needs nothing
// else.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

enum class ladder_format : std::uint8_t { text, mermaid, html };

class ladder_output final : public record_sink {
public:
    /// `width`: columns of a line of text. REQUIRES: `out` outlives it.
    ladder_output(octet_writer& out, const output_options& options, ladder_format format,
                  std::size_t width = 100)
        : out_(&out), options_(options), format_(format), width_(width) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override { began_.erase(s.number); }
    /// After the last record.
    void finish();

private:
    void begin();
    void announce(const record& r);
    void add_text(const record& r, const std::string& label, double seconds);
    void add_mermaid(const record& r, const std::string& label);
    void add_html(const record& r, const std::string& label, double seconds);

    octet_writer* out_;
    output_options options_;
    ladder_format format_;
    std::size_t width_;
    std::unordered_map<std::uint32_t, std::int64_t> began_{};  // by session, time of its first PDU
    std::uint32_t shown_ = 0;                                  // session of the last line
    bool begun_ = false;
};

}  // namespace smpp_dump
