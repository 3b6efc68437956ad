// Any octets in any pieces: the framer gives the same PDUs however the stream is cut, and stops at
// the first length that cannot be.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "smpp/codec.hpp"
#include "smpp/framer.hpp"

namespace {

constexpr std::size_t max_pdu_size = 1024;

/// The frames that come out when the stream arrives in pieces of `piece` octets.
std::vector<std::vector<std::uint8_t>> frames(const std::uint8_t* data, std::size_t size,
                                              std::size_t piece, bool& failed) {
    std::vector<std::vector<std::uint8_t>> out;
    smpp::framer framer(max_pdu_size);
    failed = false;
    for (std::size_t at = 0; at < size && !failed; at += piece) {
        const std::size_t n = std::min(piece, size - at);
        std::memcpy(framer.prepare(n), data + at, n);
        framer.commit(n);
        for (auto frame = framer.next(); !frame.empty(); frame = framer.next()) {
            if (frame.size() < smpp::header_size || frame.size() > max_pdu_size ||
                smpp::load_be<std::uint32_t>(frame.data()) != frame.size()) {
                std::abort();
            }
            out.emplace_back(frame.begin(), frame.end());
        }
        failed = framer.failure() != smpp::codec_errc::none;
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bool whole_failed = false;
    bool pieces_failed = false;
    const auto whole = frames(data, size, std::max<std::size_t>(size, 1), whole_failed);
    if (whole != frames(data, size, 1, pieces_failed) || whole_failed != pieces_failed ||
        whole != frames(data, size, 7, pieces_failed)) {
        std::abort();
    }
    return 0;
}
