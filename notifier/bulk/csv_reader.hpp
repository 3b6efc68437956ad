// CSV with a header (RFC 4180): quoted fields with line ends and doubled quotes in them, LF or CR
// LF, a byte order mark. Where the header has no comma but a semicolon or a tab, that separates.
//
//     bulk::csv_reader reader(input);             // reads the header; throws input_error
#pragma once

#include "input_file.hpp"
#include "row.hpp"

namespace notifier::bulk {

class csv_reader final : public row_reader {
public:
    explicit csv_reader(input_file& input);

    [[nodiscard]] read_result next(row& out) override;
    [[nodiscard]] bool has_header() const noexcept override { return true; }

private:
    enum class ending : std::uint8_t { separator, line, file };

    void read_header();
    [[nodiscard]] bool skip_blank_lines();
    [[nodiscard]] read_result read_fields(row& out);
    ending read_field(std::string& out);
    ending read_plain(std::string& out);
    ending read_quoted(std::string& out);
    ending end_of_field(int octet);
    void skip_line();
    void complain(const char* why);
    std::string& field(std::vector<std::string>& values, std::size_t index);

    input_file& input_;
    std::shared_ptr<const column_names> columns_;
    char separator_ = ',';
    std::uint64_t line_ = 1;
    std::uint64_t number_ = 0;
    std::size_t size_ = 0;   // of the row so far
    std::string complaint_;  // about the row so far
};

}  // namespace notifier::bulk
