// Octets that pass by, as if they had been captured: gives them to the sinks as PDUs.
//
//     smpp_dump::tap tap(context, client, server);
//     tap.add(true, octets);        // from the client
//     tap.finish();
#pragma once

#include "smpp-dump/connection.hpp"

namespace smpp_dump {

class tap {
public:
    /// REQUIRES: `context` outlives it.
    tap(connection_context& context, const end_point& client, const end_point& server);

    /// `seen.frame` counts the pieces in which the octets came.
    void add(bool from_client, smpp::octet_span octets, const stamp& seen);
    /// That end sends no more.
    void close(bool by_client, const stamp& seen);
    /// The connection has ended; further calls do nothing.
    void finish();

    [[nodiscard]] std::uint64_t octets(bool from_client) const noexcept {
        return octets_[from_client ? 0 : 1];
    }

private:
    [[nodiscard]] tcp_segment next_segment(bool from_client) const;

    end_point client_;
    end_point server_;
    std::uint32_t next_[2] = {1, 1};  // sequence numbers
    std::uint64_t octets_[2] = {};
    connection connection_;
};

/// Nanoseconds since 1970, whole microseconds of them: more is noise in user space.
[[nodiscard]] std::int64_t time_now();

}  // namespace smpp_dump
