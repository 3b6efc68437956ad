#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <ctime>
#include <stdexcept>
#include <vector>

#include "loopback/side.hpp"
#include "smpp/codec.hpp"

namespace loopback {
namespace {

void require(bool condition, const char* what) {
    if (!condition) {
        throw std::runtime_error(what);
    }
}

sockaddr_in loopback_address(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    out.sin_port = htons(port);
    return out;
}

/// A connection that reads whole PDUs and sends a block for each batch of them.
class bare_connection {
public:
    explicit bare_connection(int fd) : fd_(fd), in_(1U << 18U) {
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~bare_connection() { close(fd_); }
    bare_connection(const bare_connection&) = delete;
    bare_connection& operator=(const bare_connection&) = delete;

    /// Calls `on_pdu` for each whole PDU that has come; false: closed.
    template <class OnPdu>
    bool read_some(OnPdu on_pdu) {
        const ssize_t n = recv(fd_, in_.data() + filled_, in_.size() - filled_, 0);
        if (n <= 0) {
            return false;
        }
        filled_ += static_cast<std::size_t>(n);
        std::size_t at = 0;
        while (filled_ - at >= smpp::header_size) {
            const std::size_t length = smpp::load_be<std::uint32_t>(in_.data() + at);
            if (filled_ - at < length) {
                break;
            }
            on_pdu(in_.data() + at);
            at += length;
        }
        std::memmove(in_.data(), in_.data() + at, filled_ - at);
        filled_ -= at;
        return true;
    }

    /// Queues a PDU under a sequence_number.
    void queue(const std::string& pdu, std::uint32_t sequence_number) {
        const std::size_t at = out_.size();
        out_ += pdu;
        smpp::store_be(reinterpret_cast<std::uint8_t*>(out_.data()) + at + 12, sequence_number);
    }

    void flush() {
        for (std::size_t sent = 0; sent < out_.size();) {
            const ssize_t n = send(fd_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) {
                break;
            }
            sent += static_cast<std::size_t>(n);
        }
        out_.clear();
    }

    [[nodiscard]] int fd() const noexcept { return fd_; }
    std::uint32_t next_number = 2;

private:
    int fd_;
    std::vector<std::uint8_t> in_;
    std::size_t filled_ = 0;
    std::string out_;
};

void watch(int epoll, int fd, void* what) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = what;
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

template <class P>
std::string encoded(const P& pdu) {
    std::string out;
    require(!smpp::append(out, smpp::command_status::ok, 1, pdu), "encode");
    return out;
}

}  // namespace

std::uint64_t thread_cpu_ns() noexcept {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(t.tv_nsec);
}

std::string submit_octets() {
    smpp::submit_sm submit;
    submit.source.digits = "12345";
    submit.destination.digits = "15551234567";
    submit.short_message = "twenty octets of SMS";
    return encoded(submit);
}

std::string response_octets() {
    smpp::submit_sm_resp response;
    response.message_id = "12345678";
    return encoded(response);
}

void floor_client(std::uint16_t port, load load, progress& progress) {
    const int epoll = epoll_create1(0);
    const std::string submit = submit_octets();
    smpp::bind_transceiver bind;
    bind.system_id = "user";
    const std::string bind_octets = encoded(bind);
    std::vector<std::unique_ptr<bare_connection>> all;
    const sockaddr_in to = loopback_address(port);
    for (unsigned i = 0; i < load.sessions; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM, 0);
        require(connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0, "connect");
        all.push_back(std::make_unique<bare_connection>(fd));
        bare_connection& each = *all.back();
        each.queue(bind_octets, 1);
        each.flush();
        bool bound = false;
        while (!bound && each.read_some([&](const std::uint8_t*) { bound = true; })) {
        }
        watch(epoll, fd, &each);
        for (unsigned n = 0; n < load.window; ++n) {
            each.queue(submit, each.next_number++);
        }
        each.flush();
    }
    epoll_event ready[64];
    while (!progress.stop) {
        const int n = epoll_wait(epoll, ready, 64, 50);
        for (int i = 0; i < n; ++i) {
            auto& each = *static_cast<bare_connection*>(ready[i].data.ptr);
            std::uint64_t answered = 0;
            if (!each.read_some([&](const std::uint8_t*) {
                    each.queue(submit, each.next_number++ & 0x7FFFFFFFU);
                    ++answered;
                })) {
                progress.stop = true;
            }
            each.flush();
            progress.messages += answered;
        }
        progress.cpu_ns = thread_cpu_ns();
    }
    close(epoll);
}

void floor_server(const std::function<void(std::uint16_t)>& listening, progress& progress) {
    const int epoll = epoll_create1(0);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at = loopback_address(0);
    socklen_t size = sizeof at;
    require(bind(listener, reinterpret_cast<const sockaddr*>(&at), size) == 0 &&
                listen(listener, 1024) == 0 &&
                getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size) == 0,
            "listen");
    watch(epoll, listener, nullptr);
    listening(ntohs(at.sin_port));
    const std::string response = response_octets();
    smpp::bind_transceiver_resp bound;
    bound.system_id = "floor";
    const std::string bind_response = encoded(bound);
    const std::string unbind_response = encoded(smpp::unbind_resp());
    std::vector<std::unique_ptr<bare_connection>> all;
    epoll_event ready[64];
    while (!progress.stop) {
        const int n = epoll_wait(epoll, ready, 64, 50);
        for (int i = 0; i < n; ++i) {
            if (ready[i].data.ptr == nullptr) {
                all.push_back(
                    std::make_unique<bare_connection>(accept(listener, nullptr, nullptr)));
                watch(epoll, all.back()->fd(), all.back().get());
                continue;
            }
            auto& each = *static_cast<bare_connection*>(ready[i].data.ptr);
            std::uint64_t answered = 0;
            const bool open = each.read_some([&](const std::uint8_t* pdu) {
                const smpp::command_id id{smpp::load_be<std::uint32_t>(pdu + 4)};
                const bool submit = id == smpp::command_id::submit_sm;
                each.queue(submit                           ? response
                           : id == smpp::command_id::unbind ? unbind_response
                                                            : bind_response,
                           smpp::load_be<std::uint32_t>(pdu + 12));
                answered += submit ? 1 : 0;
            });
            each.flush();
            progress.messages += answered;
            if (!open) {
                epoll_ctl(epoll, EPOLL_CTL_DEL, each.fd(), nullptr);
            }
        }
        progress.cpu_ns = thread_cpu_ns();
    }
    close(listener);
    close(epoll);
}

}  // namespace loopback
