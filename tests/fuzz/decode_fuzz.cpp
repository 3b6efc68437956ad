// Any octets: decoding never crashes, and what decodes strictly encodes to the same octets.
#include <cstdlib>

#include "smpp/codec.hpp"
#include "smpp/visitors/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::uint8_t> frame(data, data + size);
    if (size >= 4) {
        smpp::store_be<std::uint32_t>(frame.data(), static_cast<std::uint32_t>(size));
    }
    smpp::pdu_view pdu;
    smpp::deviations noted;
    if (!smpp::decode(frame, smpp::decode_mode::lenient, pdu, &noted)) {
        std::string json = "{\"f\":0";
        smpp::append_json_fields(json, pdu.body);
    }
    smpp::pdu owned;
    if (!smpp::decode(frame, smpp::decode_mode::strict, owned)) {
        std::string again;
        const bool no_body =
            smpp::is_response(owned.header.id) && owned.header.status != smpp::command_status::ok;
        if (smpp::append(again, owned) ||
            (!no_body && smpp::octet_span(smpp::as_octets(again)).size() != size) ||
            (!no_body && std::memcmp(again.data(), frame.data(), size) != 0)) {
            std::abort();
        }
    }
    return 0;
}
