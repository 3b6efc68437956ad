// A prepared SQLite statement: bind in order, step, begin again.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "mock-smsc/store/journal.hpp"

namespace mock_smsc {

class journal::statement {
public:
    /// Throws std::runtime_error.
    statement(sqlite3* db, const char* sql);
    ~statement() { sqlite3_finalize(raw_); }
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// Texts and octets must live until run() or the last row().
    statement& bind(std::int64_t value);
    statement& bind(std::string_view text);
    statement& bind(smpp::octet_span octets);
    /// False: failed.
    [[nodiscard]] bool run();

    /// False: no more rows, or failed.
    [[nodiscard]] bool row() { return sqlite3_step(raw_) == SQLITE_ROW; }
    [[nodiscard]] std::int64_t number(int column) { return sqlite3_column_int64(raw_, column); }
    [[nodiscard]] std::string text(int column);
    [[nodiscard]] smpp::octet_span octets(int column);
    void reset();

private:
    sqlite3_stmt* raw_ = nullptr;
    int bound_ = 0;
};

}  // namespace mock_smsc
