// Requests with their owner's handlers: one that is sent or has to wait, and the queue of those
// that wait for room in the window.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "smpp/session/session_core.hpp"

namespace smpp::detail {

/// A request with its handler. Owned by the client from start to outcome; its address is the core's
/// token.
class request_operation {
public:
    virtual ~request_operation() = default;
    /// One that had to wait.
    virtual result<std::uint32_t> send(session_core& core, time_point now) = 0;
    /// `answer` is null when there is none. Called once; the operation is gone after it.
    virtual void complete(error_code failed, const event* answer) = 0;

    std::uint32_t sequence_number = 0;  ///< 0: not sent yet

private:
    friend class request_queue;
    request_operation* before_ = nullptr;
    request_operation* after_ = nullptr;
    time_point since_{};
};

/// Requests in the order they came, each of which may leave at any time. Owns them.
class request_queue {
public:
    /// Zero: they may wait for ever.
    explicit request_queue(duration limit = duration::zero()) noexcept : limit_(limit) {}
    request_queue(const request_queue&) = delete;
    request_queue& operator=(const request_queue&) = delete;
    ~request_queue() {
        while (!empty()) {
            pop();
        }
    }

    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    void push(std::unique_ptr<request_operation> operation, time_point now) noexcept {
        request_operation* added = operation.release();
        added->since_ = now;
        added->before_ = std::exchange(last_, added);
        (added->before_ == nullptr ? first_ : added->before_->after_) = added;
        ++size_;
    }
    /// REQUIRES: not empty().
    std::unique_ptr<request_operation> pop() noexcept { return remove(first_); }
    /// The first, if it has waited for as long as it may; null: none has.
    std::unique_ptr<request_operation> pop_late(time_point now) noexcept {
        return deadline() <= now ? pop() : nullptr;
    }
    /// When pop_late() will give the first.
    [[nodiscard]] time_point deadline() const noexcept {
        return empty() || limit_ == duration::zero() ? timers::never : first_->since_ + limit_;
    }
    /// REQUIRES: it is in here.
    std::unique_ptr<request_operation> remove(request_operation* gone) noexcept {
        (gone->before_ == nullptr ? first_ : gone->before_->after_) = gone->after_;
        (gone->after_ == nullptr ? last_ : gone->after_->before_) = gone->before_;
        gone->before_ = gone->after_ = nullptr;
        --size_;
        return std::unique_ptr<request_operation>(gone);
    }
    [[nodiscard]] bool contains(const request_operation* operation) const noexcept {
        return operation == first_ || operation->before_ != nullptr;
    }

private:
    duration limit_;
    request_operation* first_ = nullptr;
    request_operation* last_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace smpp::detail
