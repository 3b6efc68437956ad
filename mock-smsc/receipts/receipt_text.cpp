#include "mock-smsc/receipts/receipt_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "smpp/text/encoding.hpp"
#include "smpp/text/receipt.hpp"

namespace mock_smsc {
namespace {

std::string receipt_date(microseconds_utc when, smpp::receipt_date_form form) {
    using namespace std::chrono;
    // UTC is our local time.
    return smpp::format_receipt_date(local_seconds(duration_cast<seconds>(microseconds(when))),
                                     form);
}

std::string receipt_id(message_reader& message, receipt_action::id_form form) {
    using id_form = receipt_action::id_form;
    switch (form) {
        case id_form::decimal: break;
        case id_form::hex: return fmt::format("{:x}", message.id());
        case id_form::upper_hex: return fmt::format("{:X}", message.id());
        case id_form::padded: return fmt::format("{:010}", message.id());
        case id_form::padded_hex: return fmt::format("{:08X}", message.id());
    }
    return message.message_id();
}

/// Start of the text, where the receipt's alphabet has its characters.
std::string excerpt(message_reader& message, smpp::alphabet alphabet) {
    const auto encoded = smpp::encode_text(smpp::receipt_excerpt(message.text()), alphabet);
    return encoded ? *encoded : std::string();
}

smpp::address owned_address(const smpp::address_view& from) {
    return smpp::address(std::string(from.digits), from.ton, from.npi);
}

std::string receipt_words(message_reader& message, const receipt_wish& wish,
                          const receipt_action& style) {
    const record& r = message.record();
    const bool good = wish.state == smpp::message_state::delivered;
    const bool under_way = !smpp::is_final(wish.state);
    smpp::receipt text;
    text.id = receipt_id(message, style.id);
    text.sub = "001";
    text.dlvrd = good ? "001" : "000";
    text.submit_date = receipt_date(r.received, style.dates);
    text.done_date = receipt_date(r.done != 0 ? r.done : r.received, style.dates);
    text.stat = smpp::stat_of_state(wish.state);
    text.err = !style.err.empty()  ? style.err
               : good || under_way ? "000"
                                   : fmt::format("{:03}", static_cast<unsigned>(wish.state));
    text.text = excerpt(message, message.default_alphabet());
    auto words = style.format.empty() ? smpp::format_receipt(text)
                                      : smpp::format_receipt(text, style.format);
    constexpr std::size_t most = 254;
    words.resize(std::min(words.size(), most));
    return words;
}

}  // namespace

smpp::deliver_sm make_receipt(message_reader& message, const receipt_wish& wish) {
    static const receipt_action plain;
    const receipt_action& style = wish.style != nullptr ? *wish.style : plain;
    const message_fields& fields = message.fields();
    using type = smpp::esm_class::type;
    smpp::deliver_sm out;
    out.source = owned_address(destination_at(fields, wish.destination));
    out.destination = owned_address(fields.source);
    out.esm_class.set_message_type(wish.intermediate ? type::intermediate_notification
                                                     : type::receipt);
    if (style.in != receipt_action::carrier::tlv) {
        out.short_message = receipt_words(message, wish, style);
    }
    if (wish.with_tlvs && style.in != receipt_action::carrier::text) {
        out.tlvs.set(smpp::tlv::receipted_message_id, receipt_id(message, style.id));
        out.tlvs.set(smpp::tlv::message_state, static_cast<std::uint8_t>(wish.state));
    }
    return out;
}

}  // namespace mock_smsc
