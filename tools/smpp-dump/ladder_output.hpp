// --ladder: a sequence diagram of each session, as text, as mermaid or as a page that needs nothing
// else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "smpp-dump/output.hpp"

namespace smpp_dump {

enum class ladder_format : std::uint8_t { text, mermaid, html };

/// Session by session, though they take turns: one is shown as it comes, the others are kept until
/// it has ended. Nobody waits for that where text is live: then they are shown as they come.
class ladder_output final : public record_sink {
public:
    struct look {
        ladder_format format = ladder_format::text;
        bool live = false;
        std::size_t width = 100;  ///< columns of a line of text
    };

    /// REQUIRES: `out` outlives it.
    ladder_output(octet_writer& out, const output_options& options, look wanted)
        : out_(&out), options_(options), look_(wanted) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;
    /// After the last record.
    void finish();

private:
    static constexpr std::size_t most_kept = std::size_t{16} << 20;  // octets; then all is shown

    struct course {
        std::int64_t began = 0;
        std::uint64_t pdus = 0;
        std::string title{};  // both ends
        std::string client{};
        std::string server{};
        std::string lines{};  // that are not shown yet
        bool ended = false;
        bool headed = false;  // its heading is shown, or in `lines`
    };

    void begin();
    [[nodiscard]] course& course_of(const session& s, std::int64_t time);
    void show(std::uint32_t number, course& of);
    void show_next();
    void open_fence(std::uint32_t number, const course& of);
    void close_fence();
    void add_heading(course& of, const session& s);
    void add_rung(course& of, const record& r);
    void add_text(std::string& to, const record& r, const std::string& label, double seconds) const;
    void add_html(std::string& to, const record& r, const std::string& label, double seconds) const;
    void add_ending(course& of, const session& s);
    void write(std::string& lines);

    octet_writer* out_;
    output_options options_;
    look look_;
    std::map<std::uint32_t, course> courses_{};
    std::vector<std::string> summary_{};  // of the sessions that have ended, HTML
    std::size_t kept_ = 0;                // octets of lines
    std::uint32_t shown_ = 0;             // session of the last line
    std::uint32_t fenced_ = 0;            // session of the diagram that is open, mermaid
    bool begun_ = false;
};

}  // namespace smpp_dump
