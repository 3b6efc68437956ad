#include "smpp-dump/tree_output.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp-dump/brief.hpp"
#include "smpp-dump/dlr.hpp"
#include "smpp/text/udh.hpp"
#include "smpp/visitors/locate.hpp"

namespace smpp_dump {

namespace {

std::string_view element_name(smpp::udh::element_id id) noexcept {
    using enum smpp::udh::element_id;
    switch (id) {
        case concat8:
        case concat16: return "concatenation";
        case special_message_indication: return "special message indication";
        case ports8:
        case ports16: return "ports";
        case smsc_control: return "SMSC control";
        case source_indicator: return "source indicator";
        case wireless_control_message: return "wireless control message";
        case national_single_shift: return "national single shift";
        case national_locking_shift: return "national locking shift";
    }
    return "element";
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
        if (!each.meaning.empty()) {
            to += "  ";
            append_printable(to, each.meaning);
        }
        out_->end_of_line();
        if (message && each.size > 0 &&
            each.name == (message->from_payload ? "message_payload" : "short_message")) {
            add_message(*message, each.depth + 1);
        }
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
        line(fmt::format("udh {:02x} {} = {}", static_cast<unsigned>(each.id),
                         element_name(each.id), smpp::to_hex(each.data)));
    }
    if (const auto part = smpp::udh::find_concat(message.header)) {
        line(
            fmt::format("part {} of {}, reference {}", part->number, part->total, part->reference));
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
    for (const auto& [name, value] :
         {std::pair<std::string_view, std::string_view>("id", receipt->id),
          {"stat", receipt->stat},
          {"err", receipt->err}}) {
        if (!value.empty()) {
            std::string& to = out_->line();
            fmt::format_to(std::back_inserter(to), "         receipt {} = ", name);
            append_printable(to, value);
            out_->end_of_line();
        }
    }
}

}  // namespace smpp_dump
