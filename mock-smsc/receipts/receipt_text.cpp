#include "mock-smsc/receipts/receipt_text.hpp"

#include <fmt/format.h>

#include "smpp/text/encoding.hpp"
#include "smpp/text/receipt.hpp"

namespace mock_smsc {
namespace {

std::string receipt_date(microseconds_utc when) {
    using namespace std::chrono;
    return smpp::format_receipt_date(
        local_seconds(duration_cast<seconds>(microseconds(when))));  // UTC is our local time
}

/// Start of the text, where the receipt's alphabet has its characters.
std::string excerpt(message_reader& message) {
    const auto encoded =
        smpp::encode_text(smpp::receipt_excerpt(message.text()), smpp::alphabet::gsm7);
    return encoded ? *encoded : std::string();
}

smpp::address owned_address(const smpp::address_view& from) {
    return smpp::address(std::string(from.digits), from.ton, from.npi);
}

}  // namespace

smpp::deliver_sm make_receipt(message_reader& message, std::size_t destination, bool with_tlvs) {
    const record& r = message.record();
    const message_fields& fields = message.fields();
    const bool delivered = r.state == smpp::message_state::delivered;
    smpp::deliver_sm out;
    out.source = owned_address(fields.destination);
    if (fields.destinations != nullptr && destination < fields.destinations->size()) {
        out.source = owned_address((*fields.destinations)[destination].address);
    }
    out.destination = owned_address(fields.source);
    out.esm_class.set_message_type(smpp::esm_class::type::receipt);

    smpp::receipt text;
    text.id = message.message_id();
    text.sub = "001";
    text.dlvrd = delivered ? "001" : "000";
    text.submit_date = receipt_date(r.received);
    text.done_date = receipt_date(r.done);
    text.stat = smpp::stat_of_state(r.state);
    text.err = delivered ? "000" : fmt::format("{:03}", static_cast<unsigned>(r.state));
    text.text = excerpt(message);
    out.short_message = smpp::format_receipt(text);
    if (with_tlvs) {
        out.tlvs.set(smpp::tlv::receipted_message_id, text.id);
        out.tlvs.set(smpp::tlv::message_state, static_cast<std::uint8_t>(r.state));
    }
    return out;
}

}  // namespace mock_smsc
