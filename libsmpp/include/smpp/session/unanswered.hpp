// Unanswered: the sequence numbers of the peer's requests that wait for their answers. A peer may
// use one twice; then it is in here twice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace smpp {

class unanswered {
public:
    void add(std::uint32_t sequence_number);
    /// Takes one out; false: it was not in here.
    bool remove(std::uint32_t sequence_number) noexcept;
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

private:
    static constexpr std::uint64_t used = std::uint64_t{1} << 32U;  ///< 0 is a number, too

    [[nodiscard]] std::size_t home(std::uint64_t slot) const noexcept;
    [[nodiscard]] std::size_t after(std::size_t at) const noexcept {
        return (at + 1) & (slots_.size() - 1);
    }
    void put(std::uint64_t slot) noexcept;
    void close_gap(std::size_t gap) noexcept;

    std::vector<std::uint64_t> slots_;  ///< a power of two, at most half of them in use
    std::uint32_t size_ = 0;
};

}  // namespace smpp
