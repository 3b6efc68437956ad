#include "smpp-dump/connection.hpp"

#include "dump/collect.hpp"
#include "dump/segments.hpp"

namespace smpp_dump_test {
namespace {

/// A client's packets, as they are in a capture.
class talk {
public:
    talk() { add(false, 99, syn, {}), add(true, 999, syn | ack, {}); }

    void add(bool from_server, std::uint32_t seq, int flags, std::string_view payload) {
        const std::string octets =
            tcp_packet(from_server, seq, from_server ? 100 : 1000, flags, payload);
        analyser_.add(raw_ip(++frames_, octets));
    }
    const collect& end() {
        analyser_.finish();
        return found_;
    }

private:
    std::uint64_t frames_ = 0;
    collect found_{};
    smpp_dump::analyser analyser_{found_};
};

std::string enquiry(std::uint32_t number) {
    std::string octets;
    std::ignore = smpp::append(octets, smpp::command_status::ok, number, smpp::enquire_link{});
    return octets;
}

TEST(connection, an_octet_behind_a_gap_is_no_tls) {
    for (const char first : {'\x14', '\x15', '\x16', '\x17'}) {
        talk capture;
        // The PDU before it is not in the capture, but for its last octet.
        capture.add(false, 100 + 63, ack, std::string(1, first));
        capture.add(false, 100 + 64, ack, enquiry(1) + enquiry(2));
        const auto& found = capture.end();
        const auto whole = std::count_if(found.pdus.begin(), found.pdus.end(), [](const auto& pdu) {
            return pdu.kind == smpp_dump::frame_kind::whole;
        });
        EXPECT_EQ(2, whole) << static_cast<int>(first);
    }
}

}  // namespace
}  // namespace smpp_dump_test
