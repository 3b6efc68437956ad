// Reads a table of test data: tab separated, the first line names the columns.
#pragma once

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace smpp_test {

using tsv_row = std::map<std::string, std::string>;

inline std::vector<std::string> split(const std::string& line, char separator) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == separator) {
            cells.emplace_back();
        } else {
            cells.back().push_back(c);
        }
    }
    return cells;
}

/// Rows of SMPP_TEST_DATA/`name`. Throws when the file is not there or a row has too many cells.
inline std::vector<tsv_row> read_tsv(const std::string& name) {
    std::ifstream file(std::string(SMPP_TEST_DATA "/") + name);
    std::string line;
    if (!std::getline(file, line)) {
        throw std::runtime_error("no test data " + name);
    }
    const std::vector<std::string> columns = split(line, '\t');
    std::vector<tsv_row> rows;
    while (std::getline(file, line)) {
        const std::vector<std::string> cells = split(line, '\t');
        tsv_row row;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            row[columns.at(i)] = cells[i];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace smpp_test
