#include "mock-smsc/http/http_types.hpp"

#include <algorithm>

#include "smpp/octets.hpp"

namespace mock_smsc {
namespace {

std::string decode_percent(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = text[i] == '%' ? smpp::from_hex(text.substr(i + 1, 2)) : std::nullopt;
        if (octet && octet->size() == 1) {
            out += *octet;
            i += 2;
        } else {
            out += text[i] == '+' && plus_is_space ? ' ' : text[i];
        }
    }
    return out;
}

}  // namespace

void parse_target(std::string_view target, http_request& out) {
    const auto mark = std::min(target.find('?'), target.size());
    out.path = decode_percent(target.substr(0, mark), false);
    auto rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        if (!pair.empty()) {
            out.params.emplace_back(
                decode_percent(pair.substr(0, equals), true),
                decode_percent(pair.substr(std::min(equals + 1, pair.size())), true));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

}  // namespace mock_smsc
