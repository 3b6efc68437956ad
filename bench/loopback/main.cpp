// Completed submits per second over loopback TCP: the library at either end beside bare epoll
// loops.
//
//     loopback_bench [SECONDS]      of each measurement, 2 by default
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <future>

#include "loopback/side.hpp"

namespace {

using namespace loopback;

struct rate {
    double per_second = 0;
    double client_us = 0;  // processor time a message
    double server_us = 0;
};

using client_work = void (*)(std::uint16_t, load, progress&);
using server_work = void (*)(const std::function<void(std::uint16_t)>&, progress&);

void sleep_seconds(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

rate measure(client_work client, server_work server, load load, double seconds) {
    std::promise<std::uint16_t> port;
    side serving(
        [&](progress& p) { server([&](std::uint16_t number) { port.set_value(number); }, p); });
    const std::uint16_t number = port.get_future().get();
    side loading([&](progress& p) { client(number, load, p); });
    sleep_seconds(0.3);
    const auto begin = std::chrono::steady_clock::now();
    const std::uint64_t messages = loading.seen().messages;
    const std::uint64_t client_cpu = loading.seen().cpu_ns;
    const std::uint64_t server_cpu = serving.seen().cpu_ns;
    sleep_seconds(seconds);
    const auto count = static_cast<double>(loading.seen().messages - messages);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return {count / took.count(),
            static_cast<double>(loading.seen().cpu_ns - client_cpu) / 1e3 / count,
            static_cast<double>(serving.seen().cpu_ns - server_cpu) / 1e3 / count};
}

std::string machine() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.starts_with("model name")) {
            return line.substr(line.find(':') + 2);
        }
    }
    return "unknown processor";
}

}  // namespace

int main(int argc, char** argv) {
    char* end = nullptr;
    const double seconds = argc > 1 ? std::strtod(argv[1], &end) : 2;
    if (argc > 2 || !(seconds > 0) || (end != nullptr && *end != '\0')) {
        fmt::print(stderr, "usage: loopback_bench [SECONDS]   of each measurement, 2 by default\n");
        return 2;
    }
    fmt::print(
        "{}, {} threads; thousand submits/s, ratio to the floor of the same row, CPU us a "
        "message (client, server)\n\n",
        machine(), std::thread::hardware_concurrency());
    fmt::print("{:>14} {:>22} {:>30} {:>30} {:>30}\n", "sessions x win", "floor - floor",
               "library - library", "floor - library server", "library client - floor");
    for (const load each : {load{1, 1}, load{1, 10}, load{1, 100}, load{1, 1000}, load{10, 100}}) {
        const rate bare = measure(floor_client, floor_server, each, seconds);
        fmt::print("{:>9} x {:<4} {:>8.0f} k ({:.2f}, {:.2f})", each.sessions, each.window,
                   bare.per_second / 1e3, bare.client_us, bare.server_us);
        const auto row = [&](client_work client, server_work server) {
            const rate got = measure(client, server, each, seconds);
            fmt::print(" {:>8.0f} k {:.2f} ({:.2f}, {:.2f})", got.per_second / 1e3,
                       got.per_second / bare.per_second, got.client_us, got.server_us);
            std::fflush(stdout);
        };
        row(library_client, library_server);
        row(floor_client, library_server);
        row(library_client, floor_server);
        fmt::print("\n");
    }
}
