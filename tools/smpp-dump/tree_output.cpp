#include "smpp-dump/tree_output.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp-dump/brief.hpp"
#include "smpp-dump/dlr.hpp"
#include "smpp-dump/message_part.hpp"
#include "smpp-dump/message_words.hpp"
#include "smpp/visitors/locate.hpp"

namespace smpp_dump {
namespace {

/// The names of data_coding are those of SMPP's own list.
std::string meaning_of(const smpp::located_field& field, smpp::octet_span frame) {
    return field.name == "data_coding" && field.meaning.empty() && field.offset < frame.size()
               ? coding_words(smpp::data_coding(frame[field.offset]))
               : field.meaning;
}

}  // namespace

void tree_output::on_record(const record& r) {
    lines_.on_record(r);
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    const auto message = message_of(r.pdu.body, options_.default_alphabet);
    for (const smpp::located_field& each : smpp::locate(r.frame.octets, r.pdu)) {
        std::string& to = out_->line();
        const bool secret = each.name == "password" && !options_.show_secrets;
        fmt::format_to(std::back_inserter(to), "  {:5}  {:{}}{} = ", each.offset, "",
                       each.depth * 2, each.name);
        append_printable(to, secret ? "***" : each.value);
        if (const std::string meaning = meaning_of(each, r.frame.octets); !meaning.empty()) {
            to += "  ";
            append_printable(to, meaning);
        }
        out_->end_of_line();
        if (message && each.size > 0 &&
            each.name == (message->from_payload ? "message_payload" : "short_message")) {
            add_message(*message, each.depth + 1);
        }
    }
    if (const auto part = part_of(r);
        part && part->kind == smpp::reassembler::reference_kind::sar) {
        out_->line() += fmt::format("         part {} of {}, reference {}", part->number,
                                    part->total, part->reference);
        out_->end_of_line();
    }
    add_receipt(r);
}

/// What the octets of a message say: the elements of its header, and its text.
void tree_output::add_message(const message_text& message, unsigned depth) {
    const auto line = [&](const std::string& text) {
        out_->line() += fmt::format("         {:{}}{}", "", depth * 2, text);
        out_->end_of_line();
    };
    for (const smpp::udh::element each : smpp::udh::elements(message.header)) {
        const std::string words = udh_words(each);
        line(fmt::format("udh {:02x} {} = {}{}{}", static_cast<unsigned>(each.id),
                         udh_name(each.id), smpp::to_hex(each.data), words.empty() ? "" : "  ",
                         words));
    }
    if (!message.text.empty()) {
        std::string quoted;
        append_quoted(quoted, message.text);
        line(fmt::format("text ({}) = {}", name(message.alphabet), quoted));
    }
}

void tree_output::add_receipt(const record& r) {
    const auto receipt = receipt_of(r, options_.default_alphabet);
    if (!receipt) {
        return;
    }
    const std::pair<std::string_view, std::string_view> fields[] = {
        {"id", receipt->id},
        {"sub", receipt->sub},
        {"dlvrd", receipt->dlvrd},
        {"submit date", receipt->submit_date},
        {"done date", receipt->done_date},
        {"stat", receipt->stat},
        {"err", receipt->err},
    };
    for (const auto& [name, value] : fields) {
        if (!value.empty()) {
            std::string& to = out_->line();
            fmt::format_to(std::back_inserter(to), "         receipt {} = ", name);
            append_printable(to, value);
            out_->end_of_line();
        }
    }
}

}  // namespace smpp_dump
