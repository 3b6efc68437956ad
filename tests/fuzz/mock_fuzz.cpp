// The whole of mock-smsc: octets into a session of it, over a real socket, and bodies into its API.
// Nothing crashes, and a witness is answered afterwards.
#include <cstdlib>

#include "smpp/codec.hpp"
#include "smpp/mock/server.hpp"
#include "support/loopback_client.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

smpp::mock::server& smsc() {
    static smpp::mock::server one(
        {"--max-messages", "50", "--max-bytes", "1M", "--session-init-timer", "2s", "--magic",
         "--rule", R"({"match":{"to":"^1"},"actions":[{"receipt":{"states":["ENROUTE","EXPIRED"],
                      "duplicate":2,"order":"reverse"}},{"reply":"{text}"},{"tag":"one"}]})",
         "--rule", R"({"match":{"to":"^2"},"actions":[{"split":{"size":3,"delay":"0ms"}},
                      {"duplicate_response":true}]})",
         "--rule", R"({"match":{"to":"^3"},"actions":[{"corrupt":"tlv","close":"half"}]})"});
    return one;
}

std::string bind_octets() {
    std::string out;
    smpp::bind_transceiver bind;
    bind.system_id = "fuzz";
    bind.interface_version = smpp::interface_version::v3_4;
    std::ignore = smpp::append(out, smpp::command_status::ok, 1, bind);
    return out;
}

/// The octets that come back, until the other side closes.
std::size_t talk(const std::string& octets) {
    const support::loopback_client client(smsc().port());
    client.send(octets);
    return client.rest().size();
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        constexpr char digits[] = "0123456789abcdef";
        const auto octet = static_cast<unsigned char>(c);
        out += {'%', digits[octet >> 4U], digits[octet & 15U]};
    }
    return out;
}

void ask(unsigned which, const std::string& text) {
    switch (which) {
        case 0: smsc().call("GET", "/api/v1/messages?full=1&query=" + escaped(text)); break;
        case 1: smsc().call("POST", "/api/v1/mo", text); break;
        case 2: smsc().call("PUT", "/api/v1/carrier", text); break;
        case 3: smsc().call("PUT", "/api/v1/messages/tags", text); break;
        default:
            smsc().call("POST", "/api/v1/rules", text);
            talk(bind_octets() + std::string(1, '\0'));
            break;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string bind = bind_octets();
    if (size == 0) {
        return 0;
    }
    const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 8) {
        case 0: talk(rest); break;
        case 1:
        case 2: talk(bind + rest); break;
        default: ask(data[0] % 8U - 3U, rest); break;
    }
    smsc().reset();  // or what waits for this account would grow, and with it every talk
    require(talk(bind) > smpp::header_size);  // still takes binds
    return 0;
}
