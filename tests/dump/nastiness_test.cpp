// Known streams of PDUs, cut, reordered, repeated, overlapped and lost at random: every PDU whose
// octets are all in the capture is found, and nothing is invented.
#include "dump/nasty_capture.hpp"

#include <gtest/gtest.h>

namespace smpp_dump_test {
namespace {

struct found_pdu {
    std::size_t at = 0;
    std::string octets{};
    friend bool operator==(const found_pdu&, const found_pdu&) = default;
    friend void PrintTo(const found_pdu& p, std::ostream* to) {
        *to << p.at << "+" << p.octets.size();
    }
};

struct whole_pdus final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record& r) override {
        if (r.frame.kind == smpp_dump::frame_kind::whole) {
            of[r.from_client ? 0 : 1].push_back(
                {r.frame.offset, std::string(smpp::as_text(r.frame.octets))});
        }
    }
    std::vector<found_pdu> of[2];
};

std::vector<found_pdu> undamaged(const nasty_way& way) {
    std::vector<found_pdu> out;
    for (const sent_pdu& pdu : way.pdus) {
        if (pdu.whole) {
            out.push_back({pdu.at, pdu.octets});
        }
    }
    return out;
}

/// Where the length of a PDU was lost, the PDUs in its message cannot be told from others.
void drop_ambiguous(const nasty_way& way, std::vector<found_pdu>& found) {
    const auto inside_unknown = [&](const found_pdu& each) {
        return std::any_of(way.pdus.begin(), way.pdus.end(), [&](const sent_pdu& pdu) {
            return !pdu.length_known && each.at > pdu.at &&
                   each.at + each.octets.size() <= pdu.at + pdu.octets.size();
        });
    };
    found.erase(std::remove_if(found.begin(), found.end(), inside_unknown), found.end());
}

TEST(nastiness, every_undamaged_pdu_is_found_and_nothing_is_invented) {
    for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
        nasty_capture capture(seed);
        whole_pdus found;
        capture.read_into(found);
        for (const std::size_t by : {0U, 1U}) {
            const nasty_way& way = capture.ways()[by];
            drop_ambiguous(way, found.of[by]);
            // Places make PDUs unique, so that order and repetition count as well.
            ASSERT_EQ(found.of[by], undamaged(way)) << "seed " << seed << ", way " << by;
        }
    }
}

TEST(nastiness, the_generator_loses_something) {
    std::size_t lossless = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        const nasty_capture capture(seed);
        const auto whole = [](const nasty_way& way) {
            return std::all_of(way.pdus.begin(), way.pdus.end(),
                               [](const sent_pdu& pdu) { return pdu.whole; });
        };
        lossless += whole(capture.ways()[0]) && whole(capture.ways()[1]) ? 1U : 0U;
    }
    EXPECT_GT(lossless, 5U);
    EXPECT_LT(lossless, 90U);
}

}  // namespace
}  // namespace smpp_dump_test
