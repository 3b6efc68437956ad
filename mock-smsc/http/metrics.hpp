// Counters and gauges as Prometheus reads them, exact at the time of the scrape.
#pragma once

#include <string>

#include "mock-smsc/http/message_json.hpp"

namespace smpp {
class server;
}

namespace mock_smsc {

class counters;
class receipt_sender;
class rule_set;

struct metrics_source {
    const message_source& messages;
    const receipt_sender& receipts;
    const counters& counts;
    const rule_set& rules;
    smpp::server& server;
};

[[nodiscard]] std::string metrics_text(const metrics_source& from);

}  // namespace mock_smsc
