// Any octets as both directions of a TLS connection, behind any key log: nothing crashes. The first
// octet of each piece says its direction, whether it is a gap, and its length.
#include "smpp-dump/tls/tls_reader.hpp"

namespace {

struct text_sink final : smpp_dump::stream_sink {
    void on_octets(smpp::octet_span, const smpp_dump::stamp&) override {}
    void on_gap(std::uint64_t, const smpp_dump::stamp&) override {}
};

/// The client random of all captures here is 32 times 'a', so that secrets are found.
const char* const secrets =
    "CLIENT_RANDOM "
    "6161616161616161616161616161616161616161616161616161616161616161 "
    "6262626262626262626262626262626262626262626262626262626262626262626262626262626262626262626262"
    "62\n"
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET "
    "6161616161616161616161616161616161616161616161616161616161616161 "
    "6262626262626262626262626262626262626262626262626262626262626262\n"
    "SERVER_HANDSHAKE_TRAFFIC_SECRET "
    "6161616161616161616161616161616161616161616161616161616161616161 "
    "6262626262626262626262626262626262626262626262626262626262626262\n"
    "CLIENT_TRAFFIC_SECRET_0 "
    "6161616161616161616161616161616161616161616161616161616161616161 "
    "6262626262626262626262626262626262626262626262626262626262626262\n"
    "SERVER_TRAFFIC_SECRET_0 "
    "6161616161616161616161616161616161616161616161616161616161616161 "
    "6262626262626262626262626262626262626262626262626262626262626262\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    smpp_dump::key_log keys;
    keys.add(secrets);
    text_sink texts[2];
    smpp_dump::tls_reader reader(keys, texts[0], texts[1]);
    smpp::octet_span rest(data, size);
    while (rest.size() > 1) {
        const std::size_t direction = rest[0] & 1U;
        const std::size_t length = std::min<std::size_t>(1U + (rest[0] >> 2), rest.size() - 1);
        if ((rest[0] & 2U) != 0) {
            reader.gap(direction, length, {});
        } else {
            reader.add(direction, rest.subspan(1, length), {});
        }
        rest = rest.subspan(1 + length);
    }
    return 0;
}
