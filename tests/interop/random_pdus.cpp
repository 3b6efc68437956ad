// random_pdus SEED COUNT: random PDUs of every command as lines of hex, for decoders to agree on.
#include <cstdio>
#include <cstdlib>

#include "smpp/octets.hpp"
#include "support/arbitrary.hpp"

namespace {

using smpp_test::arbitrary;
using smpp_test::style;

template <class P>
void print(std::uint32_t seed) {
    std::string octets;
    const auto body = arbitrary(seed, style::plausible).make<P>();
    if (smpp::append(octets, smpp::command_status::ok, seed + 1, body)) {
        std::abort();  // arbitrary makes only what can be sent
    }
    std::puts(smpp::to_hex(smpp::as_octets(octets)).c_str());
}

void print_any(std::uint32_t seed) {
    constexpr void (*makers[])(std::uint32_t) = {
#define X(name, number, esme_states, mc_states) print<smpp::basic_##name<smpp::owned>>,
#include "smpp/tables/command_id.def"
#undef X
    };
    makers[seed % std::size(makers)](seed);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: random_pdus SEED COUNT\n", stderr);
        return 2;
    }
    const auto first = static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10));
    const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
    for (std::uint32_t seed = first; seed < first + count; ++seed) {
        print_any(seed);
    }
}
