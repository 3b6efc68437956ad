#include "smpp/text/udh.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace smpp::udh {
namespace {

constexpr const char* too_long = "user data header longer than 255 octets";

// Octets of the element at the start of `rest`; 0 when it does not fit.
std::size_t element_size(octet_span rest) noexcept {
    if (rest.size() < 2 || rest.size() - 2 < rest[1]) {
        return 0;
    }
    return std::size_t{2} + rest[1];
}

std::optional<concat> concat_of(const element& each) noexcept {
    concat out;
    octet_span counts;
    if (each.id == element_id::concat8 && each.data.size() == 3) {
        out.reference = each.data[0];
        counts = each.data.subspan(1);
    } else if (each.id == element_id::concat16 && each.data.size() == 4) {
        out.reference = load_be<std::uint16_t>(each.data.data());
        out.wide = true;
        counts = each.data.subspan(2);
    } else {
        return std::nullopt;
    }
    out.total = counts[0];
    out.number = counts[1];
    if (out.number == 0 || out.number > out.total) {
        return std::nullopt;
    }
    return out;
}

}  // namespace

elements::elements(octet_span header) noexcept {
    if (!header.empty()) {
        elements_ = header.subspan(1);
    }
}

void elements::iterator::read() noexcept {
    const std::size_t size = element_size(rest_);
    if (size == 0) {
        rest_ = {};
        return;
    }
    current_ = {element_id(rest_[0]), rest_.subspan(2, size - 2)};
}

elements::iterator& elements::iterator::operator++() noexcept {
    rest_ = rest_.subspan(2 + current_.data.size());
    read();
    return *this;
}

elements::iterator elements::iterator::operator++(int) noexcept {
    iterator before = *this;
    ++*this;
    return before;
}

bool elements::well_formed() const noexcept {
    octet_span rest = elements_;
    while (!rest.empty()) {
        const std::size_t size = element_size(rest);
        if (size == 0) {
            return false;
        }
        rest = rest.subspan(size);
    }
    return true;
}

separated separate(octet_span octets) noexcept {
    if (octets.empty() || octets.size() - 1 < octets[0]) {
        return {{}, octets, false};
    }
    const std::size_t size = std::size_t{1} + octets[0];
    const octet_span header = octets.first(size);
    return {header, octets.subspan(size), elements(header).well_formed()};
}

std::optional<element> find(octet_span header, element_id id) noexcept {
    std::optional<element> found;
    for (const element each : elements(header)) {
        if (each.id == id) {
            found = each;
        }
    }
    return found;
}

std::optional<concat> find_concat(octet_span header) noexcept {
    std::optional<concat> found;
    for (const element each : elements(header)) {
        if (const auto part = concat_of(each)) {
            found = part;
        }
    }
    return found;
}

std::optional<ports> find_ports(octet_span header) noexcept {
    std::optional<ports> found;
    for (const element each : elements(header)) {
        const octet_span data = each.data;
        if (each.id == element_id::ports8 && data.size() == 2) {
            found = ports{data[0], data[1], false};
        } else if (each.id == element_id::ports16 && data.size() == 4) {
            found = ports{load_be<std::uint16_t>(data.data()),
                          load_be<std::uint16_t>(data.data() + 2), true};
        }
    }
    return found;
}

gsm7::shift find_shift(octet_span header) noexcept {
    gsm7::shift tables;
    for (const element each : elements(header)) {
        if (each.data.size() != 1) {
            continue;
        }
        if (each.id == element_id::national_locking_shift) {
            tables.locking = gsm7::language(each.data[0]);
        } else if (each.id == element_id::national_single_shift) {
            tables.single = gsm7::language(each.data[0]);
        }
    }
    return tables;
}

writer& writer::add_coded(octet_span coded) {
    if (coded.empty()) {
        return *this;
    }
    const std::size_t before = octets_.empty() ? 1 : octets_.size();
    if (before + coded.size() > 256) {
        throw std::length_error(too_long);
    }
    octets_.resize(before);
    octets_.append(as_text(coded));
    octets_[0] = static_cast<char>(octets_.size() - 1);
    return *this;
}

writer& writer::add(element_id id, octet_span data) {
    if (data.size() > 253) {
        throw std::length_error("information element longer than 253 octets");
    }
    const std::array<std::uint8_t, 2> head{static_cast<std::uint8_t>(id),
                                           static_cast<std::uint8_t>(data.size())};
    if (std::max<std::size_t>(octets_.size(), 1) + head.size() + data.size() > 256) {
        throw std::length_error(too_long);
    }
    return add_coded(head).add_coded(data);
}

writer& writer::add(const concat& part) {
    const auto high = static_cast<std::uint8_t>(part.reference >> 8);
    const auto low = static_cast<std::uint8_t>(part.reference & 0xFF);
    if (part.wide) {
        return add(element_id::concat16, std::array{high, low, part.total, part.number});
    }
    return add(element_id::concat8, std::array{low, part.total, part.number});
}

writer& writer::add(const ports& addressed) {
    std::array<std::uint8_t, 4> data{};
    if (addressed.wide) {
        store_be<std::uint16_t>(data.data(), addressed.destination);
        store_be<std::uint16_t>(data.data() + 2, addressed.source);
        return add(element_id::ports16, data);
    }
    data[0] = static_cast<std::uint8_t>(addressed.destination & 0xFF);
    data[1] = static_cast<std::uint8_t>(addressed.source & 0xFF);
    return add(element_id::ports8, octet_span(data).first(2));
}

writer& writer::add(gsm7::shift tables) {
    const auto add_language = [this](element_id id, gsm7::language value) {
        if (value != gsm7::language::none) {
            add(id, std::array{static_cast<std::uint8_t>(value)});
        }
    };
    add_language(element_id::national_single_shift, tables.single);
    add_language(element_id::national_locking_shift, tables.locking);
    return *this;
}

}  // namespace smpp::udh
