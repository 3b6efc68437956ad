// Any octets as bulk input, as a body with placeholders and as lines of a journal: they are read to
// their end or refused, and records survive being written and read.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "notifier/bulk/journal_record.hpp"
#include "notifier/bulk/json_lines_reader.hpp"
#include "notifier/bulk/text_template.hpp"
#include "smpp/octets.hpp"

namespace {

using namespace notifier::bulk;

/// One file in memory, with another content each time.
const std::string& file_with(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("bulk_fuzz", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    return path;
}

void read_rows(const std::uint8_t* data, std::size_t size) {
    input_file input(file_with(data, size));
    const auto rows = open_rows(input);
    row next;
    for (std::uint64_t number = 1;; ++number) {
        const auto result = rows->next(next);
        if (result == read_result::end) {
            return;
        }
        const bool whole =
            result == read_result::mistake || next.values.size() == next.columns->names().size();
        if (!whole || next.number != number || number > size) {
            std::abort();
        }
    }
}

void read_record_again(std::string_view line) {
    const auto record = read_record(line);
    if (!record) {
        return;
    }
    std::string text;
    append_record(text, *record);
    const auto again = read_record(std::string_view(text).substr(0, text.size() - 1));
    if (!again || again->first != record->first || again->last != record->last ||
        again->outcome.message_ids != record->outcome.message_ids) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = smpp::as_text(smpp::octet_span(data, size));
    try {
        read_rows(data, size);
    } catch (const input_error&) {
        // Refused as a whole.
    }
    if (const auto parsed = text_template::parse(text)) {
        std::string out;
        parsed->expand(out, [](std::size_t) { return "x"; });
    }
    read_record_again(text);
    std::ignore = read_header_line(text);
    return 0;
}
