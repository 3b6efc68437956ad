#include <fmt/format.h>

#include "lint/report.hpp"
#include "smpp/text/receipt.hpp"

namespace smpp::lint {

template <class Body>
void check_receipt(report& to, const Body& pdu, const message_part& part) {
    const auto read = parse_receipt(part.text, part.alphabet);
    if (!pdu.esm_class.is_receipt()) {
        // A person may write "id:7"; only a receipt says what became of it as well.
        if (read && !read->id.empty() && read->state()) {
            to.add(rule::receipt_without_bit, "esm_class");
        }
        return;
    }
    const auto id = pdu.tlvs.get(tlv::receipted_message_id);
    const auto state = pdu.tlvs.get(tlv::message_state);
    const bool has_id = id || (read && !read->id.empty());
    const bool has_state = state || (read && !read->stat.empty());
    // An intermediate notification may say as much or as little as it likes.
    const bool final_one = pdu.esm_class.message_type() == esm_class::type::receipt;
    if ((!has_id && !has_state) || (final_one && (!has_id || !has_state))) {
        to.add(rule::receipt_unreadable, part.field(),
               has_id      ? "no stat"
               : has_state ? "no id"
                           : "neither");
    }
    if (!read) {
        return;
    }
    if (!read->stat.empty() && !read->state()) {
        to.add(rule::receipt_unknown_stat, part.field(), read->stat);
    }
    if (id && !read->id.empty() && !same_message_id(*id, read->id)) {
        to.add(rule::receipt_contradiction, "receipted_message_id",
               fmt::format("'{}' and '{}'", *id, read->id));
    }
    if (state && read->state() && *read->state() != message_state(*state)) {
        to.add(rule::receipt_contradiction, "message_state",
               fmt::format("{} and {}", name(message_state(*state)), read->stat));
    }
}

template void check_receipt(report&, const deliver_sm_view&, const message_part&);
template void check_receipt(report&, const data_sm_view&, const message_part&);

}  // namespace smpp::lint
