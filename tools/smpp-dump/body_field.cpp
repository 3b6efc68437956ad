// The fields of filters that are in the bodies of PDUs, under their names in the specification.
#include <algorithm>
#include <charconv>

#include "smpp-dump/filter_field.hpp"
#include "smpp/visitors/schema.hpp"

namespace smpp_dump {
namespace {

constexpr smpp::command_id commands[] = {
#define X(name, number, esme_states, mc_states) smpp::command_id::name,
#include "smpp/tables/command_id.def"
#undef X
};

/// A visitor of fields(): gives the values of those with the name looked for.
class picker {
public:
    picker(const filter_field& field, value_sink& to) : field_(&field), to_(&to) {}

    template <smpp::wire_integer T>
    bool operator()(std::string_view name, const T& value) {
        return number(name, smpp::to_wire(value));
    }
    bool operator()(std::string_view name, std::string_view value, smpp::cstring) {
        return text(name, value);
    }
    bool operator()(std::string_view name, std::string_view value, smpp::time_text) {
        return text(name, value);
    }
    bool operator()(std::string_view name, std::string_view value, smpp::octets8 kind) {
        return number(kind.count, value.size()) && text(name, value);
    }
    template <class Item>
    bool operator()(std::string_view name, const std::vector<Item>& items, smpp::list8) {
        number(name, items.size());
        for (const Item& item : items) {
            Item::fields(*this, item);
        }
        return true;
    }
    template <class S>
    bool operator()(std::string_view, const smpp::basic_tlv_list<S>& tlvs) {
        if (field_->tag != smpp::tlv_tag{}) {
            for (const smpp::tlv_item item : tlvs) {
                if (item.tag == field_->tag) {
                    tlv(item.value);
                }
            }
        }
        return true;
    }
    bool operator()(std::string_view, smpp::unknown_layout) { return true; }

private:
    bool number(std::string_view name, std::uint64_t value) {
        if (name == field_->name) {
            to_->number(value >> field_->shift & field_->mask);
        }
        return true;
    }
    bool text(std::string_view name, std::string_view value) {
        if (name == field_->name) {
            to_->text(value);
        }
        return true;
    }
    void tlv(std::string_view value) {
        if (value.size() < field_->at + field_->size) {
            return;
        }
        value = value.substr(field_->at, field_->size == 0 ? std::string_view::npos : field_->size);
        if (field_->kind == field_kind::number) {
            if (value.size() > 8) {
                return;
            }
            std::uint64_t n = 0;
            for (const char c : value) {
                n = n << 8 | static_cast<unsigned char>(c);
            }
            to_->number(n >> field_->shift & field_->mask);
            return;
        }
        while (field_->kind == field_kind::text && value.ends_with('\0')) {
            value.remove_suffix(1);
        }
        to_->text(value);
    }

    const filter_field* field_;
    value_sink* to_;
};

/// Of octets8: the field that counts them.
std::string_view count_name(const smpp::field_schema& field) {
    const std::string_view kind = field.kind;
    return kind.starts_with("octets[") ? kind.substr(7, kind.size() - 8) : std::string_view();
}

std::optional<field_kind> kind_in_bodies(std::string_view name) {
    if (name.empty()) {
        return std::nullopt;
    }
    for (const smpp::command_id id : commands) {
        for (const smpp::field_schema& field : smpp::schema_of(id)) {
            if (count_name(field) == name) {
                return field_kind::number;
            }
            if (field.name == name && field.kind != "tlvs") {
                return field.kind.starts_with("octets") ? field_kind::octets
                       : field.kind.starts_with("cstr") ? field_kind::text
                                                        : field_kind::number;
            }
        }
    }
    return std::nullopt;
}

field_kind kind_of(smpp::tlv_type type) {
    switch (type) {
        case smpp::tlv_type::cstring: return field_kind::text;
        case smpp::tlv_type::octets: return field_kind::octets;
        default: return field_kind::number;
    }
}

std::optional<smpp::tlv_tag> numbered_tlv(std::string_view name) {
    std::uint16_t tag = 0;
    if (!name.starts_with("tlv.0x")) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(name.data() + 6, name.data() + name.size(), tag, 16);
    return error == std::errc{} && end == name.data() + name.size() && tag != 0
               ? std::optional(smpp::tlv_tag(tag))
               : std::nullopt;
}

}  // namespace

std::optional<filter_field> find_body_field(std::string_view name) {
    filter_field made{.name = std::string(name), .give = give_from_body};
    if (const auto tag = numbered_tlv(name)) {
        made.tag = *tag;
        made.kind = field_kind::octets;
        made.empty_counts = true;
        return made;
    }
    const smpp::tlv_info* tlv = smpp::find_tlv(name);
    const auto mandatory = kind_in_bodies(name);
    if (!mandatory && tlv == nullptr) {
        return std::nullopt;
    }
    made.tag = tlv != nullptr ? tlv->tag : smpp::tlv_tag{};
    made.kind = mandatory ? *mandatory : kind_of(tlv->type);
    made.empty_counts = !mandatory || name == "service_type";  // which is the default one then
    return made;
}

void give_from_body(const filter_field& field, const record& r, smpp::alphabet, value_sink& to) {
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    std::visit(
        [&](const auto& body) {
            picker pick(field, to);
            if constexpr (requires { body.fields(pick, body); }) {
                body.fields(pick, body);
            }
        },
        r.pdu.body);
}

std::optional<smpp::command_id> command_named(std::string_view wanted) noexcept {
    for (const smpp::command_id id : commands) {
        if (smpp::name(id) == wanted) {
            return id;
        }
    }
    return std::nullopt;
}

std::vector<std::string> body_field_names() {
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
            names.emplace_back(name);
        }
    };
    for (const smpp::command_id id : commands) {
        for (const smpp::field_schema& field : smpp::schema_of(id)) {
            add(count_name(field));
            add(field.kind == "tlvs" ? std::string_view() : std::string_view(field.name));
        }
    }
    return names;
}

}  // namespace smpp_dump
