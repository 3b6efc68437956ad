// Counters and gauges as Prometheus reads them, exact at the time of the scrape.
#pragma once

#include <string>

#include "mock-smsc/http/message_json.hpp"

namespace mock_smsc {

class receipt_sender;

[[nodiscard]] std::string metrics_text(const message_source& source,
                                       const receipt_sender& receipts);

}  // namespace mock_smsc
