// A queue of octets in one contiguous block: written at the back, read at the front.
//
//     std::uint8_t* to = queue.prepare(16);  encode(to);  queue.commit(16);
//     write(socket, queue.octets());         queue.consume(written);
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>

#include "smpp/octets.hpp"

namespace smpp {

class flat_queue {
public:
    /// At least `n` writable octets; how many there are tells writable(). Invalidates spans of
    /// octets().
    [[nodiscard]] std::uint8_t* prepare(std::size_t n) {
        if (capacity_ - end_ < n) {
            make_room(n);
        }
        return block_.get() + end_;
    }
    /// Octets that can be committed after the last prepare().
    [[nodiscard]] std::size_t writable() const noexcept { return capacity_ - end_; }
    /// REQUIRES: `n <= writable()`, and written.
    void commit(std::size_t n) noexcept { end_ += n; }

    [[nodiscard]] octet_span octets() const noexcept {
        return {block_.get() + begin_, end_ - begin_};
    }
    [[nodiscard]] std::size_t size() const noexcept { return end_ - begin_; }
    [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

    /// Takes `n` octets from the front. REQUIRES: `n <= size()`.
    void consume(std::size_t n) noexcept {
        begin_ += n;
        if (begin_ == end_) {
            begin_ = end_ = 0;
        }
    }

    /// Takes `n` octets back that were committed last. REQUIRES: `n <= size()`.
    void drop_back(std::size_t n) noexcept { end_ -= n; }

    /// Gives memory back that is not in use now.
    void shrink() {
        if (empty()) {
            block_.reset();
            begin_ = end_ = capacity_ = 0;
        }
    }

    friend void swap(flat_queue& a, flat_queue& b) noexcept {
        std::swap(a.block_, b.block_);
        std::swap(a.begin_, b.begin_);
        std::swap(a.end_, b.end_);
        std::swap(a.capacity_, b.capacity_);
    }

private:
    void make_room(std::size_t n) {
        const std::size_t used = size();
        // Moving down is cheap while less than half is in use; else grow, so that the cost per
        // octet stays constant.
        if (used + n <= capacity_ && used <= capacity_ / 2) {
            std::memmove(block_.get(), block_.get() + begin_, used);
        } else {
            const std::size_t wanted = std::max({used + n, capacity_ * 2, std::size_t{256}});
            auto block = std::make_unique_for_overwrite<std::uint8_t[]>(wanted);
            if (used > 0) {
                std::memcpy(block.get(), block_.get() + begin_, used);
            }
            block_ = std::move(block);
            capacity_ = wanted;
        }
        begin_ = 0;
        end_ = used;
    }

    std::unique_ptr<std::uint8_t[]> block_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace smpp
