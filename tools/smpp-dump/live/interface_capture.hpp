// -i IFACE: packets of a network interface as they pass, by libpcap.
//
//     smpp_dump::interface_capture wire({.interface = "eth0", .bpf = "tcp port 2775"});
//     wire.run([&](const packet& p) { analyser.add(p); }, [&] { out.flush(); return out.good(); });
//     complain(wire.losses());
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "smpp-dump/capture_reader.hpp"

struct pcap;

namespace smpp_dump {

struct interface_options {
    std::string interface {};  ///< "any": all of them
    std::string bpf{};         ///< what the system lets through, in tcpdump's language; empty: TCP
};

class interface_capture {
public:
    /// Throws input_error: no permission, no such interface; usage_error: a filter that cannot be
    /// understood.
    explicit interface_capture(const interface_options& options);
    ~interface_capture();
    interface_capture(const interface_capture&) = delete;
    interface_capture& operator=(const interface_capture&) = delete;

    /// Until SIGINT or SIGTERM, or until `settle` says false: it is called when no more packets
    /// are there for the moment. False: the interface failed; failure() says why.
    [[nodiscard]] bool run(const std::function<void(const packet&)>& on_packet,
                           const std::function<bool()>& settle);

    /// "12 packets, none lost"; "... 3 lost: the system's buffer was full"
    [[nodiscard]] std::string losses() const;
    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

private:
    void set_filter(const std::string& users);
    void tell_new_losses();

    struct lost {
        std::uint64_t in_system = 0;  ///< its buffer was full
        std::uint64_t in_interface = 0;
    };
    /// Since the filter is in place; empty: the system does not say.
    [[nodiscard]] std::optional<lost> lost_so_far() const;

    std::string name_;
    pcap* handle_ = nullptr;
    std::uint32_t link_type_ = 0;
    std::uint64_t frames_ = 0;
    lost before_{};  // the filter: of that traffic nobody asked for
    std::uint64_t lost_told_ = 0;
    std::string failure_{};
};

}  // namespace smpp_dump
