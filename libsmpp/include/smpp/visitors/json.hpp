// JSON: each field under its name in the specification. A visitor of fields().
// Octet strings are hexadecimal; TLVs are [tag, "hex"] pairs in their order on the wire.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "smpp/codec.hpp"

namespace smpp {

/// Appends a JSON string, quotes included. Octets that are not UTF-8 are taken as ISO-8859-1.
void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, std::uint64_t number);

/// Appends `,"name":value` for each field; the caller has opened the object and written a member
/// before.
class json_writer {
public:
    explicit json_writer(std::string& out) noexcept : out_(out) {}

    template <wire_integer T>
    bool operator()(const char* name, const T& value) {
        return number(name, to_wire(value));
    }
    bool operator()(const char* name, std::string_view value, cstring) {
        key(name);
        append_json_string(out_, value);
        return true;
    }
    bool operator()(const char* name, std::string_view value, time_text) {
        return (*this)(name, value, cstring{17});
    }
    bool operator()(const char* name, std::string_view value, octets8 kind);
    template <class Item>
    bool operator()(const char* name, const std::vector<Item>& items, list8 kind) {
        number(name, items.size());
        key(kind.element);
        out_ += '[';
        for (const Item& item : items) {
            out_ += &item == items.data() ? "{" : ",{";
            const std::size_t start = out_.size();
            Item::fields(*this, item);
            out_.erase(start, 1);  // the comma before the first member
            out_ += '}';
        }
        out_ += ']';
        return true;
    }
    template <class S>
    bool operator()(const char* name, const basic_tlv_list<S>& tlvs) {
        return tlv_run(name, tlvs.octets());
    }
    bool operator()(const char*, unknown_layout) { return true; }

private:
    void key(std::string_view name);
    bool number(const char* name, std::uint64_t value);
    bool tlv_run(const char* name, std::string_view run);

    std::string& out_;
};

/// Appends `,"system_id":"user",...` for every mandatory field, then `,"tlvs":[[5,"00"]]`.
/// An unknown PDU has `,"octets":"hex"`.
void append_json_fields(std::string& out, const body_view& body);
void append_json_fields(std::string& out, const body& body);

}  // namespace smpp
