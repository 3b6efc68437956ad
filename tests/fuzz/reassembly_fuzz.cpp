// Any cutting, order, repetition, overlap and loss of a known stream of PDUs: those of which every
// octet was in a segment are found, each once and in their order, and no others but in PDUs whose
// length was lost. Four octets are a segment: where it begins, how long it is, its flags.
#include <algorithm>
#include <cstdlib>

#include "smpp-dump/analyser.hpp"

namespace {

constexpr std::uint32_t first_number = 0xFFFFFF00U;  // so that it wraps

struct sent {
    std::size_t at = 0;
    std::string octets{};
};

struct known_stream {
    known_stream() {
        send(smpp::bind_transceiver{});
        for (const std::size_t size : {0U, 1U, 40U, 3U, 160U, 254U, 17U, 100U, 2U, 200U}) {
            send(smpp::enquire_link{});
            smpp::submit_sm submit;
            for (std::size_t i = 0; i < size; ++i) {
                submit.short_message += static_cast<char>('a' + i % 26);
            }
            send(submit);
            smpp::submit_sm holder;  // of what looks like PDUs
            for (std::size_t i = 0; i < size / 32; ++i) {
                std::ignore = smpp::append(holder.short_message, smpp::command_status::ok, 7,
                                           smpp::enquire_link{});
            }
            send(holder);
        }
    }
    template <class P>
    void send(const P& pdu) {
        std::string octets;
        std::ignore = smpp::append(octets, smpp::command_status::ok,
                                   static_cast<std::uint32_t>(pdus.size() + 1), pdu);
        pdus.push_back({stream.size(), octets});
        stream += octets;
    }
    std::string stream{};
    std::vector<sent> pdus{};
};

struct found_pdus final : smpp_dump::record_sink {
    void on_record(const smpp_dump::record& r) override {
        if (r.frame.kind == smpp_dump::frame_kind::whole) {
            all.push_back({r.frame.offset, std::string(smpp::as_text(r.frame.octets))});
        }
    }
    std::vector<sent> all{};
};

void add(smpp_dump::analyser& to, std::uint64_t frame, std::uint32_t seq, std::uint8_t flags,
         std::string_view payload) {
    std::string octets(40, '\0');
    auto* at = reinterpret_cast<std::uint8_t*>(octets.data());
    at[0] = 0x45;
    smpp::store_be<std::uint16_t>(at + 2, static_cast<std::uint16_t>(40 + payload.size()));
    at[9] = 6;
    smpp::store_be<std::uint32_t>(at + 12, 0x0A000001);
    smpp::store_be<std::uint32_t>(at + 16, 0x0A000002);
    smpp::store_be<std::uint16_t>(at + 20, 40000);
    smpp::store_be<std::uint16_t>(at + 22, 2775);
    smpp::store_be<std::uint32_t>(at + 24, seq);
    at[32] = 0x50;
    at[33] = flags;
    octets += payload;
    smpp_dump::packet p;
    p.frame = frame;
    p.time = static_cast<std::int64_t>(frame);
    p.link_type = 101;  // raw IP
    p.wire_length = static_cast<std::uint32_t>(octets.size());
    p.octets = smpp::as_octets(octets);
    to.add(p);
}

void check(const known_stream& known, const std::vector<bool>& there, std::vector<sent> found) {
    const auto all = [&](std::size_t at, std::size_t size) {
        const auto first = there.begin() + static_cast<std::ptrdiff_t>(at);
        return std::all_of(first, first + static_cast<std::ptrdiff_t>(size),
                           [](bool is) { return is; });
    };
    std::vector<sent> want;
    bool told = true;  // the length of the PDU before
    for (const sent& pdu : known.pdus) {
        told = all(pdu.at, smpp::header_size) || (told && all(pdu.at, 4));
        if (all(pdu.at, pdu.octets.size())) {
            want.push_back(pdu);
        } else if (!told) {
            found.erase(std::remove_if(found.begin(), found.end(),
                                       [&](const sent& each) {
                                           return each.at > pdu.at &&
                                                  each.at + each.octets.size() <=
                                                      pdu.at + pdu.octets.size();
                                       }),
                        found.end());
        }
    }
    if (!std::equal(
            found.begin(), found.end(), want.begin(), want.end(),
            [](const sent& a, const sent& b) { return a.at == b.at && a.octets == b.octets; })) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const known_stream known;
    std::vector<bool> there(known.stream.size());
    found_pdus found;
    smpp_dump::analyser_options options;
    options.ports = {2775};
    smpp_dump::analyser analyser(found, options);
    add(analyser, 1, first_number, 0x02, {});
    // The first PDU is there: one octet alone behind a gap may look like the beginning of TLS.
    const std::size_t greeting = known.pdus.front().octets.size();
    std::fill_n(there.begin(), greeting, true);
    add(analyser, 2, first_number + 1, 0x10, std::string_view(known.stream).substr(0, greeting));
    std::uint64_t frame = 2;
    for (smpp::octet_span rest(data, size); rest.size() >= 4; rest = rest.subspan(4)) {
        const std::size_t at = smpp::load_be<std::uint16_t>(rest.data()) % known.stream.size();
        const std::size_t length = std::min<std::size_t>(1U + rest[2], known.stream.size() - at);
        const bool last = at + length == known.stream.size() && (rest[3] & 1U) != 0;
        std::fill_n(there.begin() + static_cast<std::ptrdiff_t>(at), length, true);
        add(analyser, ++frame, first_number + 1 + static_cast<std::uint32_t>(at),
            last ? 0x11 : 0x10, std::string_view(known.stream).substr(at, length));
    }
    analyser.finish();
    check(known, there, std::move(found.all));
    return 0;
}
