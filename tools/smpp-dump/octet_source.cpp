#include "smpp-dump/octet_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace smpp_dump {
namespace {

class file_source final : public octet_source {
public:
    file_source(int file, std::function<bool()> wait) noexcept
        : file_(file), wait_(std::move(wait)) {}
    ~file_source() override {
        if (file_ != STDIN_FILENO) {
            static_cast<void>(::close(file_));
        }
    }
    file_source(const file_source&) = delete;
    file_source& operator=(const file_source&) = delete;

    std::size_t read(std::uint8_t* to, std::size_t n) override {
        for (;;) {
            const ssize_t got = ::read(file_, to, n);
            if (got > 0) {
                return static_cast<std::size_t>(got);
            }
            if (got == 0) {
                if (!wait_ || !wait_()) {
                    return 0;
                }
            } else if (errno != EINTR) {
                damage_ = std::strerror(errno);
                return 0;
            }
        }
    }
    [[nodiscard]] std::string damage() const override { return damage_; }

private:
    int file_;
    std::function<bool()> wait_;
    std::string damage_{};
};

class span_source final : public octet_source {
public:
    explicit span_source(smpp::octet_span octets) noexcept : rest_(octets) {}
    std::size_t read(std::uint8_t* to, std::size_t n) override {
        const std::size_t got = std::min(n, rest_.size());
        if (got > 0) {
            std::memcpy(to, rest_.data(), got);
            rest_ = rest_.subspan(got);
        }
        return got;
    }

private:
    smpp::octet_span rest_;
};

/// Gives the first octets of a source once more after they were looked at.
class pushed_back final : public octet_source {
public:
    pushed_back(std::unique_ptr<octet_source> rest, smpp::octet_span first)
        : first_(smpp::as_text(first)), rest_(std::move(rest)) {}
    std::size_t read(std::uint8_t* to, std::size_t n) override {
        if (at_ == first_.size()) {
            return rest_->read(to, n);
        }
        const std::size_t got = std::min(n, first_.size() - at_);
        std::memcpy(to, first_.data() + at_, got);
        at_ += got;
        return got;
    }
    [[nodiscard]] std::string damage() const override { return rest_->damage(); }

private:
    std::string first_;
    std::size_t at_ = 0;
    std::unique_ptr<octet_source> rest_;
};

class gzip_source final : public octet_source {
public:
    explicit gzip_source(std::unique_ptr<octet_source> compressed)
        : compressed_(std::move(compressed)) {
        if (inflateInit2(&stream_, 15 + 16) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~gzip_source() override { inflateEnd(&stream_); }
    gzip_source(const gzip_source&) = delete;
    gzip_source& operator=(const gzip_source&) = delete;

    std::size_t read(std::uint8_t* to, std::size_t n) override {
        stream_.next_out = to;
        stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(n, 1U << 30));
        const uInt room = stream_.avail_out;
        while (stream_.avail_out == room && !ended_) {
            step();
        }
        return room - stream_.avail_out;
    }
    [[nodiscard]] std::string damage() const override {
        return damage_.empty() ? compressed_->damage() : damage_;
    }

private:
    void step() {
        if (stream_.avail_in == 0) {
            stream_.next_in = in_.data();
            stream_.avail_in = static_cast<uInt>(compressed_->read(in_.data(), in_.size()));
        }
        if (stream_.avail_in == 0) {
            ended_ = true;
            damage_ = between_members_ ? "" : "the gzip data ends early";
            return;
        }
        between_members_ = false;
        const int status = inflate(&stream_, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {  // another member may follow
            between_members_ = true;
            inflateReset(&stream_);
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            ended_ = true;
            damage_ = stream_.msg != nullptr ? fmt::format("bad gzip data: {}", stream_.msg)
                                             : "bad gzip data";
        }
    }

    std::unique_ptr<octet_source> compressed_;
    std::array<std::uint8_t, 65536> in_{};
    z_stream stream_{};
    std::string damage_{};
    bool between_members_ = false;
    bool ended_ = false;
};

std::unique_ptr<octet_source> without_gzip(std::unique_ptr<octet_source> source) {
    std::array<std::uint8_t, 2> magic{};
    std::size_t have = 0;
    while (have < magic.size()) {
        const std::size_t got = source->read(magic.data() + have, magic.size() - have);
        if (got == 0) {
            break;
        }
        have += got;
    }
    const bool gzip = have == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
    auto whole =
        std::make_unique<pushed_back>(std::move(source), smpp::octet_span(magic.data(), have));
    if (!gzip) {
        return whole;
    }
    return std::make_unique<gzip_source>(std::move(whole));
}

}  // namespace

std::unique_ptr<octet_source> open_source(const std::string& path, std::function<bool()> wait) {
    if (path == "-") {
        return without_gzip(std::make_unique<file_source>(STDIN_FILENO, std::move(wait)));
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        throw input_error(fmt::format("{}: {}", path, std::strerror(errno)));
    }
    auto source = std::make_unique<file_source>(file, std::move(wait));
    struct stat status {};
    if (::fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        throw input_error(fmt::format("{}: is a directory", path));
    }
    return without_gzip(std::move(source));
}

std::unique_ptr<octet_source> memory_source(smpp::octet_span octets) {
    return without_gzip(std::make_unique<span_source>(octets));
}

buffered_reader::buffered_reader(std::unique_ptr<octet_source> source)
    : source_(std::move(source)), buffer_(std::size_t{1} << 18) {}

bool buffered_reader::fill(std::size_t n) {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (buffer_.size() < n) {
        buffer_.resize(n);
    }
    while (end_ < n) {
        const std::size_t got = source_->read(buffer_.data() + end_, buffer_.size() - end_);
        if (got == 0) {
            return false;
        }
        end_ += got;
    }
    return true;
}

bool buffered_reader::skip(std::uint64_t n) {
    while (n > available()) {
        n -= available();
        consume(available());
        if (!ensure(1)) {
            return false;
        }
    }
    consume(static_cast<std::size_t>(n));
    return true;
}

}  // namespace smpp_dump
