#include "capture_file.hpp"

#include <arpa/inet.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "output.hpp"
#include "sources.hpp"
#include "url.hpp"

namespace notifier {
namespace {

namespace capture = smpp::capture;

std::uint16_t to_port(std::string_view text) {
    std::uint16_t port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port;
}

/// Both ends: the peer's address, and a local one of the same kind.
std::pair<capture::endpoint, capture::endpoint> endpoints(const std::string& peer,
                                                          std::uint16_t local_port) {
    const auto split = split_host_port(peer);
    const auto port = split ? to_port(split->port) : std::uint16_t{0};
    std::array<std::uint8_t, 16> six{};
    std::array<std::uint8_t, 4> four{};
    if (split && split->host.starts_with('[')) {
        const auto host = split->host.substr(1, split->host.size() - 2);
        inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), six.data());
        std::array<std::uint8_t, 16> local{};
        local[15] = 1;
        return {capture::endpoint::v6(local, local_port), capture::endpoint::v6(six, port)};
    }
    if (split) {
        inet_pton(AF_INET, split->host.c_str(), four.data());
    }
    return {capture::endpoint::v4({127, 0, 0, 1}, local_port), capture::endpoint::v4(four, port)};
}

/// Closes its connection in the file when the hook goes.
class traced_connection {
public:
    explicit traced_connection(capture::connection&& connection)
        : connection_(std::move(connection)) {}
    ~traced_connection() { connection_.close(std::chrono::system_clock::now()); }
    traced_connection(const traced_connection&) = delete;
    traced_connection& operator=(const traced_connection&) = delete;

    void write(smpp::direction way, smpp::octet_span frame) {
        connection_.write(way == smpp::direction::out ? capture::direction::to_server
                                                      : capture::direction::to_client,
                          frame, std::chrono::system_clock::now());
    }

private:
    capture::connection connection_;
};

}  // namespace

capture_file::capture_file(std::string path, bool show_secrets)
    : path_(std::move(path)),
      file_(capture::pcapng_file::create(
          path_, show_secrets ? capture::secrets::shown : capture::secrets::masked, "notifier")) {
    if (!file_) {
        throw source_error("cannot create " + path_ + ": " +
                           std::generic_category().message(errno));
    }
}

smpp::trace_hook capture_file::open(const std::string& peer) {
    const auto [client, server] = endpoints(peer, next_port_++);
    auto connection = std::make_shared<traced_connection>(
        file_->writer().open(client, server, std::chrono::system_clock::now()));
    return [connection](smpp::direction way, smpp::octet_span frame) {
        connection->write(way, frame);
    };
}

void capture_file::finish() {
    if (!file_->flush()) {
        throw output_error("cannot write all of " + path_);
    }
}

}  // namespace notifier
