#include "smpp-dump/capture_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "smpp-dump/octet_source.hpp"

namespace smpp_dump {
namespace {

namespace capture = smpp::capture;

capture::time_point time_of(std::int64_t nanoseconds) {
    return capture::time_point(std::chrono::duration_cast<capture::time_point::duration>(
        std::chrono::nanoseconds(nanoseconds)));
}

capture::endpoint endpoint_of(const end_point& end) {
    if (end.address.v6) {
        return capture::endpoint::v6(end.address.octets, end.port);
    }
    std::array<std::uint8_t, 4> four{};
    std::copy_n(end.address.octets.begin(), four.size(), four.begin());
    return capture::endpoint::v4(four, end.port);
}

}  // namespace

capture_output::capture_output(const std::string& path, bool show_secrets, record_sink* next)
    : file_(capture::pcapng_file::create(
          path, show_secrets ? capture::secrets::shown : capture::secrets::masked, "smpp-dump")),
      next_(next) {
    if (!file_) {
        throw input_error(
            fmt::format("cannot create {}: {}", path, std::generic_category().message(errno)));
    }
}

capture::connection& capture_output::connection_of(const record& r) {
    const auto found = open_.find(r.session->number);
    if (found != open_.end()) {
        return found->second;
    }
    auto client = endpoint_of(r.session->client);
    auto server = endpoint_of(r.session->server);
    if (server.port == 0) {  // octets without a network around them
        client.port = static_cast<std::uint16_t>(40'000 + r.session->number % 20'000);
        server.port = 2775;
    }
    return open_
        .emplace(r.session->number,
                 file_->writer().open(client, server, time_of(r.frame.first.time)))
        .first->second;
}

void capture_output::on_record(const record& r) {
    if (next_ != nullptr) {
        next_->on_record(r);
    }
    if (r.frame.kind == frame_kind::whole) {
        last_ = time_of(r.frame.last.time);
        connection_of(r).write(
            r.from_client ? capture::direction::to_server : capture::direction::to_client,
            r.frame.octets, last_);
    }
}

void capture_output::on_session_end(const session& s) {
    if (next_ != nullptr) {
        next_->on_session_end(s);
    }
    if (const auto found = open_.find(s.number); found != open_.end()) {
        found->second.close(last_);
        open_.erase(found);
    }
}

bool capture_output::finish() {
    for (auto& [number, connection] : open_) {
        connection.close(last_);
    }
    open_.clear();
    return file_->flush();
}

}  // namespace smpp_dump
