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

void tap::add(bool from_client, smpp::octet_span octets, const stamp& seen) {
    std::uint32_t& next = next_[from_client ? 0 : 1];
    tcp_segment segment;
    segment.source = from_client ? client_ : server_;
    segment.destination = from_client ? server_ : client_;
    segment.seq = next;
    segment.payload = octets;
    next += static_cast<std::uint32_t>(octets.size());
    octets_[from_client ? 0 : 1] += octets.size();
    connection_.add(segment, seen);
}

void tap::finish() { connection_.finish(); }

}  // namespace smpp_dump
