// JSON lines: an object on each line, its members are the columns. Values are texts, numbers,
// true, false, or null (which is as good as an empty text).
//
//     bulk::json_lines_reader reader(input);
#pragma once

#include "input_file.hpp"
#include "row.hpp"

namespace notifier::bulk {

class json_lines_reader final : public row_reader {
public:
    explicit json_lines_reader(input_file& input) : input_(input) {}

    [[nodiscard]] read_result next(row& out) override;

private:
    [[nodiscard]] bool read_line();
    [[nodiscard]] read_result parse(row& out);

    input_file& input_;
    std::shared_ptr<const column_names> columns_;
    std::string text_;
    bool too_long_ = false;
    std::uint64_t line_ = 0;
    std::uint64_t number_ = 0;
};

/// A reader for what the input looks like: it is JSON lines if it begins with a brace. Throws
/// input_error.
[[nodiscard]] std::unique_ptr<row_reader> open_rows(input_file& input);

}  // namespace notifier::bulk
