// Where the octets of a capture come from: a file, standard input, memory; gzip is taken away.
//
//     auto source = smpp_dump::open_source("capture.pcap.gz");
//     smpp_dump::buffered_reader reader(std::move(source));
//     while (reader.ensure(16)) { use(reader.data()); reader.consume(16); }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "smpp/octets.hpp"

namespace smpp_dump {

/// Input that cannot be opened or is no capture at all. Damage further on is reported by the
/// readers, not thrown.
class input_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class octet_source {
public:
    virtual ~octet_source() = default;
    /// Up to `n` octets; 0 at the end.
    virtual std::size_t read(std::uint8_t* to, std::size_t n) = 0;
    /// Why the source ended before its time; empty when it did not.
    [[nodiscard]] virtual std::string damage() const { return {}; }
};

/// A file, or standard input for "-". Throws input_error. With `wait` its end is no end: it is
/// called there, and then reading goes on, until it returns false.
[[nodiscard]] std::unique_ptr<octet_source> open_source(const std::string& path,
                                                        std::function<bool()> wait = {});
/// Octets that outlive the source. As with files, gzip is taken away.
[[nodiscard]] std::unique_ptr<octet_source> memory_source(smpp::octet_span octets);

/// Shows a source as contiguous octets. Its buffer grows to the largest `ensure` asked for.
class buffered_reader {
public:
    explicit buffered_reader(std::unique_ptr<octet_source> source);

    /// Whether `n` octets are there; reads until they are.
    [[nodiscard]] bool ensure(std::size_t n) { return end_ - begin_ >= n || fill(n); }
    [[nodiscard]] const std::uint8_t* data() const noexcept { return buffer_.data() + begin_; }
    [[nodiscard]] std::size_t available() const noexcept { return end_ - begin_; }
    /// REQUIRES: `n <= available()`.
    void consume(std::size_t n) noexcept {
        begin_ += n;
        consumed_ += n;
    }
    /// Leaves out `n` octets however many are buffered; false when the source ends before.
    [[nodiscard]] bool skip(std::uint64_t n);
    /// Octets consumed so far.
    [[nodiscard]] std::uint64_t position() const noexcept { return consumed_; }
    [[nodiscard]] std::string damage() const { return source_->damage(); }

private:
    bool fill(std::size_t n);

    std::unique_ptr<octet_source> source_;
    std::vector<std::uint8_t> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t consumed_ = 0;
};

}  // namespace smpp_dump
