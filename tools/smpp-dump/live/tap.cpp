#include "smpp-dump/live/tap.hpp"

#include <chrono>

namespace smpp_dump {
namespace {

tcp_segment opening(const end_point& client, const end_point& server) {
    tcp_segment first;
    first.source = client;
    first.destination = server;
    first.syn = true;
    return first;
}

}  // namespace

std::int64_t time_now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
               .count() *
           1000;
}

tap::tap(connection_context& context, const end_point& client, const end_point& server)
    : client_(client),
      server_(server),
      connection_(context, opening(client, server), /*forced=*/true) {
    stamp none;
    connection_.add(opening(client, server), none);
    tcp_segment answer = opening(server, client);
    connection_.add(answer, none);
}

tcp_segment tap::next_segment(bool from_client) const {
    tcp_segment segment;
    segment.source = from_client ? client_ : server_;
    segment.destination = from_client ? server_ : client_;
    segment.seq = next_[from_client ? 0 : 1];
    return segment;
}

void tap::add(bool from_client, smpp::octet_span octets, const stamp& seen) {
    tcp_segment segment = next_segment(from_client);
    segment.payload = octets;
    next_[from_client ? 0 : 1] += static_cast<std::uint32_t>(octets.size());
    octets_[from_client ? 0 : 1] += octets.size();
    connection_.add(segment, seen);
}

void tap::close(bool by_client, const stamp& seen) {
    tcp_segment segment = next_segment(by_client);
    segment.fin = true;
    connection_.add(segment, seen);
}

void tap::finish() { connection_.finish(); }

}  // namespace smpp_dump
