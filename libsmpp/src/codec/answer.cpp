#include "smpp/codec.hpp"

namespace smpp {
namespace {

// A field of its own has a status of its own (3.4: 5.1.3); first match wins.
struct field_status {
    std::string_view field;
    command_status status;
};

constexpr field_status statuses[] = {
    {"short_message", command_status::invalid_message_length},
    {"source_addr", command_status::invalid_source_address},
    {"destination_addr", command_status::invalid_destination_address},
    {"service_type", command_status::invalid_service_type},
    {"schedule_delivery_time", command_status::invalid_schedule},
    {"validity_period", command_status::invalid_expiry},
    {"message_id", command_status::invalid_message_id},
    {"system_id", command_status::invalid_system_id},
    {"password", command_status::invalid_password},
    {"system_type", command_status::invalid_system_type},
    {"number_of_dests", command_status::invalid_number_of_dests},
    {"dest_flag", command_status::invalid_dest_flag},
    {"dl_name", command_status::invalid_dl_name},
    {"tlvs", command_status::invalid_tlv_stream},
};

}  // namespace

command_status answer_for(const codec_failure& failure, command_id) noexcept {
    if (failure.code == codec_errc::unknown_command_id) {
        return command_status::invalid_command_id;
    }
    if (failure.code == codec_errc::invalid_command_length ||
        failure.code == codec_errc::trailing_octets) {
        return command_status::invalid_command_length;
    }
    for (const field_status& row : statuses) {
        if (row.field == failure.field) {
            return row.status;
        }
    }
    return command_status::invalid_command_length;  // the body ended before the field did
}

}  // namespace smpp
