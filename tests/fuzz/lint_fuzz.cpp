// Any PDUs of any side at any time: lint judges them, and remembers no more than it may. Each PDU
// has two octets before it: its size, and who sends it how long after the one before.
#include <cstdlib>

#include "smpp/lint/pdu_lint.hpp"
#include "smpp/lint/session_lint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    smpp::octet_span left(data, size);
    smpp::lint::session_lint session(2);
    std::chrono::nanoseconds now{0};
    while (left.size() > 2) {
        const std::size_t length = std::min<std::size_t>(left[0], left.size() - 2);
        const auto by = (left[1] & 1U) != 0 ? smpp::lint::end::mc : smpp::lint::end::esme;
        now += std::chrono::milliseconds(1U << (left[1] >> 4U));
        std::vector<std::uint8_t> frame(left.begin() + 2,
                                        left.begin() + 2 + static_cast<std::ptrdiff_t>(length));
        left = left.subspan(2 + length);
        if (length >= 4) {
            smpp::store_be<std::uint32_t>(frame.data(), static_cast<std::uint32_t>(length));
        }
        for (const auto& each : smpp::lint::check(frame)) {
            if (each.offset > length) {
                std::abort();
            }
        }
        if (length >= smpp::header_size) {
            session.on_pdu(by, frame, now);
        } else {
            session.on_other_octets(by, frame, now);
        }
    }
    session.on_close(now, smpp::lint::end::esme);
    if (session.findings().size() > smpp::lint::session_lint::max_findings) {
        std::abort();
    }
    return 0;
}
