// Writes JSON text piece by piece; the commas come by themselves.
//
//     json_out j;
//     j.open('{').member("id", 7).member("text", text).close('}');
//     use(j.text());
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

#include "smpp/visitors/json.hpp"

namespace mock_smsc {

class json_out {
public:
    /// What comes next is its value.
    json_out& key(std::string_view name) {
        comma();
        smpp::append_json_string(out_, name);
        out_ += ':';
        return *this;
    }
    json_out& open(char bracket) {
        comma();
        out_ += bracket;
        return *this;
    }
    json_out& open(std::string_view name, char bracket) {
        key(name);
        out_ += bracket;
        return *this;
    }
    json_out& close(char bracket) {
        out_ += bracket;
        return *this;
    }

    json_out& close_if(bool wanted, char bracket) { return wanted ? close(bracket) : *this; }

    json_out& member(std::string_view name, std::string_view text) { return key(name).put(text); }
    json_out& member(std::string_view name, const char* text) {
        return member(name, std::string_view(text));
    }
    template <std::unsigned_integral T>
    json_out& member(std::string_view name, T number) {
        return key(name).put(number);
    }
    json_out& member(std::string_view name, bool value) {
        key(name).out_ += value ? "true" : "false";
        return *this;
    }

    json_out& member(std::string_view name, double number) {
        key(name).out_ += fmt::format("{}", number);
        return *this;
    }
    json_out& null(std::string_view name) {
        key(name).out_ += "null";
        return *this;
    }

    json_out& value(std::string_view text) {
        comma();
        return put(text);
    }
    template <std::unsigned_integral T>
    json_out& value(T number) {
        comma();
        return put(number);
    }

    /// What is written here must begin with a comma, if it is not empty; the object must not be.
    [[nodiscard]] std::string& raw() noexcept { return out_; }
    [[nodiscard]] std::string& text() noexcept { return out_; }
    [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }

private:
    void comma() {
        if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':') {
            out_ += ',';
        }
    }
    json_out& put(std::string_view text) {
        smpp::append_json_string(out_, text);
        return *this;
    }
    json_out& put(std::uint64_t number) {
        smpp::append_json_number(out_, number);
        return *this;
    }

    std::string out_;
};

}  // namespace mock_smsc
