#include "json_lines_reader.hpp"

#include <boost/json.hpp>

#include "csv_reader.hpp"
#include "notifier/ascii.hpp"

namespace notifier::bulk {
namespace {

namespace json = boost::json;

std::vector<std::string> names_of(const json::object& object) {
    std::vector<std::string> names;
    for (const auto& member : object) {
        names.push_back(ascii::to_lower(ascii::trim(std::string_view(member.key()))));
    }
    return names;
}

bool same_names(const json::object& object, const column_names& columns) {
    const auto& names = columns.names();
    return object.size() == names.size() &&
           std::equal(object.begin(), object.end(), names.begin(),
                      [](const auto& member, const auto& name) { return member.key() == name; });
}

/// False: it is no plain value.
bool assign(std::string& out, const json::value& value) {
    switch (value.kind()) {
        case json::kind::string: out.assign(value.get_string()); return true;
        case json::kind::null: out.clear(); return true;
        case json::kind::bool_: out = value.get_bool() ? "true" : "false"; return true;
        case json::kind::int64: out = std::to_string(value.get_int64()); return true;
        case json::kind::uint64: out = std::to_string(value.get_uint64()); return true;
        case json::kind::double_: out = json::serialize(value); return true;
        case json::kind::array:
        case json::kind::object: break;
    }
    return false;
}

}  // namespace

/// The next line that is not blank.
bool json_lines_reader::read_line() {
    do {
        text_.clear();
        too_long_ = false;
        if (input_.peek() == input_file::end) {
            return false;
        }
        ++line_;
        for (bool ended = false; !ended && input_.peek() != input_file::end;) {
            const auto there = input_.available();
            const auto end = there.find('\n');
            const auto part = there.substr(0, end);
            too_long_ = too_long_ || text_.size() + part.size() > longest_row;
            if (!too_long_) {
                text_.append(part);
            }
            ended = end != there.npos;
            input_.take(part.size() + (ended ? 1 : 0));
        }
    } while (!too_long_ && ascii::trim(text_).empty());
    return true;
}

read_result json_lines_reader::next(row& out) {
    if (!read_line()) {
        return read_result::end;
    }
    out.number = ++number_;
    out.line = line_;
    return too_long_ ? refuse("the line has more than 1 MiB") : parse(out);
}

read_result json_lines_reader::parse(row& out) {
    boost::system::error_code failed;
    const auto value = json::parse(ascii::trim(text_), failed);
    if (failed) {
        return refuse("not JSON: " + failed.message());
    }
    if (!value.is_object()) {
        return refuse("not a JSON object");
    }
    const auto& object = value.get_object();
    if (!columns_ || !same_names(object, *columns_)) {
        auto columns = std::make_shared<column_names>(names_of(object));
        if (const auto twice = columns->duplicate()) {
            return refuse("there are two members '" + *twice + "'");
        }
        columns_ = std::move(columns);
    }
    out.columns = columns_;
    out.values.resize(object.size());
    std::size_t i = 0;
    for (const auto& member : object) {
        if (!assign(out.values[i], member.value())) {
            return refuse("'" + columns_->names()[i] + "' is neither a text nor a number");
        }
        ++i;
    }
    return read_result::row;
}

std::unique_ptr<row_reader> open_rows(input_file& input) {
    const auto start = input.available();
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        throw input_error(input.name() + " is UTF-16: save it as UTF-8");
    }
    if (start.starts_with("\xEF\xBB\xBF")) {
        input.take(3);
    }
    const auto text = ascii::trim(input.available());
    if (text.starts_with('{')) {
        return std::make_unique<json_lines_reader>(input);
    }
    return std::make_unique<csv_reader>(input);
}

}  // namespace notifier::bulk
