#include "mock-smsc/rules/json_values.hpp"

#include "mock-smsc/options.hpp"

namespace mock_smsc::rule_json {

[[noreturn]] void wrong(std::string_view where, std::string_view what) {
    throw std::runtime_error(where.empty() ? std::string(what)
                                           : fmt::format("{}: {}", where, what));
}

std::string_view text_of(const json::value& value, std::string_view where) {
    if (const auto* text = value.if_string()) {
        return {text->data(), text->size()};
    }
    wrong(where, "a text expected");
}

double number_of(const json::value& value, std::string_view where, double least, double most) {
    boost::system::error_code failed;
    const double number = value.to_number<double>(failed);
    if (failed || number < least || number > most) {
        wrong(where, fmt::format("a number from {} to {} expected", least, most));
    }
    return number;
}

bool flag_of(const json::value& value, std::string_view where) {
    if (const auto* flag = value.if_bool()) {
        return *flag;
    }
    wrong(where, "true or false expected");
}

const json::object& object_of(const json::value& value, std::string_view where) {
    if (const auto* object = value.if_object()) {
        return *object;
    }
    wrong(where, "an object expected");
}

namespace {

/// A bare number is seconds, as in options.
double milliseconds_of(const json::value& value, std::string_view where) {
    if (value.is_number()) {
        constexpr double day = 86'400;
        return number_of(value, where, 0, day) * 1000;
    }
    const auto parsed = parse_duration(text_of(value, where));
    if (!parsed) {
        wrong(where, "a time such as \"200ms\" expected");
    }
    return static_cast<double>(parsed->count());
}

}  // namespace

random_delay delay_of(const json::value& value, const std::string& where) {
    random_delay out;
    if (value.is_string() || value.is_number()) {
        out.a = milliseconds_of(value, where);
        return out;
    }
    const auto& object = object_of(value, where);
    const auto name = object.size() == 1 ? view(object.begin()->key()) : std::string_view();
    const auto* pair = object.size() == 1 ? object.begin()->value().if_array() : nullptr;
    out.how = name == "uniform"     ? random_delay::shape::uniform
              : name == "normal"    ? random_delay::shape::normal
              : name == "lognormal" ? random_delay::shape::lognormal
                                    : random_delay::shape::fixed;
    if (out.how == random_delay::shape::fixed || pair == nullptr || pair->size() != 2) {
        wrong(where, "a time, or uniform, normal or lognormal with two values expected");
    }
    out.a = milliseconds_of((*pair)[0], where);
    out.b = out.how == random_delay::shape::lognormal ? number_of((*pair)[1], where, 0, 10)
                                                      : milliseconds_of((*pair)[1], where);
    if (out.how == random_delay::shape::uniform && out.b < out.a) {
        wrong(where, "the greater time comes second");
    }
    return out;
}

}  // namespace mock_smsc::rule_json
