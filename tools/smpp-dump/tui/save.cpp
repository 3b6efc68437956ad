#include "smpp-dump/tui/save.hpp"

#include <fmt/format.h>

#include "smpp-dump/capture_output.hpp"
#include "smpp-dump/octet_source.hpp"

namespace smpp_dump::tui {

std::size_t save_pdus(const std::string& path, const store& kept,
                      const std::vector<std::uint64_t>& ids) {
    capture_output file(path, kept.options().show_secrets, nullptr);
    std::size_t written = 0;
    for (const std::uint64_t id : ids) {
        const kept_pdu* const pdu = kept.find_pdu(id);
        if (pdu != nullptr && pdu->frame.kind == frame_kind::whole) {
            file.on_record(kept.again(*pdu));
            ++written;
        }
    }
    if (!file.finish()) {
        throw input_error(fmt::format("cannot write {}", path));
    }
    return written;
}

}  // namespace smpp_dump::tui
