// Two known streams of PDUs as a capture that is cut, reordered, repeated, overlapped and loses
// segments, all from a seed.
//
//     nasty_capture capture(seed);
//     capture.read_into(sink);                  // a record_sink
//     for (const nasty_way& way : capture.ways()) { way.undamaged() ... }
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "dump/segments.hpp"
#include "smpp-dump/analyser.hpp"

namespace smpp_dump_test {

struct sent_pdu {
    std::size_t at = 0;
    std::string octets{};
    bool whole = true;         ///< none of its octets was lost
    bool length_known = true;  ///< its header was not, or its command_length behind a known PDU
};

/// What one side says.
struct nasty_way {
    struct segment {
        std::size_t at = 0;
        std::size_t size = 0;
    };

    std::uint32_t start = 0;  ///< sequence number of the SYN
    std::string stream{};
    std::vector<sent_pdu> pdus{};
    std::vector<segment> segments{};  ///< in the order of the capture
    std::vector<bool> arrived{};      ///< octets of which the receiver knows; lost ones, too
    bool fin_sent = false;

    template <class P>
    void send(std::uint32_t number, const P& pdu) {
        std::string octets;
        const auto failed = smpp::append(octets, smpp::command_status::ok, number, pdu);
        pdus.push_back({stream.size(), failed ? std::string() : octets});
        stream += pdus.back().octets;
    }
    /// The first octet that is still to come.
    [[nodiscard]] std::uint32_t acknowledged() const {
        const auto missing = std::find(arrived.begin(), arrived.end(), false);
        return start + 1 + static_cast<std::uint32_t>(missing - arrived.begin());
    }
};

class nasty_capture {
public:
    explicit nasty_capture(std::uint32_t seed) : engine_(seed) {
        make_pdus();
        for (nasty_way& way : ways_) {
            // Half of the streams wrap.
            way.start = random(2) == 0 ? random() : 0U - random(2000);
            make_segments(way);
            disorder(way);
            lose(way);
        }
    }

    void read_into(smpp_dump::record_sink& sink) {
        smpp_dump::analyser analyser(sink);
        add(analyser, 0, ways_[0].start, syn, {});
        add(analyser, 1, ways_[1].start, syn | ack, {});
        std::size_t next[2] = {};
        for (;;) {
            const bool left[2] = {next[0] < ways_[0].segments.size(),
                                  next[1] < ways_[1].segments.size()};
            if (!left[0] && !left[1]) {
                break;
            }
            const std::size_t by = !left[0] || (left[1] && random(2) == 0) ? 1 : 0;
            add_segment(analyser, by, ways_[by].segments[next[by]++]);
        }
        analyser.finish();
    }

    /// Of the client, of the server.
    [[nodiscard]] const nasty_way (&ways() const noexcept)[2] { return ways_; }

private:
    std::uint32_t random(std::uint32_t below = 0) {
        const auto value = static_cast<std::uint32_t>(engine_());
        return below == 0 ? value : value % below;
    }

    /// Letters, any octets, or what looks like PDUs.
    std::string message() {
        std::string out;
        const std::uint32_t kind = random(3);
        if (kind == 2) {
            for (auto left = 1 + random(6); left > 0; --left) {
                std::ignore =
                    smpp::append(out, smpp::command_status::ok, random(1000), smpp::enquire_link{});
            }
            return out;
        }
        out.resize(random(200));
        std::generate(out.begin(), out.end(), [&] {
            return static_cast<char>(kind == 0 ? 'a' + random(26) : random(256));
        });
        return out;
    }

    template <class P>
    P carrier() {
        P made;
        made.destination =
            smpp::address("4915112345678", smpp::ton::international, smpp::npi::isdn);
        made.data_coding = smpp::data_coding(4);
        made.short_message = message();
        return made;
    }

    void make_pdus() {
        smpp::bind_transceiver bind;
        bind.system_id = "user";
        bind.password = "secret";
        ways_[0].send(1, bind);
        ways_[1].send(1, smpp::bind_transceiver_resp{});
        const std::uint32_t last = 10 + random(20);
        for (std::uint32_t number = 2; number < last; ++number) {
            switch (random(8)) {
                case 0: ways_[0].send(number, smpp::enquire_link{}); break;
                case 1: ways_[1].send(number, smpp::enquire_link{}); break;
                case 2: ways_[1].send(number, carrier<smpp::deliver_sm>()); break;
                default: {
                    ways_[0].send(number, carrier<smpp::submit_sm>());
                    smpp::submit_sm_resp answer;
                    answer.message_id = std::to_string(random());
                    ways_[1].send(number, answer);
                }
            }
        }
    }

    void make_segments(nasty_way& way) {
        const std::uint32_t most = 8 + random(500);
        for (std::size_t at = 0; at < way.stream.size();) {
            const std::size_t size =
                std::min<std::size_t>(1 + random(most), way.stream.size() - at);
            way.segments.push_back({at, size});
            at += size;
        }
    }

    void disorder(nasty_way& way) {
        auto& segments = way.segments;
        const std::size_t whole = segments.size();
        for (std::size_t i = 0; i < whole; ++i) {
            if (random(6) == 0) {  // again, beginning earlier and ending elsewhere
                const auto of = segments[i];
                const std::size_t at = of.at - std::min<std::size_t>(of.at, random(30));
                segments.push_back({at, std::min(of.size + random(60), way.stream.size() - at)});
            }
        }
        const std::uint32_t far = random(3) == 0 ? 60 : 5;
        for (std::size_t i = 1; i < segments.size(); ++i) {
            if (random(4) == 0) {
                std::swap(segments[i], segments[i - std::min<std::size_t>(i, random(far))]);
            }
        }
    }

    void lose(nasty_way& way) {
        const std::uint32_t losses = random(4);
        for (std::uint32_t i = 0; i < losses && way.segments.size() > 1; ++i) {
            way.segments.erase(way.segments.begin() +
                               random(static_cast<std::uint32_t>(way.segments.size())));
        }
        std::vector<bool> there(way.stream.size());
        for (const auto& each : way.segments) {
            std::fill_n(there.begin() + static_cast<std::ptrdiff_t>(each.at), each.size, true);
        }
        way.arrived = there;
        way.arrived.flip();  // the capture has missed them, not the receiver
        bool before_known = true;
        for (sent_pdu& pdu : way.pdus) {
            const auto all = [&](std::size_t n) {
                const auto first = there.begin() + static_cast<std::ptrdiff_t>(pdu.at);
                return std::all_of(first, first + static_cast<std::ptrdiff_t>(n),
                                   [](bool is) { return is; });
            };
            pdu.whole = all(pdu.octets.size());
            pdu.length_known = all(smpp::header_size) || (before_known && all(4));
            before_known = pdu.length_known;
        }
    }

    void add_segment(smpp_dump::analyser& to, std::size_t by, const nasty_way::segment& each) {
        nasty_way& way = ways_[by];
        std::fill_n(way.arrived.begin() + static_cast<std::ptrdiff_t>(each.at), each.size, true);
        const bool last = each.at + each.size == way.stream.size();
        add(to, by, way.start + 1 + static_cast<std::uint32_t>(each.at), last ? ack | fin : ack,
            std::string_view(way.stream).substr(each.at, each.size));
        if (random(4) == 0) {
            add(to, 1 - by, ways_[1 - by].acknowledged(), ack, {});
        }
    }

    void add(smpp_dump::analyser& to, std::size_t by, std::uint32_t seq, int flags,
             std::string_view payload) {
        const std::uint32_t known = (flags & ack) != 0 ? ways_[1 - by].acknowledged() : 0;
        const std::string octets = tcp_packet(by == 1, seq, known, flags, payload);
        to.add(raw_ip(++frames_, octets));
    }

    std::mt19937 engine_;
    nasty_way ways_[2];
    std::uint64_t frames_ = 0;
};

}  // namespace smpp_dump_test
