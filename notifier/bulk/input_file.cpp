#include "input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "row.hpp"

namespace notifier::bulk {
namespace {

/// An unlinked file: nothing of it is left, however the program ends.
int temporary_file() {
    const char* folder = std::getenv("TMPDIR");
    std::string path = folder != nullptr && *folder != '\0' ? folder : "/tmp";
    path += "/notifier-bulk-XXXXXX";
    const int file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file >= 0) {
        ::unlink(path.c_str());
    }
    return file;
}

bool write_all(int file, const char* data, std::size_t size) {
    while (size > 0) {
        const auto written = ::write(file, data, size);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        const auto count = static_cast<std::size_t>(written < 0 ? 0 : written);
        data += count;
        size -= count;
    }
    return true;
}

}  // namespace

input_file::input_file(const std::string& path) : name_(path == "-" ? "standard input" : path) {
    const int opened =
        path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0 || ::fstat(opened, &opened_) != 0) {
        fail("cannot open");
    }
    file_ = opened;
    if (S_ISDIR(opened_.st_mode)) {
        ::close(std::exchange(file_, -1));
        throw input_error("cannot read " + name_ + ": it is a folder");
    }
    if (!S_ISREG(opened_.st_mode) || ::lseek(opened, 0, SEEK_CUR) != 0) {
        spool(opened);
    }
}

input_file::~input_file() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

void input_file::spool(int from) {
    file_ = temporary_file();
    if (file_ < 0) {
        ::close(from);
        throw input_error("cannot create a temporary file for " + name_ + ": " +
                          std::generic_category().message(errno) + " (TMPDIR says where)");
    }
    for (;;) {
        const auto count = ::read(from, block_.data(), block_.size());
        if (count == 0) {
            break;
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 || !write_all(file_, block_.data(), static_cast<std::size_t>(count))) {
            ::close(from);
            fail(count < 0 ? "cannot read" : "cannot keep a copy of");
        }
    }
    ::close(from);
    if (::fstat(file_, &opened_) != 0 || ::lseek(file_, 0, SEEK_SET) != 0) {
        fail("cannot keep a copy of");
    }
}

bool input_file::fill() {
    for (;;) {
        const auto count = ::read(file_, block_.data(), block_.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            fail("cannot read");
        }
        at_ = 0;
        size_ = static_cast<std::size_t>(count);
        hash_.add({block_.data(), size_});
        return size_ > 0;
    }
}

void input_file::rewind() {
    if (::lseek(file_, 0, SEEK_SET) != 0) {
        fail("cannot read again");
    }
    at_ = size_ = 0;
    hash_.restart();
}

bool input_file::is(const std::string& path) const {
    struct stat other {};
    return ::stat(path.c_str(), &other) == 0 && other.st_dev == opened_.st_dev &&
           other.st_ino == opened_.st_ino;
}

bool input_file::changed() const {
    struct stat now {};
    return ::fstat(file_, &now) != 0 || now.st_size != opened_.st_size ||
           now.st_mtim.tv_sec != opened_.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != opened_.st_mtim.tv_nsec;
}

void input_file::fail(const char* what) const {
    throw input_error(std::string(what) + " " + name_ + ": " +
                      std::generic_category().message(errno));
}

}  // namespace notifier::bulk
