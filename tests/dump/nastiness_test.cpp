// A known stream of PDUs, cut, reordered, repeated, overlapped and lost at random: every PDU whose
// octets are all in the capture is found, and nothing is invented.
#include <algorithm>
#include <random>

#include "dump/collect.hpp"

namespace smpp_dump_test {
namespace {

struct sent_pdu {
    std::size_t at = 0;
    std::string octets{};
};

struct segment {
    std::size_t at = 0;
    std::size_t size = 0;
};

class nasty_capture {
public:
    explicit nasty_capture(std::uint32_t seed) : engine_(seed), start_(random()) {
        make_pdus();
        make_segments();
        disorder();
        lose();
    }

    [[nodiscard]] collect read() {
        collect out;
        smpp_dump::analyser analyser(out);
        add(analyser, start_, 0x02, {});
        for (const segment& each : segments_) {
            add(analyser, start_ + 1 + static_cast<std::uint32_t>(each.at), 0x18,
                std::string_view(stream_).substr(each.at, each.size));
        }
        analyser.finish();
        return out;
    }

    /// PDUs of which no octet was lost.
    [[nodiscard]] std::vector<std::string> undamaged() const {
        std::vector<bool> there(stream_.size());
        for (const segment& each : segments_) {
            std::fill_n(there.begin() + static_cast<std::ptrdiff_t>(each.at), each.size, true);
        }
        std::vector<std::string> out;
        for (const sent_pdu& pdu : pdus_) {
            const auto first = there.begin() + static_cast<std::ptrdiff_t>(pdu.at);
            if (std::all_of(first, first + static_cast<std::ptrdiff_t>(pdu.octets.size()),
                            [](bool is) { return is; })) {
                out.push_back(pdu.octets);
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<std::string> all() const {
        std::vector<std::string> out;
        for (const sent_pdu& pdu : pdus_) {
            out.push_back(pdu.octets);
        }
        return out;
    }

private:
    std::uint32_t random(std::uint32_t below = 0) {
        const auto value = static_cast<std::uint32_t>(engine_());
        return below == 0 ? value : value % below;
    }

    template <class P>
    void send(const P& pdu) {
        std::string octets;
        const auto number = static_cast<std::uint32_t>(pdus_.size() + 1);
        ASSERT_FALSE(smpp::append(octets, smpp::command_status::ok, number, pdu));
        pdus_.push_back({stream_.size(), octets});
        stream_ += octets;
    }

    void make_pdus() {
        smpp::bind_transceiver bind;
        bind.system_id = "user";
        bind.password = "secret";
        send(bind);
        for (auto left = 10 + random(20); left > 0; --left) {
            if (random(6) == 0) {
                send(smpp::enquire_link{});
                continue;
            }
            smpp::submit_sm submit;
            submit.destination =
                smpp::address("4915112345678", smpp::ton::international, smpp::npi::isdn);
            submit.short_message.resize(random(200));
            std::generate(submit.short_message.begin(), submit.short_message.end(),
                          [&] { return static_cast<char>('a' + random(26)); });
            send(submit);
        }
    }

    void make_segments() {
        const std::uint32_t most = 8 + random(500);
        for (std::size_t at = 0; at < stream_.size();) {
            const std::size_t size = std::min<std::size_t>(1 + random(most), stream_.size() - at);
            segments_.push_back({at, size});
            at += size;
        }
    }

    void disorder() {
        const std::size_t whole = segments_.size();
        for (std::size_t i = 0; i < whole; ++i) {
            if (random(6) == 0) {  // again, beginning earlier and ending elsewhere
                const segment of = segments_[i];
                const std::size_t at = of.at - std::min<std::size_t>(of.at, random(30));
                segments_.push_back({at, std::min(of.size + random(60), stream_.size() - at)});
            }
        }
        for (std::size_t i = 1; i < segments_.size(); ++i) {
            if (random(4) == 0) {
                std::swap(segments_[i], segments_[i - std::min<std::size_t>(i, random(5))]);
            }
        }
    }

    void lose() {
        const std::uint32_t losses = random(4);
        for (std::uint32_t i = 0; i < losses && segments_.size() > 1; ++i) {
            segments_.erase(segments_.begin() +
                            random(static_cast<std::uint32_t>(segments_.size())));
        }
    }

    void add(smpp_dump::analyser& to, std::uint32_t seq, std::uint8_t flags,
             std::string_view payload) {
        std::string octets(40, '\0');
        auto* at = reinterpret_cast<std::uint8_t*>(octets.data());
        at[0] = 0x45;
        smpp::store_be<std::uint16_t>(at + 2, static_cast<std::uint16_t>(40 + payload.size()));
        at[8] = 64;
        at[9] = 6;
        smpp::store_be<std::uint32_t>(at + 12, 0x0A000001);
        smpp::store_be<std::uint32_t>(at + 16, 0x0A000002);
        smpp::store_be<std::uint16_t>(at + 20, 40000);
        smpp::store_be<std::uint16_t>(at + 22, 9999);
        smpp::store_be<std::uint32_t>(at + 24, seq);
        at[32] = 0x50;
        at[33] = flags;
        octets += payload;
        smpp_dump::packet p;
        p.frame = ++frames_;
        p.time = static_cast<std::int64_t>(frames_) * 1'000'000;
        p.link_type = 101;  // raw IP
        p.wire_length = static_cast<std::uint32_t>(octets.size());
        p.octets = smpp::as_octets(octets);
        to.add(p);
    }

    std::mt19937 engine_;
    std::uint32_t start_;
    std::string stream_;
    std::vector<sent_pdu> pdus_;
    std::vector<segment> segments_;
    std::uint64_t frames_ = 0;
};

TEST(nastiness, every_undamaged_pdu_is_found_and_nothing_is_invented) {
    for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
        nasty_capture capture(seed);
        std::vector<std::string> found;
        for (const seen_pdu& pdu : capture.read().pdus) {
            if (pdu.kind == smpp_dump::frame_kind::whole) {
                found.push_back(pdu.octets);
            }
        }
        // Sequence numbers make PDUs unique, so that order and repetition count as well.
        ASSERT_EQ(found, capture.undamaged()) << "seed " << seed;
    }
}

TEST(nastiness, the_generator_loses_something) {
    std::size_t lossless = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        const nasty_capture capture(seed);
        lossless += capture.undamaged() == capture.all();
    }
    EXPECT_GT(lossless, 10U);
    EXPECT_LT(lossless, 90U);
}

}  // namespace
}  // namespace smpp_dump_test
