#include "smpp/tlv_list.hpp"

namespace smpp {

std::size_t whole_tlvs(std::string_view run) noexcept {
    const auto* octets = reinterpret_cast<const std::uint8_t*>(run.data());
    std::size_t at = 0;
    while (run.size() - at >= 4) {
        const std::size_t next = at + 4U + load_be<std::uint16_t>(octets + at + 2);
        if (next > run.size()) {
            break;
        }
        at = next;
    }
    return at;
}

namespace detail {

std::optional<std::string_view> find_tlv_value(std::string_view run, tlv_tag tag) noexcept {
    for (tlv_iterator at(run), end; at != end; ++at) {
        if (const tlv_item item = *at; item.tag == tag) {
            return item.value;
        }
    }
    return std::nullopt;
}

void append_tlv(std::string& run, tlv_tag tag, std::string_view value) {
    value = value.substr(0, 0xFFFF);
    std::uint8_t header[4];
    store_be<std::uint16_t>(header, static_cast<std::uint16_t>(tag));
    store_be<std::uint16_t>(header + 2, static_cast<std::uint16_t>(value.size()));
    run.append(as_text(octet_span(header, sizeof header)));
    run.append(value);
}

void erase_tlvs(std::string& run, tlv_tag tag) {
    std::size_t at = 0;
    while (at < run.size()) {
        const tlv_item item = *tlv_iterator(std::string_view(run).substr(at));
        const std::size_t size = 4 + item.value.size();
        if (item.tag == tag) {
            run.erase(at, size);
        } else {
            at += size;
        }
    }
}

std::string_view without_trailing_nuls(std::string_view value) noexcept {
    while (!value.empty() && value.back() == '\0') {
        value.remove_suffix(1);
    }
    return value;
}

}  // namespace detail
}  // namespace smpp
