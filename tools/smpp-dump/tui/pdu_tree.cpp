#include <fmt/format.h>

#include <algorithm>

#include "smpp-dump/tree_output.hpp"
#include "smpp-dump/tui/memory_file.hpp"
#include "smpp-dump/tui/pdu_view.hpp"
#include "smpp/text/udh.hpp"
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

/// Which octets the lines stand for that -T tree puts below those of fields: elements of the user
/// data header, the text, what a receipt says.
class message_octets {
public:
    message_octets(const record& r, const std::vector<smpp::located_field>& fields,
                   smpp::alphabet standard)
        : message_(message_of(r.pdu.body, standard)) {
        for (const smpp::located_field& each : fields) {
            if (message_ &&
                each.name == (message_->from_payload ? "message_payload" : "short_message")) {
                const std::size_t tag = message_->from_payload ? 4 : 0;
                begin_ = each.offset + tag;
                end_ = each.offset + each.size;
            }
        }
        if (message_) {
            for (const smpp::udh::element each : smpp::udh::elements(message_->header)) {
                elements_.push_back(each);
            }
        }
    }

    void place(tree_line& line) {
        const auto begins = [&](std::string_view with) {
            return std::string_view(line.text)
                .substr(line.text.find_first_not_of(' '))
                .starts_with(with);
        };
        const std::size_t header = message_ ? message_->header.size() : 0;
        if (line.text.find_first_not_of(' ') == std::string::npos || end_ < begin_ + header) {
            return;
        }
        if (begins("udh ") && next_ < elements_.size()) {
            const auto& data = elements_[next_++].data;
            line.offset =
                begin_ + static_cast<std::size_t>(data.data() - message_->header.data()) - 2;
            line.size = data.size() + 2;
        } else if (begins("part ") && header > 0) {
            line.offset = begin_;
            line.size = header;
        } else if (begins("text ") || begins("receipt ")) {
            line.offset = begin_ + header;
            line.size = end_ - line.offset;
        }
    }

private:
    std::optional<message_text> message_;
    std::vector<smpp::udh::element> elements_{};
    std::size_t next_ = 0;  // of the elements
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// What -T tree says of a PDU.
std::deque<std::string> lines_of_tree(const record& r, output_options options) {
    options.colour = options.hex = false;
    options.columns = 0;
    memory_file memory;
    {
        octet_writer out(memory.file());
        tree_output(out, options).on_record(r);
    }
    return memory.lines();
}

/// Adds what -T tree says, which is "  OFFSET  field", or as many blanks before what belongs to the
/// field above.
void add_tree(std::vector<tree_line>& lines, const record& r, const output_options& options) {
    constexpr std::size_t margin = 9;
    const auto fields = smpp::locate(r.frame.octets, r.pdu);
    message_octets message(r, fields, options.default_alphabet);
    std::size_t next = 0;
    for (const std::string& each : lines_of_tree(r, options)) {
        if (!each.starts_with("  ")) {
            continue;  // the line of -T text
        }
        const std::size_t digits = each.find_first_not_of(' ');
        if (digits < margin && next < fields.size()) {
            const std::size_t text = std::max(margin, each.find(' ', digits) + 2);
            lines.push_back({each.substr(text), fields[next].offset, fields[next].size, false});
            ++next;
        } else {
            lines.push_back({each.substr(std::min(margin, each.size())), 0, 0, false});
            message.place(lines.back());
        }
    }
}

}  // namespace

std::vector<tree_line> tree_of(const record& r, const output_options& options) {
    std::vector<tree_line> lines;
    add_circumstances(lines, r);
    if (r.frame.kind == frame_kind::garbage) {
        lines.push_back(
            {fmt::format("{} octets of no PDU", r.frame.length), 0, r.frame.octets.size(), true});
    } else if (r.frame.kind == frame_kind::truncated) {
        add_header(lines, r);
    } else {
        add_tree(lines, r, options);
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
