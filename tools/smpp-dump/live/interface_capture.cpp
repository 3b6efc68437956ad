#include "smpp-dump/live/interface_capture.hpp"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <atomic>
#include <csignal>

#include "smpp-dump/live/say.hpp"
#include "smpp-dump/options.hpp"

namespace smpp_dump {
namespace {

constexpr int snap_length = 262144;
constexpr int buffer_octets = 16 << 20;  // a burst waits here while the output is slow
constexpr int wait_ms = 200;

// A signal handler reaches nothing else.
std::atomic<pcap_t*> running{nullptr};
std::atomic<bool> interrupted{false};

void interrupt(int) {
    interrupted = true;
    if (pcap_t* handle = running) {
        pcap_breakloop(handle);
    }
}

/// SIGINT and SIGTERM end the capture, not the program, while this lives.
class interrupts {
public:
    explicit interrupts(pcap_t* handle) {
        interrupted = false;
        running = handle;
        struct sigaction action {};
        action.sa_handler = interrupt;
        sigaction(SIGINT, &action, &old_int_);
        sigaction(SIGTERM, &action, &old_term_);
    }
    ~interrupts() {
        sigaction(SIGINT, &old_int_, nullptr);
        sigaction(SIGTERM, &old_term_, nullptr);
        running = nullptr;
    }
    interrupts(const interrupts&) = delete;
    interrupts& operator=(const interrupts&) = delete;

private:
    struct sigaction old_int_ {};
    struct sigaction old_term_ {};
};

std::string interface_names() {
    pcap_if_t* all = nullptr;
    char problem[PCAP_ERRBUF_SIZE];
    std::string names;
    if (pcap_findalldevs(&all, problem) == 0) {
        for (const pcap_if_t* each = all; each != nullptr; each = each->next) {
            names += (names.empty() ? "" : ", ") + std::string(each->name);
        }
        pcap_freealldevs(all);
    }
    return names;
}

std::string activation_failure(pcap_t* handle, int status, const std::string& name) {
    switch (status) {
        case PCAP_ERROR_PERM_DENIED:
        case PCAP_ERROR_PROMISC_PERM_DENIED:
            return fmt::format(
                "-i {}: no permission to capture: that takes CAP_NET_RAW, so root, or once "
                "'setcap cap_net_raw+ep' on this program; --proxy needs neither",
                name);
        case PCAP_ERROR_NO_SUCH_DEVICE:
            return fmt::format("-i {}: there is no such interface; there are: {}", name,
                               interface_names());
        case PCAP_ERROR_IFACE_NOT_UP: return fmt::format("-i {}: the interface is down", name);
        default: break;
    }
    const std::string detail = pcap_geterr(handle);
    return fmt::format("-i {}: {}", name, detail.empty() ? pcap_statustostr(status) : detail);
}

/// What libpcap calls loopback and raw differs from what files call it.
std::uint32_t link_type_of(pcap_t* handle) {
    const int type = pcap_datalink(handle);
    return type == DLT_RAW ? 101 : static_cast<std::uint32_t>(type);
}

}  // namespace

interface_capture::interface_capture(const interface_options& options) : name_(options.interface) {
    char problem[PCAP_ERRBUF_SIZE] = {};
    handle_ = pcap_create(name_.c_str(), problem);
    if (handle_ == nullptr) {
        throw input_error(fmt::format("-i {}: {}", name_, problem));
    }
    pcap_set_snaplen(handle_, snap_length);
    pcap_set_promisc(handle_, 0);
    pcap_set_timeout(handle_, wait_ms);
    pcap_set_buffer_size(handle_, buffer_octets);
    pcap_set_immediate_mode(handle_, 1);  // a PDU is shown when it passes, not when a block is full
    const int status = pcap_activate(handle_);
    if (status < 0) {
        const std::string why = activation_failure(handle_, status, name_);
        pcap_close(handle_);
        throw input_error(why);
    }
    link_type_ = link_type_of(handle_);
    try {
        set_filter(options.bpf);
    } catch (...) {
        pcap_close(handle_);
        throw;
    }
    before_ = lost_so_far().value_or(lost());
    say(fmt::format("capturing on {}{}{}", name_, options.bpf.empty() ? "" : ": ", options.bpf));
}

interface_capture::~interface_capture() { pcap_close(handle_); }

/// Without one of the user's: what cannot be TCP stays in the kernel. Not every link type has words
/// for that; then all comes.
void interface_capture::set_filter(const std::string& users) {
    const std::string text =
        users.empty() ? "tcp or ip6 or (ip[6:2] & 0x3fff != 0) or vlan" : users;
    bpf_program program{};
    const bool good = pcap_compile(handle_, &program, text.c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0 &&
                      pcap_setfilter(handle_, &program) == 0;
    const std::string why = good ? "" : pcap_geterr(handle_);
    pcap_freecode(&program);
    if (!good && !users.empty()) {
        throw usage_error(fmt::format("-f '{}': {}", text, why));
    }
}

bool interface_capture::run(const std::function<void(const packet&)>& on_packet,
                            const std::function<bool()>& settle) {
    const interrupts caught(handle_);
    while (!interrupted) {
        pcap_pkthdr* head = nullptr;
        const unsigned char* octets = nullptr;
        int status = pcap_next_ex(handle_, &head, &octets);
        if (status == 1) {
            packet p;
            p.frame = ++frames_;
            p.time = (std::int64_t{head->ts.tv_sec} * 1'000'000 + head->ts.tv_usec) * 1000;
            p.link_type = link_type_;
            p.wire_length = head->len;
            p.octets = {octets, head->caplen};
            on_packet(p);
        } else if (status == PCAP_ERROR) {
            failure_ = fmt::format("-i {}: {}", name_, pcap_geterr(handle_));
            return false;
        }
        if (status == 0 || frames_ % 1024 == 0) {
            tell_new_losses();
        }
        if (!settle()) {
            break;
        }
    }
    return true;
}

std::optional<interface_capture::lost> interface_capture::lost_so_far() const {
    pcap_stat figures{};
    if (pcap_stats(handle_, &figures) != 0) {
        return std::nullopt;
    }
    return lost{figures.ps_drop - before_.in_system, figures.ps_ifdrop - before_.in_interface};
}

void interface_capture::tell_new_losses() {
    const auto now = lost_so_far();
    if (now && now->in_system > lost_told_) {
        say(
            fmt::format("{} packets were lost: the system's buffer was full; -f shows less to "
                        "this program",
                        now->in_system - lost_told_));
        lost_told_ = now->in_system;
    }
}

std::string interface_capture::losses() const {
    const auto all = lost_so_far();
    if (!all) {
        return fmt::format("{} packets; what was lost is unknown: {}", frames_,
                           pcap_geterr(handle_));
    }
    if (all->in_system + all->in_interface == 0) {
        return fmt::format("{} packets on {}, none lost", frames_, name_);
    }
    return fmt::format(
        "{} packets on {}, {} lost because the system's buffer was full, {} by the "
        "interface",
        frames_, name_, all->in_system, all->in_interface);
}

}  // namespace smpp_dump
