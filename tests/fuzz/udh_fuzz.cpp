// Any octets: header and text are taken apart within their bounds, and a sound header is rebuilt
// from its elements.
#include <cstdlib>
#include <string>

#include "smpp/text/udh.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) noexcept {
    namespace udh = smpp::udh;
    const auto [header, text, well_formed] = udh::separate({data, size});
    require(header.size() + text.size() == size);

    udh::writer copy;
    for (const udh::element each : udh::elements(header)) {
        copy.add(each.id, each.data);
    }
    require(!well_formed || header.size() == 1 || copy.octets() == smpp::as_text(header));

    if (const auto part = udh::find_concat(header)) {
        require(part->number >= 1 && part->number <= part->total);
        const std::string again = udh::writer().add(*part).octets();
        require(udh::find_concat(smpp::as_octets(again)) == part);
    }
    if (const auto ports = udh::find_ports(header)) {
        const std::string again = udh::writer().add(*ports).octets();
        require(udh::find_ports(smpp::as_octets(again)) == ports);
    }
    return 0;
}
