#include "mock-smsc/capture.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "smpp/capture/pcapng_writer.hpp"

namespace mock_smsc {
namespace {

namespace capture = smpp::capture;

/// From "127.0.0.1:40000" or "[::1]:40000".
capture::endpoint endpoint_of(std::string_view peer) {
    const auto colon = peer.rfind(':');
    auto host = peer.substr(0, colon);
    std::uint16_t port = 0;
    if (colon != std::string_view::npos) {
        std::from_chars(peer.data() + colon + 1, peer.data() + peer.size(), port);
    }
    if (host.size() > 2 && host.front() == '[') {
        host = host.substr(1, host.size() - 2);
    }
    boost::system::error_code failed;
    const auto address = boost::asio::ip::make_address(std::string(host), failed);
    return address.is_v6() ? capture::endpoint::v6(address.to_v6().to_bytes(), port)
                           : capture::endpoint::v4(address.to_v4().to_bytes(), port);
}

capture::endpoint server_beside(const capture::endpoint& client, std::uint16_t port) {
    // The other end of a loopback or of any other link: an address of the same family.
    auto out = client;
    out.port = port;
    return out;
}

struct watched_file {
    std::unique_ptr<capture::pcapng_file> file;
    std::string path;
    capture::time_point flushed{};
    bool failed = false;
};

/// The first time that it fails, people learn of it; sessions go on.
void flush(watched_file& to) {
    to.flushed = std::chrono::system_clock::now();
    if (!to.file->flush() && !to.failed) {
        to.failed = true;
        std::fputs(fmt::format("mock-smsc: cannot write to {}: {}; the capture ends here\n",
                               to.path, std::strerror(errno))
                       .c_str(),
                   stderr);
    }
}

/// One session's connection in the file; ends with its trace.
struct traced {
    traced(std::shared_ptr<watched_file> to, const capture::endpoint& client,
           const capture::endpoint& server)
        : file(std::move(to)),
          line(file->file->writer().open(client, server, std::chrono::system_clock::now())) {}
    ~traced() {
        line.close(std::chrono::system_clock::now());
        flush(*file);
    }
    traced(const traced&) = delete;
    traced& operator=(const traced&) = delete;

    void write(capture::direction way, smpp::octet_span frame) {
        const auto now = std::chrono::system_clock::now();
        line.write(way, frame, now);
        if (now - file->flushed >= std::chrono::seconds(1)) {
            flush(*file);
        }
    }

    std::shared_ptr<watched_file> file;
    capture::connection line;
};

}  // namespace

std::function<smpp::trace_hook(smpp::server_session&)> capture_to(
    const std::string& path, std::function<std::uint16_t(bool tls)> port_of) {
    auto file = std::make_shared<watched_file>();
    file->file = capture::pcapng_file::create(path, capture::secrets::masked, "mock-smsc");
    file->path = path;
    if (!file->file) {
        throw std::runtime_error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
    }
    return [file, port_of = std::move(port_of)](smpp::server_session& session) -> smpp::trace_hook {
        const auto client = endpoint_of(session.peer());
        const auto server = server_beside(client, port_of(!session.security().empty()));
        auto to = std::make_shared<traced>(file, client, server);
        return [to](smpp::direction way, smpp::octet_span frame) {
            to->write(way == smpp::direction::in ? capture::direction::to_server
                                                 : capture::direction::to_client,
                      frame);
        };
    };
}

}  // namespace mock_smsc
