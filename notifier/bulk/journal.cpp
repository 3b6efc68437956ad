#include "journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace notifier::bulk {
namespace {

std::string reason() { return std::generic_category().message(errno); }

/// No line of ours is longer: a part's id has 64 octets at most, and there are 255 parts.
constexpr std::size_t longest_line = std::size_t{256} << 10;

}  // namespace

/// Reads the file line by line from its beginning.
class journal::lines {
public:
    explicit lines(const journal& owner) : owner_(owner) {}

    /// False at the end; a line without an end is no line. `text` is valid until the next call.
    bool next(std::string_view& text) {
        for (;;) {
            const auto rest = std::string_view(buffer_).substr(at_);
            if (const auto end = rest.find('\n'); end != rest.npos) {
                text = rest.substr(0, end);
                at_ += end + 1;
                offset_ += end + 1;
                return true;
            }
            if (rest.size() > longest_line || !fill()) {
                return false;
            }
        }
    }

    /// Where the next line begins, and where the file ends as far as it was read.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

private:
    bool fill() {
        buffer_.erase(0, at_);
        at_ = 0;
        char block[65536];
        for (;;) {
            const auto count = ::pread(owner_.file_, block, sizeof block, read_);
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                owner_.refuse("cannot be read: " + reason());
            }
            buffer_.append(block, static_cast<std::size_t>(count));
            read_ += count;
            return count > 0;
        }
    }

    const journal& owner_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t offset_ = 0;
    off_t read_ = 0;
};

journal::journal(const std::string& path, const journal_identity& identity) : path_(path) {
    try {
        open(path);
        load(identity);
    } catch (...) {
        if (file_ >= 0) {
            ::close(file_);
        }
        throw;
    }
}

journal::~journal() { ::close(file_); }

void journal::open(const std::string& path) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file_ < 0) {
        refuse("cannot be opened: " + reason());
    }
    struct stat about {};
    if (::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) {
        refuse("is no regular file");
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        refuse(errno == EWOULDBLOCK ? "is in use by another notifier"
                                    : "cannot be locked: " + reason());
    }
}

void journal::load(const journal_identity& identity) {
    lines all(*this);
    std::string_view line;
    const auto size = static_cast<std::size_t>(::lseek(file_, 0, SEEK_END));
    if (!all.next(line)) {
        begin(identity);
        return;
    }
    check_header(std::string(line), identity);
    std::size_t good = all.offset();
    std::size_t number = 1;
    std::size_t torn = 0;  // the first line that is none
    while (all.next(line)) {
        ++number;
        const auto record = read_record(line);
        if (!record) {
            torn = torn == 0 ? number : torn;
        } else if (torn != 0) {
            refuse("is damaged in line " + std::to_string(torn) + ", and records follow it");
        } else {
            apply(*record);
            good = all.offset();
        }
    }
    dropped_ = size - good;
    if (dropped_ > 0 && ::ftruncate(file_, static_cast<off_t>(good)) != 0) {
        refuse("has a torn end that cannot be cut off: " + reason());
    }
}

/// A new file, or one whose writer died at the very beginning.
void journal::begin(const journal_identity& identity) {
    const auto header = header_line(identity);
    std::string there(header.size(), '\0');
    const auto count = ::pread(file_, there.data(), there.size(), 0);
    there.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 || !header.starts_with(there) || ::ftruncate(file_, 0) != 0) {
        refuse("is not a journal of notifier; it is left as it is");
    }
    buffer_ = header;
    flush();
}

void journal::check_header(const std::string& line, const journal_identity& identity) const {
    if (!line.starts_with(journal_magic)) {
        refuse("is not a journal of notifier; it is left as it is");
    }
    const auto theirs = read_header_line(line);
    if (!theirs) {
        const auto version = line.substr(
            journal_magic.size(), line.find('\t', journal_magic.size()) - journal_magic.size());
        refuse(version == journal_version
                   ? "has a damaged first line"
                   : "is of version " + printable(version.substr(0, 20)) +
                         "; this program reads version " + std::string(journal_version));
    }
    if (theirs->input != identity.input || theirs->rows != identity.rows) {
        refuse("belongs to another input: give that, or another journal");
    }
    if (theirs->message != identity.message) {
        refuse("belongs to another job, for " + theirs->url +
               ": server, user, sender or text differ");
    }
}

void journal::apply(const journal_record& record) {
    switch (record.kind) {
        case record_kind::sending: open_.insert(record.first, record.last); break;
        case record_kind::withdrawn: open_.erase(record.first); break;
        case record_kind::unknown:
            open_.erase(record.first);
            unknown_.insert(record.first);
            break;
        case record_kind::awaiting: awaiting_.insert(record.first); [[fallthrough]];
        case record_kind::accepted:
        case record_kind::rejected:
            open_.erase(record.first);
            unknown_.erase(record.first);
            settled_.insert(record.first);
            break;
        case record_kind::finished: awaiting_.erase(record.first); break;
    }
}

void journal::replay(const std::function<void(const outcome&)>& tell) {
    lines all(*this);
    std::string_view line;
    auto unknown = unknown_;
    (void)all.next(line);  // the header
    while (all.next(line)) {
        auto record = read_record(line);
        if (!record || record->kind == record_kind::sending ||
            record->kind == record_kind::withdrawn) {
            continue;
        }
        if (record->kind == record_kind::unknown) {
            if (!unknown.contains(record->first)) {
                continue;  // it has a better outcome, or was told of before
            }
            unknown.erase(record->first);
        } else if (record->kind == record_kind::awaiting) {
            record->outcome.receipts_may_come = awaiting_.contains(record->first);
            if (!record->outcome.receipts_may_come) {
                continue;
            }
        }
        tell(record->outcome);
    }
}

void journal::intend(std::uint64_t row) {
    if (open_.contains(row)) {
        return;
    }
    open_.insert(row);
    if (range_.first != 0 && range_.last + 1 == row) {
        range_.last = row;
        return;
    }
    end_range();
    range_.kind = record_kind::sending;
    range_.first = range_.last = row;
}

void journal::end_range() {
    if (range_.first != 0) {
        append_record(buffer_, range_);
        range_.first = 0;
    }
}

void journal::append(const journal_record& record) {
    end_range();
    append_record(buffer_, record);
    apply(record);
}

void journal::await_receipts(const outcome& accepted) {
    journal_record record;
    record.kind = record_kind::awaiting;
    record.first = record.last = accepted.row;
    record.outcome = accepted;
    append(record);
}

void journal::settle(const outcome& result) {
    journal_record record;
    record.first = record.last = result.row;
    if (result.untouched) {
        if (open_.contains(result.row)) {
            record.kind = record_kind::withdrawn;
            append(record);
        }
        return;
    }
    if (result.receipts_may_come) {
        return;  // the next run waits for them again
    }
    record.kind = awaiting_.contains(result.row)            ? record_kind::finished
                  : result.state == outcome_state::accepted ? record_kind::accepted
                  : result.state == outcome_state::unknown  ? record_kind::unknown
                                                            : record_kind::rejected;
    record.outcome = result;
    append(record);
}

void journal::flush() {
    end_range();
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const auto written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            refuse("cannot be written: " + reason());
        }
        rest.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    buffer_.clear();
}

void journal::sync() {
    flush();
    if (::fdatasync(file_) != 0) {
        refuse("cannot be written: " + reason());
    }
}

void journal::refuse(const std::string& why) const {
    throw journal_error("journal " + path_ + " " + why);
}

}  // namespace notifier::bulk
