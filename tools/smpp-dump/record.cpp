#include "smpp-dump/record.hpp"

namespace smpp_dump {

void remember_account(session& of, const smpp::body_view& body) {
    if (const auto* bind = std::get_if<smpp::bind_transceiver_view>(&body)) {
        of.system_id = bind->system_id;
    } else if (const auto* tx = std::get_if<smpp::bind_transmitter_view>(&body)) {
        of.system_id = tx->system_id;
    } else if (const auto* rx = std::get_if<smpp::bind_receiver_view>(&body)) {
        of.system_id = rx->system_id;
    }
}

}  // namespace smpp_dump
