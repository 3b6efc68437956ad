#include "mock-smsc/http/metrics.hpp"

#include <fmt/format.h>

#include "mock-smsc/recorder.hpp"

namespace mock_smsc {
namespace {

void put(std::string& out, std::string_view name, std::string_view type, std::string_view help,
         std::uint64_t value) {
    out += fmt::format("# HELP mock_smsc_{0} {1}\n# TYPE mock_smsc_{0} {2}\nmock_smsc_{0} {3}\n",
                       name, help, type, value);
}

}  // namespace

std::string metrics_text(const message_source& source, const receipt_sender& receipts) {
    std::string out =
        "# HELP mock_smsc_submits_total Submits by the status of their answer.\n"
        "# TYPE mock_smsc_submits_total counter\n";
    for (const auto& [status, count] : source.records.by_status()) {
        out += fmt::format("mock_smsc_submits_total{{status=\"{}\"}} {}\n",
                           smpp::name_or_number(status), count);
    }
    put(out, "messages", "gauge", "Records kept.", source.store.size());
    put(out, "message_octets", "gauge", "Memory of the records kept.", source.store.octets_kept());
    put(out, "sessions", "gauge", "Connections of clients.", source.sessions.live());
    put(out, "sessions_total", "counter", "Connections so far.", source.sessions.opened());
    put(out, "receipts_acknowledged_total", "counter", "Receipts that clients have acknowledged.",
        receipts.acknowledged());
    put(out, "receipts_given_up_total", "counter", "Receipts that clients have refused.",
        receipts.given_up());
    put(out, "deliveries_waiting", "gauge",
        "Receipts and messages that wait for a receiver or for its answer.", receipts.waiting());
    return out;
}

}  // namespace mock_smsc
