// Packets in, records out: finds the TCP connections in a capture and the SMPP in them.
//
//     smpp_dump::analyser analyser(sink, options);
//     while (reader->next(packet)) { analyser.add(packet); }
//     analyser.finish();
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "smpp-dump/capture_reader.hpp"
#include "smpp-dump/connection.hpp"
#include "smpp-dump/defragmenter.hpp"

namespace smpp_dump {

struct analyser_options {
    std::set<std::uint16_t> ports{};  ///< connections of these are SMPP, whatever they look like
    std::int64_t late_after = 10'000'000'000;  ///< nanoseconds until a response is late
    std::string keylog{};  ///< secrets of TLS sessions, read as it grows; empty: none
    std::function<void(const std::string&)> tell{};  ///< gets why TLS cannot be decrypted
};

class analyser {
public:
    /// Throws input_error when the key log cannot be read.
    explicit analyser(record_sink& sink, analyser_options options = {});

    void add(const packet& p);
    /// The capture has ended: gives what is held back and what is incomplete.
    void finish();

    /// Link types that were met and are not supported, each once.
    [[nodiscard]] const std::set<std::uint32_t>& unsupported_links() const noexcept {
        return unsupported_;
    }
    /// Secrets that came with the packets.
    void add_secrets(std::string_view key_log_lines) { tls_.keys.add(key_log_lines); }
    /// TLS connections that were passed over for want of any key log.
    [[nodiscard]] std::uint64_t keyless() const noexcept { return tls_.keyless; }
    [[nodiscard]] std::uint64_t tcp_packets() const noexcept { return tcp_packets_; }
    [[nodiscard]] std::uint32_t sessions() const noexcept { return context_.sessions; }

private:
    static constexpr std::size_t max_connections = 100'000;
    static constexpr std::int64_t closed_lifetime = 60'000'000'000;  // for late retransmissions
    static constexpr std::int64_t closed_patience = 1'000'000'000;   // for what was overtaken

    struct ends {
        end_point low{};
        end_point high{};
        friend bool operator==(const ends&, const ends&) = default;
    };
    struct ends_hash {
        [[nodiscard]] std::size_t operator()(const ends& e) const noexcept {
            return hash_value(e.low) * 31 + hash_value(e.high);
        }
    };

    void add_segment(const tcp_segment& segment, const stamp& seen);
    [[nodiscard]] connection& connection_of(const tcp_segment& segment, std::int64_t now);
    void sweep(std::int64_t now);
    void end_closed(std::int64_t now);
    void close(std::vector<ends> which);

    static constexpr std::uint64_t max_told = 20;

    connection_context context_;
    tls_context_of_capture tls_{};
    analyser_options options_;
    defragmenter fragments_{};
    boost::unordered_flat_map<ends, std::unique_ptr<connection>, ends_hash> connections_{};
    tcp_segment last_{};  // the connection of the packet before, which is likely that of the next
    connection* last_connection_ = nullptr;
    struct closing {
        ends key{};
        std::int64_t at = 0;
        const connection* which = nullptr;
    };
    std::deque<closing> closing_{};  // connections that have closed, to be finished
    std::set<std::uint32_t> unsupported_{};
    std::uint64_t tcp_packets_ = 0;
    std::size_t sweep_at_ = 1024;
};

}  // namespace smpp_dump
