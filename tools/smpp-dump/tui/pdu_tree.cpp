#include <fmt/format.h>

#include <iterator>

#include "smpp-dump/tui/pdu_view.hpp"
#include "smpp/visitors/locate.hpp"

namespace smpp_dump::tui {
namespace {

void add_circumstances(std::vector<tree_line>& lines, const record& r) {
    if (r.frame.gap > 0) {
        lines.push_back({fmt::format("{} octets are missing before it", r.frame.gap), 0, 0, true});
    }
    std::string problems;
    append_problems(r, problems, "", "; ", "");
    if (!problems.empty()) {
        lines.push_back({problems, 0, 0, true});
    }
    if (r.request) {
        lines.push_back(
            {fmt::format("answers frame {}, {:.3f} ms later", r.request->frame,
                         static_cast<double>(r.frame.last.time - r.request->time) / 1e6),
             0, 0, false});
    }
}

/// Of a PDU that was cut: its header is there.
void add_header(std::vector<tree_line>& lines, const record& r) {
    const smpp::header& head = r.pdu.header;
    lines.push_back({fmt::format("command_length = {}", r.frame.length), 0, 4, false});
    lines.push_back({fmt::format("command_id = {}", command_name(head.id)), 4, 4, false});
    lines.push_back({fmt::format("command_status = {}", name_or_number(head.status)), 8, 4, false});
    lines.push_back({fmt::format("sequence_number = {}", head.sequence_number), 12, 4, false});
}

/// Belongs under the field that holds the message.
tree_line text_line(const smpp::located_field& field, const message_text& message) {
    const std::size_t before =
        field.name == "message_payload" ? 4 + message.header.size() : message.header.size();
    tree_line line;
    line.text = fmt::format("{:{}}text ({}) = {}", "", (field.depth + 1) * 2,
                            name(message.alphabet), message.text);
    line.offset = field.offset + before;
    line.size = field.size - std::min<std::size_t>(before, field.size);
    return line;
}

}  // namespace

std::vector<tree_line> tree_of(const record& r, const output_options& options) {
    std::vector<tree_line> lines;
    add_circumstances(lines, r);
    if (r.frame.kind == frame_kind::garbage) {
        lines.push_back(
            {fmt::format("{} octets of no PDU", r.frame.length), 0, r.frame.octets.size(), true});
        return lines;
    }
    if (r.frame.kind == frame_kind::truncated) {
        add_header(lines, r);
        return lines;
    }
    const auto message = message_of(r.pdu.body, options.default_alphabet);
    for (const smpp::located_field& each : smpp::locate(r.frame.octets, r.pdu)) {
        const bool secret = each.name == "password" && !options.show_secrets;
        tree_line line{
            fmt::format("{:{}}{} = {}", "", each.depth * 2, each.name, secret ? "***" : each.value),
            each.offset, each.size, false};
        if (!each.meaning.empty()) {
            line.text += "  " + each.meaning;
        }
        lines.push_back(std::move(line));
        if (message && !message->text.empty() &&
            each.name == (message->from_payload ? "message_payload" : "short_message")) {
            lines.push_back(text_line(each, *message));
        }
    }
    return lines;
}

std::size_t line_at(const std::vector<tree_line>& lines, std::size_t octet) noexcept {
    std::size_t found = lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const tree_line& each = lines[i];
        if (octet >= each.offset && octet - each.offset < each.size &&
            (found == lines.size() || each.size < lines[found].size)) {
            found = i;
        }
    }
    return found;
}

}  // namespace smpp_dump::tui
