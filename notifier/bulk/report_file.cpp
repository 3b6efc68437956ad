#include "report_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "notifier/log.hpp"

namespace notifier::bulk {
namespace {

constexpr std::size_t block_size = 65536;
/// Columns may be added behind: a report with fewer is one too.
constexpr std::string_view first_columns = "row,to,state,message_ids,parts,status,error,latency_ms";
constexpr std::string_view receipt_columns = ",receipt_stat,receipt_error,receipt_after_ms\r\n";
constexpr std::string_view json_header = "{\"recipients\":[";

std::string reason() { return std::generic_category().message(errno); }

void append_field(std::string& out, std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos) {
        out.append(text);
        return;
    }
    out.push_back('"');
    for (const char c : text) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out.push_back('"');
}

}  // namespace

bool is_report_name(const std::string& path) {
    return path.ends_with(".csv") || path.ends_with(".json");
}

report_file::report_file(const std::string& path) : path_(path), json_(path.ends_with(".json")) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) {
        fail("cannot be opened: " + reason());
    }
    if (!may_replace()) {
        ::close(file_);
        fail("exists and is no report: it is left as it is");
    }
    if (struct stat about{};
        ::fstat(file_, &about) == 0 && S_ISREG(about.st_mode) && ::ftruncate(file_, 0) != 0) {
        ::close(file_);
        fail("cannot be written: " + reason());
    }
    buffer_ = json_ ? json_header : first_columns;
    buffer_.append(json_ ? "" : receipt_columns);
}

report_file::~report_file() { ::close(file_); }

bool report_file::may_replace() const {
    const auto header = json_ ? json_header : first_columns;
    std::string there(header.size(), '\0');
    const auto count = ::pread(file_, there.data(), there.size(), 0);
    // What cannot be read from a place (a pipe, a terminal) cannot be overwritten either.
    return count <= 0 || (static_cast<std::size_t>(count) == header.size() && there == header);
}

void report_file::add(const outcome& result) {
    if (json_) {
        buffer_.append(first_ ? "\n" : ",\n").append(outcome_json(result));
    } else {
        add_csv(result);
    }
    first_ = false;
    if (buffer_.size() >= block_size) {
        write();
    }
}

void report_file::add_csv(const outcome& result) {
    const auto end = std::back_inserter(buffer_);
    fmt::format_to(end, "{},", result.row);
    append_field(buffer_, printable(result.to));
    buffer_.append(",").append(state_name(result)).append(",");
    std::string ids;
    for (const auto& id : result.message_ids) {
        ids.append(ids.empty() ? "" : " ").append(printable(id));
    }
    append_field(buffer_, ids);
    fmt::format_to(end, ",{},{},", result.parts,
                   result.status ? smpp::name_or_number(*result.status) : std::string());
    append_field(buffer_, printable(result.error));
    buffer_.push_back(',');
    if (result.latency) {
        fmt::format_to(end, "{:.3f}", result.latency->count());
    }
    add_receipt(deciding_receipt(result));
    buffer_.append("\r\n");
}

void report_file::add_receipt(const receipt_seen* receipt) {
    buffer_.push_back(',');
    append_field(buffer_, receipt == nullptr ? "" : printable(receipt->stat));
    buffer_.push_back(',');
    append_field(buffer_, receipt == nullptr ? "" : printable(receipt->error));
    buffer_.push_back(',');
    if (receipt != nullptr) {
        fmt::format_to(std::back_inserter(buffer_), "{:.3f}", receipt->after.count());
    }
}

void report_file::finish(const std::string& summary) {
    if (json_) {
        buffer_.append("\n],\"summary\":").append(summary).append("}\n");
    }
    write();
}

void report_file::write() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const auto written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            fail("cannot be written: " + reason());
        }
        rest.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    buffer_.clear();
}

void report_file::fail(const std::string& why) const {
    throw report_error("report " + path_ + " " + why);
}

}  // namespace notifier::bulk
