#include "csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "notifier/ascii.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier::bulk {

csv_reader::csv_reader(input_file& input) : input_(input) { read_header(); }

void csv_reader::read_header() {
    if (!skip_blank_lines()) {
        throw input_error(input_.name() + " is empty: its first line must name the columns");
    }
    const auto start = input_.available();
    const auto line = start.substr(0, start.find('\n'));
    for (const char candidate : {',', ';', '\t'}) {
        if (line.find(candidate) != line.npos) {
            separator_ = candidate;
            break;
        }
    }
    row header;
    if (read_fields(header) == read_result::mistake) {
        throw input_error(fmt::format("{}:{}: {}", input_.name(), header.line, mistake()));
    }
    for (auto& name : header.values) {
        name = ascii::to_lower(ascii::trim(name));
        if (smpp::utf8::find_invalid(name)) {
            throw input_error(input_.name() + ":1: the header is not UTF-8");
        }
    }
    columns_ = std::make_shared<column_names>(std::move(header.values));
    if (const auto twice = columns_->duplicate()) {
        throw input_error(fmt::format("{}:1: there are two columns '{}'", input_.name(), *twice));
    }
}

bool csv_reader::skip_blank_lines() {
    for (;;) {
        const int octet = input_.peek();
        if (octet == input_file::end) {
            return false;
        }
        if (octet != '\n' && octet != '\r') {
            return true;
        }
        line_ += octet == '\n' ? 1 : 0;
        input_.take(1);
    }
}

read_result csv_reader::next(row& out) {
    if (!skip_blank_lines()) {
        return read_result::end;
    }
    out.columns = columns_;
    out.number = ++number_;
    if (const auto result = read_fields(out); result != read_result::row) {
        return result;
    }
    if (out.values.size() != columns_->names().size()) {
        return refuse(fmt::format("the row has {} fields, the header has {}", out.values.size(),
                                  columns_->names().size()));
    }
    return read_result::row;
}

/// Strings are used again: a row costs no allocation once they have grown.
std::string& csv_reader::field(std::vector<std::string>& values, std::size_t index) {
    if (index == values.size()) {
        values.emplace_back();
    }
    values[index].clear();
    return values[index];
}

read_result csv_reader::read_fields(row& out) {
    out.line = line_;
    size_ = 0;
    complaint_.clear();
    std::size_t count = 0;
    while (read_field(field(out.values, count++)) == ending::separator) {
    }
    out.values.resize(count);
    return complaint_.empty() ? read_result::row : refuse(std::move(complaint_));
}

csv_reader::ending csv_reader::read_field(std::string& out) {
    if (input_.peek() == '"') {
        input_.take(1);
        return read_quoted(out);
    }
    return read_plain(out);
}

csv_reader::ending csv_reader::read_plain(std::string& out) {
    for (;;) {
        const auto there = input_.available();
        const auto ends = [&](char c) { return c == separator_ || c == '\n' || c == '"'; };
        const auto size = static_cast<std::size_t>(std::find_if(there.begin(), there.end(), ends) -
                                                   there.begin());
        out.append(there.substr(0, size));
        size_ += size;
        input_.take(size);
        if (size_ > longest_row) {
            complain("the row has more than 1 MiB; is a quote missing?");
            skip_line();
            return ending::line;
        }
        if (size == there.size() && size > 0) {
            continue;
        }
        const int octet = input_.get();
        if (octet == '"') {
            complain("a field with a quote in it must be in quotes, and the quote doubled");
            skip_line();
            return ending::line;
        }
        if (octet != separator_ && !out.empty() && out.back() == '\r') {
            out.pop_back();
        }
        return end_of_field(octet);
    }
}

csv_reader::ending csv_reader::read_quoted(std::string& out) {
    for (;;) {
        const int octet = input_.get();
        if (octet == input_file::end) {
            complain("a quote is not closed");
            return ending::file;
        }
        if (octet == '"' && input_.peek() != '"') {
            break;
        }
        if (octet == '"') {
            input_.take(1);
        }
        line_ += octet == '\n' ? 1 : 0;
        if (++size_ <= longest_row) {
            out.push_back(static_cast<char>(octet));
        } else {
            complain("the row has more than 1 MiB; is a quote missing?");
        }
    }
    int octet = input_.get();
    if (octet == '\r' && (input_.peek() == '\n' || input_.peek() == input_file::end)) {
        octet = input_.get();
    }
    if (octet != separator_ && octet != '\n' && octet != input_file::end) {
        complain("text follows the closing quote of a field");
        skip_line();
        return ending::line;
    }
    return end_of_field(octet);
}

csv_reader::ending csv_reader::end_of_field(int octet) {
    if (octet == input_file::end) {
        return ending::file;
    }
    line_ += octet == '\n' ? 1 : 0;
    return octet == '\n' ? ending::line : ending::separator;
}

void csv_reader::skip_line() {
    for (;;) {
        const int octet = input_.get();
        if (octet == input_file::end) {
            return;
        }
        if (octet == '\n') {
            ++line_;
            return;
        }
    }
}

/// The first one counts: the others follow from it.
void csv_reader::complain(const char* why) {
    if (complaint_.empty()) {
        complaint_ = why;
    }
}

}  // namespace notifier::bulk
