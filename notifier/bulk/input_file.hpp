// The bulk input: a file, or a stream that is kept in a nameless temporary file, so that it can be
// read twice: once to check it, once to send.
//
//     bulk::input_file input("recipients.csv");           // "-": standard input
//     while (const int octet = input.get(); octet != bulk::input_file::end) { ... }
//     input.rewind();
#pragma once

#include <sys/stat.h>

#include <array>
#include <string>
#include <string_view>

#include "sha256.hpp"

namespace notifier::bulk {

class input_file {
public:
    static constexpr int end = -1;

    /// Throws input_error, which names the file.
    explicit input_file(const std::string& path);
    ~input_file();
    input_file(const input_file&) = delete;
    input_file& operator=(const input_file&) = delete;

    /// "recipients.csv" or "standard input".
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The next octet, or `end`. Throws input_error.
    [[nodiscard]] int get() {
        return at_ < size_ || fill() ? static_cast<unsigned char>(block_[at_++]) : end;
    }
    /// The same without taking it.
    [[nodiscard]] int peek() {
        return at_ < size_ || fill() ? static_cast<unsigned char>(block_[at_]) : end;
    }
    /// What can be had of the rest without waiting; empty at the end. take() takes of it.
    [[nodiscard]] std::string_view available() {
        return at_ < size_ || fill() ? std::string_view(block_.data() + at_, size_ - at_)
                                     : std::string_view();
    }
    void take(std::size_t count) noexcept { at_ += count; }

    /// To the beginning.
    void rewind();
    /// SHA-256 of all that was read since the last rewind(), in hexadecimal digits.
    [[nodiscard]] std::string digest() { return hash_.digits(); }
    /// Is that path this very file?
    [[nodiscard]] bool is(const std::string& path) const;
    /// Did somebody write to the file since it was opened?
    [[nodiscard]] bool changed() const;

private:
    [[nodiscard]] bool fill();
    void spool(int from);
    [[noreturn]] void fail(const char* what) const;

    std::string name_;
    int file_ = -1;
    struct stat opened_ {};
    sha256 hash_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    std::array<char, 65536> block_{};
};

}  // namespace notifier::bulk
