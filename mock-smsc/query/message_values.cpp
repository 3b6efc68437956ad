// What queries ask of a recorded message.
#include <fmt/format.h>

#include "mock-smsc/message_fields.hpp"
#include "mock-smsc/names.hpp"
#include "smpp/text/encoding.hpp"

namespace mock_smsc {
namespace {

using smpp::query_values;

void give_destinations(message_reader& message, query_values& to) {
    const message_fields& fields = message.fields();
    if (const auto only = message.looks_at()) {
        to.word(destination_at(fields, *only).digits);
        return;
    }
    for (std::size_t i = 0; i < destination_count(fields); ++i) {
        if (to.word(destination_at(fields, i).digits)) {
            return;
        }
    }
}

void give_text(message_reader& message, query_values& to) {
    if (!to.word(message.text()) && message.complete()) {
        to.word(message.whole_text());
    }
}

void give_parts(message_reader& message, query_values& to) {
    const auto& place = message.part();
    const unsigned total = place ? place->total : 1;
    if (!to.number(total, std::to_string(total)) && place) {
        to.word(message.complete() ? "complete" : "incomplete");
    }
}

void give_tlvs(message_reader& message, query_values& to) {
    for (const smpp::tlv_item item : message.fields().tlvs) {
        if (to.number(static_cast<std::uint16_t>(item.tag), smpp::name(item.tag))) {
            return;
        }
    }
}

void give_tags(const message_reader& message, query_values& to) {
    if (const message_note* note = message.note()) {
        for (const auto& tag : note->tags) {
            if (to.word(tag)) {
                return;
            }
        }
    }
}

void give_findings(message_reader& message, query_values& to) {
    for (const auto& each : message.findings()) {
        const auto& rule = smpp::lint::info(each.rule);
        if (to.word(rule.id) || to.word(smpp::lint::name(rule.severity))) {
            return;
        }
    }
}

}  // namespace

void message_reader::give(smpp::query_field field, query_values& to) {
    using smpp::query_field;
    const auto number = [&](auto value, std::string_view name) {
        to.number(static_cast<std::uint64_t>(value), name);
    };
    switch (field) {
        case query_field::text: give_text(*this, to); break;
        case query_field::from: to.word(fields().source.digits); break;
        case query_field::to: give_destinations(*this, to); break;
        case query_field::status:
            number(record().status, smpp::name_or_number(record().status));
            break;
        case query_field::state: number(record().state, state_word(record().state)); break;
        case query_field::account: to.word(system_id()); break;
        case query_field::session:
            number(record().session, fmt::to_string(record().session));
            break;
        case query_field::coding: number(fields().data_coding, smpp::name(alphabet())); break;
        case query_field::command: to.word(smpp::name(pdu().header.id)); break;
        case query_field::tlv: give_tlvs(*this, to); break;
        case query_field::parts: give_parts(*this, to); break;
        case query_field::id: number(id(), message_id_of(id())); break;
        case query_field::tag: give_tags(*this, to); break;
        case query_field::lint: give_findings(*this, to); break;
        case query_field::scope: to.word(scope()); break;
    }
}

}  // namespace mock_smsc
