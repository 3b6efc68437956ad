// One row of bulk input: values under the names of their columns.
//
//     bulk::row row;
//     while (reader.next(row) == bulk::read_result::row) use(row.values[*row.columns->find("to")]);
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notifier/sources.hpp"

namespace notifier::bulk {

/// The input cannot be read at all; the message names it, and the line.
class input_error : public source_error {
public:
    using source_error::source_error;
};

class column_names {
public:
    /// Lower case, without blanks around them.
    explicit column_names(std::vector<std::string> names) : names_(std::move(names)) {}

    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    /// The first name that stands there twice.
    [[nodiscard]] std::optional<std::string> duplicate() const;

private:
    std::vector<std::string> names_;
};

struct row {
    std::uint64_t number = 0;  ///< from 1; header and blank lines do not count
    std::uint64_t line = 0;    ///< where it begins, from 1
    /// Rows of the same columns share one object.
    std::shared_ptr<const column_names> columns{};
    std::vector<std::string> values{};  ///< one for each column
};

enum class read_result : std::uint8_t { row, mistake, end };

/// Reads row after row. After a mistake it goes on behind it.
class row_reader {
public:
    row_reader() = default;
    row_reader(const row_reader&) = delete;
    row_reader& operator=(const row_reader&) = delete;
    virtual ~row_reader() = default;

    /// Sets `out` for a row; its line and number for a mistake too.
    [[nodiscard]] virtual read_result next(row& out) = 0;
    /// All rows have the columns of the first line.
    [[nodiscard]] virtual bool has_header() const noexcept { return false; }
    /// What is wrong with the row that next() called a mistake.
    [[nodiscard]] const std::string& mistake() const noexcept { return mistake_; }

protected:
    read_result refuse(std::string why) {
        mistake_ = std::move(why);
        return read_result::mistake;
    }

private:
    std::string mistake_;
};

/// A row has at most so many octets: memory stays bounded whatever the input is.
inline constexpr std::size_t longest_row = std::size_t{1} << 20;

}  // namespace notifier::bulk
