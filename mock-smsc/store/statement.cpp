#include "mock-smsc/store/statement.hpp"

#include <stdexcept>

namespace mock_smsc {

journal::statement::statement(sqlite3* db, const char* sql) {
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw_, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(db));
    }
}

journal::statement& journal::statement::bind(std::int64_t value) {
    sqlite3_bind_int64(raw_, ++bound_, value);
    return *this;
}

journal::statement& journal::statement::bind(std::string_view text) {
    sqlite3_bind_text(raw_, ++bound_, text.data(), static_cast<int>(text.size()), nullptr);
    return *this;
}

journal::statement& journal::statement::bind(smpp::octet_span octets) {
    sqlite3_bind_blob(raw_, ++bound_, octets.data(), static_cast<int>(octets.size()), nullptr);
    return *this;
}

bool journal::statement::run() {
    const int outcome = sqlite3_step(raw_);
    reset();
    return outcome == SQLITE_DONE || outcome == SQLITE_ROW;
}

std::string journal::statement::text(int column) {
    const void* data = sqlite3_column_blob(raw_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw_, column));
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

smpp::octet_span journal::statement::octets(int column) {
    const void* data = sqlite3_column_blob(raw_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw_, column));
    return {static_cast<const std::uint8_t*>(data), size};
}

void journal::statement::reset() {
    sqlite3_reset(raw_);
    bound_ = 0;
}

}  // namespace mock_smsc
