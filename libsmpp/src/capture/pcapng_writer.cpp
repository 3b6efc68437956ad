#include "smpp/capture/pcapng_writer.hpp"

#include <algorithm>
#include <cstring>

#include "capture/checksum.hpp"

namespace smpp::capture {
namespace {

constexpr std::size_t max_segment = 65000;  // with headers below the 65535 of an IPv4 packet
constexpr std::size_t ethernet_size = 14;
constexpr std::size_t tcp_size = 20;

enum tcp_flag : std::uint8_t { fin = 0x01, syn = 0x02, psh = 0x08, ack = 0x10 };

/// Blocks are in the byte order of this machine; the section header says which.
template <class T>
void put(std::string& out, T value) {
    char octets[sizeof value];
    std::memcpy(octets, &value, sizeof value);
    out.append(octets, sizeof value);
}

void put_option(std::string& out, std::uint16_t code, std::string_view value) {
    put(out, code);
    put(out, static_cast<std::uint16_t>(value.size()));
    out += value;
    out.append((4 - value.size() % 4) % 4, '\0');
}

/// A block begins with its type and length and ends with its length again.
void begin_block(std::string& out, std::uint32_t type) {
    out.clear();
    put(out, type);
    put(out, std::uint32_t{0});
}

void end_block(std::string& out) {
    const auto size = static_cast<std::uint32_t>(out.size() + 4);
    put(out, size);
    std::memcpy(out.data() + 4, &size, sizeof size);
}

std::uint8_t* grow(std::string& out, std::size_t n) {
    const std::size_t start = out.size();
    out.resize(start + n);
    return reinterpret_cast<std::uint8_t*>(out.data()) + start;
}

/// TCP's checksum begins with the sum over the pseudo header.
std::uint32_t pseudo_header_sum(const endpoint& from, const endpoint& to, std::size_t tcp_length) {
    return sum16({from.octets.data(), from.size}) + sum16({to.octets.data(), to.size}) + 6U +
           static_cast<std::uint32_t>(tcp_length);
}

void put_ethernet(std::string& out, bool v6) {
    // Locally administered addresses that say nothing about anyone.
    static constexpr std::uint8_t addresses[12] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
    std::uint8_t* at = grow(out, ethernet_size);
    std::memcpy(at, addresses, sizeof addresses);
    store_be<std::uint16_t>(at + 12, v6 ? 0x86DD : 0x0800);
}

void put_ipv4(std::string& out, const endpoint& from, const endpoint& to, std::size_t tcp_length) {
    std::uint8_t* at = grow(out, 20);
    at[0] = 0x45;
    store_be<std::uint16_t>(at + 2, static_cast<std::uint16_t>(20 + tcp_length));
    store_be<std::uint16_t>(at + 6, 0x4000);  // do not fragment
    at[8] = 64;
    at[9] = 6;
    std::memcpy(at + 12, from.octets.data(), 4);
    std::memcpy(at + 16, to.octets.data(), 4);
    store_be<std::uint16_t>(at + 10, fold(sum16({at, 20})));
}

void put_ipv6(std::string& out, const endpoint& from, const endpoint& to, std::size_t tcp_length) {
    std::uint8_t* at = grow(out, 40);
    at[0] = 0x60;
    store_be<std::uint16_t>(at + 4, static_cast<std::uint16_t>(tcp_length));
    at[6] = 6;
    at[7] = 64;
    std::memcpy(at + 8, from.octets.data(), 16);
    std::memcpy(at + 24, to.octets.data(), 16);
}

}  // namespace

endpoint endpoint::v4(const std::array<std::uint8_t, 4>& octets, std::uint16_t port) noexcept {
    endpoint made;
    std::copy(octets.begin(), octets.end(), made.octets.begin());
    made.port = port;
    return made;
}

endpoint endpoint::v6(const std::array<std::uint8_t, 16>& octets, std::uint16_t port) noexcept {
    endpoint made;
    made.octets = octets;
    made.size = 16;
    made.port = port;
    return made;
}

connection::connection(pcapng_writer& writer, const endpoint& client, const endpoint& server,
                       std::uint32_t number)
    : writer_(&writer),
      client_{client, 0x10000U * number, {}},
      server_{server, 0x10000U * number + 0x8000U, {}} {}

void connection::segment(direction towards, std::uint8_t flags, octet_span octets, time_point now) {
    side& from = towards == direction::to_server ? client_ : server_;
    const side& to = towards == direction::to_server ? server_ : client_;
    secret_mask* mask = writer_->secrets_ == secrets::masked ? &from.mask : nullptr;
    writer_->packet(from, to, flags, octets, mask, now);
    from.next += static_cast<std::uint32_t>(octets.size()) + ((flags & (syn | fin)) != 0 ? 1U : 0U);
}

void connection::write(direction towards, octet_span octets, time_point now) {
    while (!octets.empty() && !closed_) {
        const std::size_t n = std::min(octets.size(), max_segment);
        segment(towards, psh | ack, octets.first(n), now);
        octets = octets.subspan(n);
    }
}

void connection::close(time_point now) {
    if (!closed_) {
        segment(direction::to_server, fin | ack, {}, now);
        segment(direction::to_client, fin | ack, {}, now);
        segment(direction::to_server, ack, {}, now);
        writer_->out_({});
        closed_ = true;
    }
}

pcapng_writer::pcapng_writer(octet_sink out, secrets mode, std::string_view application)
    : out_(std::move(out)), secrets_(mode) {
    begin_block(block_, 0x0A0D0D0A);  // section header
    put(block_, std::uint32_t{0x1A2B3C4D});
    put(block_, std::uint16_t{1});
    put(block_, std::uint16_t{0});
    put(block_, ~std::uint64_t{0});      // length of the section: unknown
    put_option(block_, 4, application);  // shb_userappl
    put(block_, std::uint32_t{0});       // end of options
    end_block(block_);
    flush();
    begin_block(block_, 1);         // interface description
    put(block_, std::uint16_t{1});  // Ethernet
    put(block_, std::uint16_t{0});
    put(block_, std::uint32_t{0});  // no snap length
    put_option(block_, 2, "smpp");  // if_name
    put_option(block_, 9, "\x09");  // if_tsresol: nanoseconds
    put(block_, std::uint32_t{0});
    end_block(block_);
    flush();
}

connection pcapng_writer::open(const endpoint& client, const endpoint& server, time_point now) {
    connection made(*this, client, server, ++connections_);
    made.segment(direction::to_server, syn, {}, now);
    made.segment(direction::to_client, syn | ack, {}, now);
    made.segment(direction::to_server, ack, {}, now);
    return made;
}

void pcapng_writer::packet(const connection::side& from, const connection::side& to,
                           std::uint8_t flags, octet_span octets, secret_mask* mask,
                           time_point now) {
    const bool v6 = from.at.size == 16;
    const std::size_t tcp_length = tcp_size + octets.size();
    const auto captured = static_cast<std::uint32_t>(ethernet_size + (v6 ? 40U : 20U) + tcp_length);
    const auto nanoseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count());

    begin_block(block_, 6);  // enhanced packet
    put(block_, std::uint32_t{0});
    put(block_, static_cast<std::uint32_t>(nanoseconds >> 32));
    put(block_, static_cast<std::uint32_t>(nanoseconds));
    put(block_, captured);
    put(block_, captured);
    put_ethernet(block_, v6);
    if (v6) {
        put_ipv6(block_, from.at, to.at, tcp_length);
    } else {
        put_ipv4(block_, from.at, to.at, tcp_length);
    }

    std::uint8_t* at = grow(block_, tcp_length);
    store_be<std::uint16_t>(at, from.at.port);
    store_be<std::uint16_t>(at + 2, to.at.port);
    store_be<std::uint32_t>(at + 4, from.next);
    store_be<std::uint32_t>(at + 8, (flags & ack) != 0 ? to.next : 0);
    at[12] = 0x50;
    at[13] = flags;
    store_be<std::uint16_t>(at + 14, 0xFFFF);  // window
    if (!octets.empty()) {
        std::memcpy(at + tcp_size, octets.data(), octets.size());
    }
    if (mask != nullptr) {
        mask->apply({at + tcp_size, octets.size()});
    }
    store_be<std::uint16_t>(
        at + 16, fold(pseudo_header_sum(from.at, to.at, tcp_length) + sum16({at, tcp_length})));
    block_.append((4 - captured % 4) % 4, '\0');
    end_block(block_);
    flush();
}

void pcapng_writer::flush() { out_(as_octets(block_)); }

}  // namespace smpp::capture
