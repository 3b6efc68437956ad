#include "smpp/framer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "smpp/codec.hpp"

namespace {

std::string three_pdus() {
    std::string stream;
    smpp::submit_sm sm;
    sm.short_message = "hello";
    EXPECT_FALSE(smpp::append(stream, smpp::command_status::ok, 1, smpp::enquire_link()));
    EXPECT_FALSE(smpp::append(stream, smpp::command_status::ok, 2, sm));
    EXPECT_FALSE(smpp::append(stream, smpp::command_status::ok, 3, smpp::unbind()));
    return stream;
}

std::vector<std::string> feed(smpp::framer& framer, std::string_view part) {
    std::uint8_t* to = framer.prepare(part.size());
    std::copy(part.begin(), part.end(), to);
    framer.commit(part.size());
    std::vector<std::string> frames;
    for (auto frame = framer.next(); !frame.empty(); frame = framer.next()) {
        frames.emplace_back(smpp::as_text(frame));
    }
    return frames;
}

TEST(framer, finds_the_same_frames_at_every_split_point) {
    const std::string stream = three_pdus();
    for (std::size_t first = 0; first <= stream.size(); ++first) {
        for (std::size_t second = first; second <= stream.size(); second += 7) {
            smpp::framer framer(1000);
            std::string joined;
            std::size_t count = 0;
            for (const auto part : {std::string_view(stream).substr(0, first),
                                    std::string_view(stream).substr(first, second - first),
                                    std::string_view(stream).substr(second)}) {
                for (const std::string& frame : feed(framer, part)) {
                    joined += frame;
                    ++count;
                }
            }
            EXPECT_EQ(joined, stream);
            EXPECT_EQ(count, 3U);
        }
    }
}

TEST(framer, a_length_below_16_or_above_the_maximum_ends_it) {
    for (const std::uint32_t length : {0U, 4U, 15U, 101U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
        smpp::framer framer(100);
        std::string stream(200, '\0');
        smpp::store_be<std::uint32_t>(reinterpret_cast<std::uint8_t*>(stream.data()), length);
        EXPECT_TRUE(feed(framer, stream).empty());
        EXPECT_EQ(framer.failure(), smpp::codec_errc::invalid_command_length);
        EXPECT_TRUE(feed(framer, three_pdus()).empty());
    }
}

TEST(framer, knows_what_is_partial) {
    smpp::framer framer(100);
    static_cast<void>(feed(framer, three_pdus().substr(0, 20)));
    EXPECT_EQ(framer.partial(), 4U);
}

TEST(framer, tells_other_protocols_by_their_first_octets) {
    const auto says = [](std::string_view start) {
        return smpp::other_protocol(smpp::as_octets(start));
    };
    EXPECT_STREQ(says("GET / HTTP/1.1"), "HTTP");
    EXPECT_STREQ(says("\x16\x03\x01\x02"), "TLS");
    EXPECT_EQ(says(std::string_view("\0\0\0\x10", 4)), nullptr);
    EXPECT_EQ(says(""), nullptr);
}

}  // namespace
