// Completed submits per second over loopback TCP: the library at either end beside bare epoll
// loops.
//
//     loopback_bench [SECONDS]      of each measurement, 2 by default: threads of this process
//
// Or one end in a process of its own, as bench/load_ratio.py wants it:
//
//     loopback_bench serve floor|library                             until its standard input ends
//     loopback_bench load floor|library PORT SESSIONS WINDOW SECONDS
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <string_view>

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

/// Prints its port, and serves until standard input ends.
int serve(server_work server) {
    side serving([&](progress& p) {
        server(
            [](std::uint16_t port) {
                fmt::print("{}\n", port);
                std::fflush(stdout);
            },
            p);
    });
    while (std::getchar() != EOF) {
    }
    return 0;
}

/// Loads for so long, and prints what came of it as JSON.
int load_alone(client_work client, std::uint16_t port, load load, double seconds) {
    const auto begin = std::chrono::steady_clock::now();
    side loading([&](progress& p) { client(port, load, p); });
    sleep_seconds(seconds);
    const bool failed = loading.seen().stop;
    const auto count = static_cast<double>(loading.seen().messages);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{{\"messages\":{:.0f},\"rate\":{:.1f},\"cpu_us_per_message\":{:.4f}}}\n", count,
               count / took.count(), static_cast<double>(loading.seen().cpu_ns) / 1e3 / count);
    return failed || count == 0 ? 1 : 0;
}

/// The table of all pairs.
int compare(double seconds) {
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
    return 0;
}

int usage() {
    fmt::print(stderr,
               "usage: loopback_bench [SECONDS]   of each measurement, 2 by default\n"
               "       loopback_bench serve floor|library\n"
               "       loopback_bench load floor|library PORT SESSIONS WINDOW SECONDS\n");
    return 2;
}

/// No number: negative.
double number(const char* text) {
    char* end = nullptr;
    const double out = std::strtod(text, &end);
    return *end == '\0' && end != text ? out : -1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    const std::string_view kind = argc > 2 ? argv[2] : "";
    const bool named = kind == "floor" || kind == "library";
    if (argc == 3 && what == "serve" && named) {
        return serve(kind == "floor" ? floor_server : library_server);
    }
    if (argc == 7 && what == "load" && named) {
        const double given[] = {number(argv[3]), number(argv[4]), number(argv[5]), number(argv[6])};
        for (const double each : given) {
            if (!(each > 0 && each < 65'536)) {
                return usage();
            }
        }
        return load_alone(
            kind == "floor" ? floor_client : library_client, static_cast<std::uint16_t>(given[0]),
            {static_cast<unsigned>(given[1]), static_cast<unsigned>(given[2])}, given[3]);
    }
    const double seconds = argc > 1 ? number(argv[1]) : 2;
    return argc <= 2 && seconds > 0 ? compare(seconds) : usage();
}
