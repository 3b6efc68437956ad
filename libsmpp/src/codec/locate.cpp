#include "smpp/visitors/locate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/meaning.hpp"

namespace smpp {
namespace {

template <class T>
std::string meaning_of(std::string_view field, const T& value) {
    if constexpr (requires { describe(value); }) {
        const std::string said = describe(value);
        return said.empty() ? std::string(words_for_no_bits(field)) : said;
    } else if constexpr (requires { smpp::name(value); }) {
        return std::string(smpp::name(value));
    } else {
        return words_for_number(field, value);
    }
}

/// A visitor of fields() over a decoded view: the octets are walked beside the values.
class locator {
public:
    locator(octet_span frame, std::vector<located_field>& out) noexcept
        : frame_(frame), out_(out) {}

    template <wire_integer T>
    bool operator()(const char* name, const T& value) {
        return add(name, sizeof(wire_type<T>), fmt::format("{}", to_wire(value)),
                   meaning_of(name, value));
    }
    bool operator()(const char* name, std::string_view value, cstring) {
        return text(name, value, {});
    }
    bool operator()(const char* name, std::string_view value, time_text) {
        return text(name, value, words_for_time(name, value));
    }
    bool operator()(const char* name, std::string_view value, octets8 kind) {
        add(kind.count, 1, fmt::format("{}", at_ < frame_.size() ? frame_[at_] : 0));
        return add(name, value.size(), to_hex(value));
    }
    template <class Item>
    bool operator()(const char* name, const std::vector<Item>& items, list8) {
        add(name, 1, fmt::format("{}", items.size()));
        ++depth_;
        for (const Item& item : items) {
            Item::fields(*this, item);
        }
        --depth_;
        return true;
    }
    template <class S>
    bool operator()(const char*, const basic_tlv_list<S>& tlvs) {
        ++depth_;
        for (const tlv_item item : tlvs) {
            add_tlv(item);
        }
        --depth_;
        return true;
    }
    bool operator()(const char*, unknown_layout) { return false; }

    bool add(std::string_view name, std::size_t size, std::string value, std::string meaning = {}) {
        out_.push_back({name, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(size),
                        depth_, std::move(value), std::move(meaning)});
        at_ += size;
        return true;
    }

private:
    bool text(const char* name, std::string_view value, std::string meaning) {
        const std::size_t nul = at_ + value.size();
        const bool terminated = nul < frame_.size() && frame_[nul] == 0;
        return add(name, value.size() + (terminated ? 1 : 0), std::string(value),
                   std::move(meaning));
    }
    void add_tlv(const tlv_item& item) {
        const tlv_info* row = find_tlv(item.tag);
        const auto* octets = reinterpret_cast<const std::uint8_t*>(item.value.data());
        std::string value = to_hex(item.value);
        if (row != nullptr) {
            if (row->type == tlv_type::u8 && item.value.size() == 1) {
                value = fmt::format("{}", octets[0]);
            } else if (row->type == tlv_type::u16 && item.value.size() == 2) {
                value = fmt::format("{}", load_be<std::uint16_t>(octets));
            } else if (row->type == tlv_type::u32 && item.value.size() == 4) {
                value = fmt::format("{}", load_be<std::uint32_t>(octets));
            } else if (row->type == tlv_type::cstring) {
                value = std::string(detail::without_trailing_nuls(item.value));
            }
        }
        std::string meaning = words_for_tlv(item.tag, item.value);
        if (meaning.empty()) {
            meaning = fmt::format("tag 0x{:04X}", static_cast<std::uint16_t>(item.tag));
        }
        add(row != nullptr ? row->name : "tlv", 4 + item.value.size(), std::move(value),
            std::move(meaning));
    }

    octet_span frame_;
    std::vector<located_field>& out_;
    std::size_t at_ = 0;
    unsigned depth_ = 0;
};

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        if (!part.empty()) {
            out += out.empty() ? "" : ", ";
            out += part;
        }
    }
    return out;
}

}  // namespace

std::vector<located_field> locate(octet_span frame, const pdu_view& pdu) {
    std::vector<located_field> out;
    locator walk(frame, out);
    walk.add("command_length", 4, fmt::format("{}", pdu.header.command_length));
    walk.add("command_id", 4, fmt::format("0x{:08X}", static_cast<std::uint32_t>(pdu.header.id)),
             std::string(name(pdu.header.id)));
    walk.add("command_status", 4,
             fmt::format("0x{:08X}", static_cast<std::uint32_t>(pdu.header.status)),
             std::string(name(pdu.header.status)));
    walk.add("sequence_number", 4, fmt::format("{}", pdu.header.sequence_number));
    if (frame.size() <= header_size) {
        return out;
    }
    std::visit(
        [&](const auto& body) {
            if constexpr (pdu_type<std::remove_cvref_t<decltype(body)>>) {
                std::remove_cvref_t<decltype(body)>::fields(walk, body);
            } else {
                walk.add("octets", body.octets.size(), to_hex(body.octets));
            }
        },
        pdu.body);
    return out;
}

std::string describe(esm_class value) {
    constexpr std::string_view modes[] = {"", "datagram", "forward", "store and forward"};
    std::string_view type;
    switch (value.message_type()) {
        case esm_class::type::normal: break;
        case esm_class::type::receipt: type = "delivery receipt"; break;
        case esm_class::type::delivery_acknowledgement: type = "delivery acknowledgement"; break;
        case esm_class::type::manual_acknowledgement: type = "manual acknowledgement"; break;
        case esm_class::type::conversation_abort: type = "conversation abort"; break;
        case esm_class::type::intermediate_notification: type = "intermediate notification"; break;
        default: type = "reserved type"; break;
    }
    return joined({modes[value.bits & 0x03], type, value.udhi() ? "UDHI" : "",
                   value.reply_path() ? "reply path" : ""});
}

std::string describe(registered_delivery value) {
    constexpr std::string_view receipts[] = {"", "final receipt", "receipt on failure",
                                             "receipt on success"};
    constexpr std::string_view acknowledgements[] = {"", "delivery acknowledgement",
                                                     "manual acknowledgement",
                                                     "delivery and manual acknowledgement"};
    return joined({receipts[value.bits & 0x03], acknowledgements[value.bits >> 2 & 0x03],
                   value.intermediate() ? "intermediate notification" : ""});
}

}  // namespace smpp
