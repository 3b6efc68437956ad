// A sink that keeps what it is given, and captures from memory.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "smpp-dump/analyser.hpp"
#include "smpp-dump/capture_reader.hpp"

namespace smpp_dump_test {

struct seen_pdu {
    smpp_dump::frame_kind kind{};
    smpp_dump::sync_state state{};
    std::string octets{};
    std::uint32_t length = 0;
    bool from_client = true;

    friend bool operator==(const seen_pdu&, const seen_pdu&) = default;
};

struct collect final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record& r) override {
        pdus.push_back({r.frame.kind, r.frame.state, std::string(smpp::as_text(r.frame.octets)),
                        r.frame.length, r.from_client});
    }
    void on_session_end(const smpp_dump::session&) override { ++ended; }

    std::vector<seen_pdu> pdus;
    int ended = 0;
};

inline std::string read_capture_file(const std::string& name) {
    std::ifstream file(std::string(SMPP_TEST_DATA) + "/captures/" + name, std::ios::binary);
    std::string octets((std::istreambuf_iterator<char>(file)), {});
    EXPECT_FALSE(octets.empty()) << name;
    return octets;
}

/// Gives a sink what a capture contains; returns what is damaged about it. Never throws for its
/// packets; input_error when it is no capture.
inline std::string read_capture(smpp_dump::record_sink& into, const std::string& octets) {
    smpp_dump::analyser analyser(into);
    const auto reader =
        smpp_dump::open_capture(smpp_dump::memory_source(smpp::as_octets(octets)), "test");
    smpp_dump::packet p;
    while (reader->next(p)) {
        analyser.add(p);
    }
    analyser.finish();
    return reader->damage();
}

inline collect analyse(const std::string& octets, std::string* damage = nullptr) {
    collect out;
    const std::string found = read_capture(out, octets);
    if (damage != nullptr) {
        *damage = found;
    }
    return out;
}

}  // namespace smpp_dump_test
