// What a run measured.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "smpp-load/latencies.hpp"
#include "smpp/command_status.hpp"

namespace smpp_load {

/// The messages of one thread; summed up in the end.
struct message_figures {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::map<smpp::command_status, std::uint64_t> refused{};
    std::map<std::string, std::uint64_t> failed{};  ///< no answer, by reason
    std::uint64_t unsent = 0;                       ///< due, and no window had room until the end
    std::uint64_t received = 0;                     ///< receipts and other messages of the peer
    /// Of answers; of what was due and never sent, or sent and never answered, as long as it
    /// waited.
    latencies latency{};
    latencies lag{};  ///< with a rate: sent later than due for no other reason than smpp-load
    std::uint64_t outstanding_sum = 0;  ///< over samples
    std::uint64_t outstanding_samples = 0;

    void add_all(const message_figures& other);
    [[nodiscard]] std::uint64_t answered() const noexcept;
};

/// The sessions of one thread, and the thread itself.
struct session_figures {
    std::uint64_t bound = 0;
    std::uint64_t failed = 0;                 ///< never bound
    std::uint64_t lost = 0;                   ///< ended while messages were sent
    std::uint64_t resumed = 0;                ///< whose handshake took up a TLS session of before
    std::string first_failure{};              ///< of one that failed or was lost
    std::string security{};                   ///< TLS version and cipher suite
    std::chrono::duration<double> binding{};  ///< until all were bound or had failed
    std::chrono::duration<double> loading{};  ///< from the first message to the last answer
    std::chrono::duration<double> threads_loading{};  ///< the same, summed up over threads
    std::chrono::nanoseconds cpu{};                   ///< of the threads, during that time

    void add_all(const session_figures& other);
};

struct figures {
    message_figures messages{};
    session_figures sessions{};

    void add_all(const figures& other) {
        messages.add_all(other.messages);
        sessions.add_all(other.sessions);
    }
};

/// Of one thread, which writes them; read by the progress display while it runs.
struct alignas(64) live_counters {
    enum class phase : unsigned char { binding, warming_up, loading, ending };

    std::atomic<phase> now{phase::binding};
    std::atomic<std::uint64_t> bound{0};
    std::atomic<std::uint64_t> not_bound{0};
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> answered{0};
    std::atomic<std::uint64_t> failed{0};
    std::atomic<std::uint64_t> received{0};

    static void count(std::atomic<std::uint64_t>& one) noexcept {
        one.store(one.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
};

}  // namespace smpp_load
