// A store with messages in it, for tests.
#pragma once

#include "mock-smsc/message_fields.hpp"

namespace mock_test {

struct world {
    mock_smsc::session_registry sessions;
    mock_smsc::message_store store{mock_smsc::message_store::limits{}};
    mock_smsc::part_index parts;

    world() {
        mock_smsc::session_info& session = sessions.open();
        session.system_id = "Account";
        session.bind = "transceiver";
    }

    template <class P>
    mock_smsc::message_number add(const P& body,
                                  smpp::command_status status = smpp::command_status::ok) {
        std::string frame;
        std::ignore = smpp::append(frame, smpp::command_status::ok, 1, body);
        const auto id = store.add(1, 1'000'000, status, smpp::as_octets(frame));
        store.publish();
        return id;
    }
    mock_smsc::message_number add_text(std::string text, std::string from = "12345",
                                       std::string to = "15551234567") {
        smpp::submit_sm body;
        body.source.digits = std::move(from);
        body.destination.digits = std::move(to);
        body.short_message = std::move(text);
        return add(body);
    }
    mock_smsc::message_reader read(mock_smsc::message_number id) {
        mock_smsc::message_reader message(store, sessions, id);
        message.look_around(store, sessions, parts);
        return message;
    }
};

}  // namespace mock_test
