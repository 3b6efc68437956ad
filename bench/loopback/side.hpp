// One end of a measurement: a client that keeps its windows full of submit_sm, or a server that
// answers them. Each runs on a thread of its own until it is stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace loopback {

/// How the client loads the server.
struct load {
    unsigned sessions = 1;
    unsigned window = 10;
};

/// Answered submits, and the processor time of the thread. Read by others while it runs.
struct progress {
    std::atomic<std::uint64_t> messages{0};
    std::atomic<std::uint64_t> cpu_ns{0};
    std::atomic<bool> stop{false};
};

/// Processor time of the calling thread.
[[nodiscard]] std::uint64_t thread_cpu_ns() noexcept;

/// A running end. Destroying it stops it.
class side {
public:
    explicit side(std::function<void(progress&)> work)
        : thread_([this, work = std::move(work)] { work(progress_); }) {}
    ~side() {
        progress_.stop = true;
        thread_.join();
    }
    side(const side&) = delete;
    side& operator=(const side&) = delete;

    [[nodiscard]] const progress& seen() const noexcept { return progress_; }

private:
    progress progress_;
    std::thread thread_;
};

/// What is measured: submit_sm with a text of 20 octets; its response with a message_id of 8.
[[nodiscard]] std::string submit_octets();
[[nodiscard]] std::string response_octets();

// The floor: epoll, batched writes, no decoding but of command_length, no matching, no timers.
void floor_client(std::uint16_t port, load load, progress& progress);
/// Calls `listening` with its port.
void floor_server(const std::function<void(std::uint16_t)>& listening, progress& progress);

// The library: encode, decode, match, timers, counters.
void library_client(std::uint16_t port, load load, progress& progress);
void library_server(const std::function<void(std::uint16_t)>& listening, progress& progress);

}  // namespace loopback
