#include "smpp-dump/tree_output.hpp"

#include <fmt/format.h>

#include <iterator>

#include "smpp/visitors/locate.hpp"

namespace smpp_dump {

void tree_output::on_record(const record& r) {
    lines_.on_record(r);
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
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
    }
}

}  // namespace smpp_dump
