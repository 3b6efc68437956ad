// A file whose octets are in memory: what other outputs write, to be shown.
//
//     memory_file memory;
//     { octet_writer out(memory.file()); ... }
//     memory.lines()
#pragma once

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <new>
#include <string>
#include <string_view>

namespace smpp_dump::tui {

class memory_file {
public:
    memory_file() : file_(::open_memstream(&octets_, &size_)) {
        if (file_ == nullptr) {
            throw std::bad_alloc();
        }
    }
    ~memory_file() {
        std::fclose(file_);
        std::free(octets_);
    }
    memory_file(const memory_file&) = delete;
    memory_file& operator=(const memory_file&) = delete;

    [[nodiscard]] std::FILE* file() const noexcept { return file_; }
    /// Of what was written so far.
    [[nodiscard]] std::deque<std::string> lines() {
        std::fflush(file_);
        std::deque<std::string> made;
        for (std::string_view rest(octets_, size_); !rest.empty();) {
            const std::size_t end = rest.find('\n');
            made.emplace_back(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        return made;
    }

private:
    char* octets_ = nullptr;
    std::size_t size_ = 0;
    std::FILE* file_;
};

}  // namespace smpp_dump::tui
