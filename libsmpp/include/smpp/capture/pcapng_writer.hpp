// Writes SMPP connections as a capture that Wireshark and smpp-dump open: pcapng with synthetic
// Ethernet, IP and TCP around the octets that were sent and received.
//
//     auto file = smpp::capture::pcapng_file::create("session.pcapng");
//     auto c = file->writer().open(endpoint::v4({127, 0, 0, 1}, 40000),
//                                  endpoint::v4({127, 0, 0, 1}, 2775), now);
//     c.write(smpp::capture::direction::to_server, octets, now);
//     c.close(now);
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "smpp/capture/secret_mask.hpp"
#include "smpp/octets.hpp"

namespace smpp::capture {

using time_point = std::chrono::system_clock::time_point;

/// Address and port of one end. IPv6 has 16 octets, IPv4 4.
struct endpoint {
    std::array<std::uint8_t, 16> octets{};
    std::uint8_t size = 4;
    std::uint16_t port = 0;

    [[nodiscard]] static endpoint v4(const std::array<std::uint8_t, 4>& octets,
                                     std::uint16_t port) noexcept;
    [[nodiscard]] static endpoint v6(const std::array<std::uint8_t, 16>& octets,
                                     std::uint16_t port) noexcept;
    friend bool operator==(const endpoint&, const endpoint&) = default;
};

enum class direction : std::uint8_t { to_server, to_client };

/// Whether passwords reach the file. Masked ones keep their length.
enum class secrets : std::uint8_t { masked, shown };

/// Takes what is to be appended to the file. Called with one or more whole blocks.
using octet_sink = std::function<void(octet_span)>;

class pcapng_writer;

/// One TCP connection in the file. Its handshake is written by open(), its end by close().
/// REQUIRES: the writer outlives it.
class connection {
public:
    /// Octets of the stream, cut anywhere; long ones are split into several segments.
    void write(direction towards, octet_span octets, time_point now);
    /// FIN both ways; further calls do nothing.
    void close(time_point now);

private:
    friend class pcapng_writer;
    struct side {
        endpoint at{};
        std::uint32_t next = 0;  // sequence number of the next octet
        secret_mask mask{};
    };
    connection(pcapng_writer& writer, const endpoint& client, const endpoint& server,
               std::uint32_t number);
    void segment(direction towards, std::uint8_t flags, octet_span octets, time_point now);

    pcapng_writer* writer_;
    side client_;
    side server_;
    bool closed_ = false;
};

/// Not for several threads at a time: the caller locks.
class pcapng_writer {
public:
    /// Writes the file's head at once. `application` names the program in the file.
    explicit pcapng_writer(octet_sink out, secrets = secrets::masked,
                           std::string_view application = "libsmpp");

    [[nodiscard]] connection open(const endpoint& client, const endpoint& server, time_point now);

private:
    friend class connection;
    void packet(const connection::side& from, const connection::side& to, std::uint8_t flags,
                octet_span octets, secret_mask* mask, time_point now);
    void flush();

    octet_sink out_;
    secrets secrets_;
    std::uint32_t connections_ = 0;
    std::string block_;
};

/// A pcapng_writer into a file. What is written reaches the file when a connection closes, on
/// flush(), and at the end.
class pcapng_file {
public:
    /// Null when the file cannot be created; errno says why. "-" is standard output.
    [[nodiscard]] static std::unique_ptr<pcapng_file> create(
        const std::string& path, secrets = secrets::masked,
        std::string_view application = "libsmpp");
    ~pcapng_file();
    pcapng_file(const pcapng_file&) = delete;
    pcapng_file& operator=(const pcapng_file&) = delete;

    [[nodiscard]] pcapng_writer& writer() noexcept { return writer_; }
    /// False when anything so far could not be written (disk full).
    bool flush() noexcept;

private:
    pcapng_file(std::FILE* file, secrets, std::string_view application);

    std::FILE* file_;
    bool good_ = true;
    pcapng_writer writer_;
};

}  // namespace smpp::capture
