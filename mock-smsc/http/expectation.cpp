#include "mock-smsc/http/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "mock-smsc/options.hpp"

namespace mock_smsc {
namespace {

namespace json = boost::json;

std::uint64_t count_of(const json::value& value, std::string_view name) {
    boost::system::error_code failed;
    const auto number = value.to_number<std::uint64_t>(failed);
    if (failed || number > 100'000) {
        throw std::runtime_error(fmt::format("{}: a number up to 100000 expected", name));
    }
    return number;
}

std::string text_of(const json::value& value, std::string_view name) {
    if (!value.is_string()) {
        throw std::runtime_error(fmt::format("{}: a text expected", name));
    }
    return {value.get_string().data(), value.get_string().size()};
}

void read(std::string_view name, const json::value& value, expectation& out) {
    if (name == "query") {
        out.query_text = text_of(value, name);
        auto parsed = query::parse(out.query_text);
        if (!parsed.error.empty()) {
            throw std::runtime_error("query: " + parsed.error);
        }
        out.query = std::move(parsed.query);
    } else if (name == "count") {
        out.count = count_of(value, name);
    } else if (name == "min") {
        out.least = count_of(value, name);
    } else if (name == "max") {
        out.most = count_of(value, name);
    } else if (name == "within") {
        const auto time = parse_duration(text_of(value, name));
        if (!time || *time > std::chrono::minutes(10)) {
            throw std::runtime_error("within: a time such as \"5s\" expected, at most 600 s");
        }
        out.within = *time;
    } else if (name == "joined" && value.is_bool()) {
        out.joined = value.get_bool();
    } else if (name == "fields" && value.is_object()) {
        for (const auto& member : value.get_object()) {
            out.fields.emplace_back(std::string(member.key().data(), member.key().size()),
                                    json::serialize(member.value()));
        }
    } else {
        throw std::runtime_error(fmt::format("unknown member \"{}\"", name));
    }
}

/// The member of a message, or of its PDU; "nothing" when there is none.
std::string value_in(const json::object& message, std::string_view name) {
    const json::string_view key(name.data(), name.size());
    const auto* found = message.if_contains(key);
    if (found == nullptr) {
        const auto* pdu = message.if_contains("pdu");
        found = pdu == nullptr ? nullptr : pdu->get_object().if_contains(key);
    }
    return found == nullptr ? "nothing" : json::serialize(*found);
}

}  // namespace

expectation parse_expectation(std::string_view text) {
    boost::system::error_code failed;
    const auto value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object()) {
        throw std::runtime_error("a JSON object expected");
    }
    expectation out;
    for (const auto& member : value.get_object()) {
        read({member.key().data(), member.key().size()}, member.value(), out);
    }
    if (out.count && (out.least || out.most)) {
        throw std::runtime_error("count excludes min and max");
    }
    if (out.least && out.most && *out.least > *out.most) {
        throw std::runtime_error("min is more than max");
    }
    if (!out.count && !out.least && !out.most) {
        out.least = 1;
    }
    return out;
}

std::uint64_t expectation::awaited() const noexcept {
    if (most || count == std::uint64_t{0}) {
        return most.value_or(0) + 1;
    }
    return std::max<std::uint64_t>(1, count ? *count : least.value_or(1));
}

std::string expectation::difference_in_count(std::size_t found) const {
    std::string out;
    const auto wrong_count = [&](std::string_view how, std::uint64_t number) {
        out += fmt::format("expected {}{} messages for \"{}\" within {} ms, found {}\n", how,
                           number, query_text, within.count(), found);
    };
    if (count && found != *count) {
        wrong_count("", *count);
    }
    if (least && found < *least) {
        wrong_count("at least ", *least);
    }
    if (most && found > *most) {
        wrong_count("at most ", *most);
    }
    return out;
}

std::string expectation::difference_in_fields(message_reader& message,
                                              const message_source& source) const {
    std::string out;
    if (fields.empty() || !message.found()) {
        return out;
    }
    json_out text;
    put_message(text, message, source, detail::full);
    const auto value = json::parse(text.text());
    for (const auto& [name, wanted] : fields) {
        const auto got = value_in(value.get_object(), name);
        const bool whole = name == "text" && message.complete() &&
                           json::serialize(json::value(message.whole_text())) == wanted;
        if (got != wanted && !whole) {
            out += fmt::format("message {}: {}: expected {}, got {}\n", message.id(), name, wanted,
                               got);
        }
    }
    return out;
}

}  // namespace mock_smsc
