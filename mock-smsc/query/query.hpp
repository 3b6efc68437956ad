// The library's query language, about recorded messages: message_reader is what it asks.
#pragma once

#include "smpp/query/message_query.hpp"

namespace mock_smsc {

using query = smpp::message_query;

}  // namespace mock_smsc
