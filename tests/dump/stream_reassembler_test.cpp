#include "smpp-dump/stream_reassembler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace smpp_dump_test {
namespace {

struct text_sink final : smpp_dump::stream_sink {
    void on_octets(smpp::octet_span octets, const smpp_dump::stamp&) override {
        text += smpp::as_text(octets);
    }
    void on_gap(std::uint64_t n, const smpp_dump::stamp&) override {
        text += "<" + std::to_string(n) + ">";
    }
    std::string text;
};

struct stream_reassembler : testing::Test {
    smpp_dump::stream_reassembler stream;
    text_sink sink;

    void add(std::uint32_t seq, std::string_view text, std::size_t cut = 0) {
        stream.add(seq, smpp::as_octets(text), cut, {}, sink);
    }
};

TEST_F(stream_reassembler, order_is_restored) {
    stream.begin(100);
    add(103, "def");
    EXPECT_EQ(sink.text, "");
    add(100, "abc");
    EXPECT_EQ(sink.text, "abcdef");
}

TEST_F(stream_reassembler, what_came_before_comes_once) {
    stream.begin(0);
    add(0, "abc");
    add(0, "abc");
    add(1, "bcde");
    add(4, "e");
    EXPECT_EQ(sink.text, "abcde");
}

TEST_F(stream_reassembler, sequence_numbers_wrap) {
    stream.begin(0xFFFFFFFEU);
    add(1, "def");
    add(0xFFFFFFFEU, "abc");
    EXPECT_EQ(sink.text, "abcdef");
}

TEST_F(stream_reassembler, a_hole_that_was_acknowledged_becomes_a_gap) {
    stream.begin(0);
    add(0, "ab");
    add(5, "fg");
    stream.finish(sink);
    EXPECT_EQ(sink.text, "ab<3>fg");
}

TEST_F(stream_reassembler, octets_cut_by_the_snap_length_are_a_gap) {
    stream.begin(0);
    add(0, "ab", 4);
    add(6, "gh");
    stream.finish(sink);
    EXPECT_EQ(sink.text, "ab<4>gh");
}

TEST_F(stream_reassembler, what_is_held_back_is_bounded) {
    stream.begin(0);
    const std::string block(100'000, 'x');
    for (std::uint32_t i = 0; i < 100; ++i) {
        add(10 + i * 100'000, block);
    }
    EXPECT_NE(sink.text.find("<10>"), std::string::npos) << "the hole was given up";
}

/// Segments cut, repeated, overlapping and shuffled: the stream is as it was sent.
TEST_F(stream_reassembler, any_disorder_without_loss_gives_the_stream) {
    std::mt19937 engine(1);
    const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
    for (int round = 0; round < 2'000; ++round) {
        std::string sent(1 + random() % 300, ' ');
        std::generate(sent.begin(), sent.end(),
                      [&] { return static_cast<char>('a' + random() % 26); });
        struct segment {
            std::uint32_t at;
            std::uint32_t size;
        };
        std::vector<segment> segments;
        const auto total = static_cast<std::uint32_t>(sent.size());
        for (std::uint32_t at = 0; at < total;) {
            const auto size = std::min<std::uint32_t>(1 + random() % 40, total - at);
            segments.push_back({at, size});
            const auto back = std::min<std::uint32_t>(at, random() % 10);
            if (random() % 3 == 0) {
                segments.push_back(
                    {at - back, std::min<std::uint32_t>(total - at + back, 1 + random() % 60)});
            }
            at += size;
        }
        std::shuffle(segments.begin(), segments.end(), engine);
        stream = {};
        sink = {};
        const auto base = random();
        stream.begin(base);
        for (const segment& s : segments) {
            add(base + s.at, std::string_view(sent).substr(s.at, s.size));
        }
        stream.finish(sink);
        ASSERT_EQ(sink.text, sent) << "round " << round;
    }
}

}  // namespace
}  // namespace smpp_dump_test
