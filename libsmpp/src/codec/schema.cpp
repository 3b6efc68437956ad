#include "smpp/visitors/schema.hpp"

#include <fmt/format.h>

#include "smpp/pdu.hpp"

namespace smpp {
namespace {

class schema_visitor {
public:
    explicit schema_visitor(std::vector<field_schema>& out) noexcept : out_(out) {}

    template <wire_integer T>
    bool operator()(const char* name, const T&) {
        return add(name, fmt::format("u{}", sizeof(wire_type<T>) * 8));
    }
    bool operator()(const char* name, std::string_view, cstring kind) {
        return add(name, fmt::format("cstr{}", kind.max));
    }
    bool operator()(const char* name, std::string_view, time_text) { return add(name, "cstr1|17"); }
    bool operator()(const char* name, std::string_view, octets8 kind) {
        add(kind.count, "u8");
        return add(name, fmt::format("octets[{}]", kind.count));
    }
    template <class Item>
    bool operator()(const char* name, const std::vector<Item>&, list8 kind) {
        add(name, "u8");
        add(kind.element, "list");
        ++depth_;
        element(Item());
        --depth_;
        return true;
    }
    template <class S>
    bool operator()(const char* name, const basic_tlv_list<S>&) {
        return add(name, "tlvs");
    }
    bool operator()(const char*, unknown_layout) { return true; }

private:
    template <class Item>
    void element(Item item) {
        if constexpr (requires { item.dest_flag; }) {
            Item::fields(*this, item);
            item.dest_flag = dest_flag::distribution_list;
            const std::size_t start = out_.size();
            Item::fields(*this, item);
            out_.erase(out_.begin() +
                       static_cast<std::ptrdiff_t>(start));  // dest_flag is there already
            for (field_schema& field : out_) {
                if (field.depth == depth_ && field.name != "dest_flag") {
                    field.note = field.name == "dl_name" ? "dest_flag 2" : "dest_flag 1";
                }
            }
        } else {
            Item::fields(*this, item);
        }
    }

    bool add(std::string_view name, std::string kind) {
        out_.push_back({std::string(name), std::move(kind), {}, depth_});
        return true;
    }

    std::vector<field_schema>& out_;
    unsigned depth_ = 0;
};

template <class P>
std::vector<field_schema> schema() {
    std::vector<field_schema> out;
    const P blank;
    P::fields(schema_visitor(out), blank);
    return out;
}

}  // namespace

std::vector<field_schema> schema_of(command_id id) {
    switch (id) {
#define X(name, number, esme_states, mc_states) \
    case command_id::name:                      \
        return schema<basic_##name<view>>();
#include "smpp/tables/command_id.def"
#undef X
    }
    return {};
}

}  // namespace smpp
