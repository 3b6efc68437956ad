// Messages and sessions as the API shows them.
#pragma once

#include "mock-smsc/http/json_out.hpp"
#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/store/part_index.hpp"

namespace mock_smsc {

class recorder;
struct mobile_record;

/// Where messages and what belongs to them are found.
struct message_source {
    const message_store& store;
    const session_registry& sessions;
    const part_index& parts;
    const recorder& records;

    /// A reader that sees the other parts of a long message, too.
    [[nodiscard]] message_reader read(message_number id) const {
        message_reader message(store, sessions, id);
        message.look_around(store, sessions, parts);
        return message;
    }
};

enum class detail : bool { summary, full };

/// One JSON object. Full: with the PDU's fields, its octets and the text of all parts.
void put_message(json_out& out, message_reader& message, const message_source& source, detail);
/// "parts": where it belongs, when it is a part of a long message.
void put_parts(json_out& out, message_reader& message, const message_source& source, detail);
void put_receipt(json_out& out, const sent_receipt& receipt, message_reader& of);
/// Each field of the PDU with its place in the octets.
void put_located_fields(json_out& out, message_reader& message);
/// What became of a message from a mobile.
void put_mobile(json_out& out, const mobile_record& mobile);
void put_session(json_out& out, const session_info& session);

}  // namespace mock_smsc
