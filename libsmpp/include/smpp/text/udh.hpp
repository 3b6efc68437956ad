// User data headers (3GPP TS 23.040, 9.2.3.24): what stands before the text when esm_class has UDHI
// set.
//
//     auto [header, text, well_formed] = smpp::udh::separate(octets);
//     if (auto part = smpp::udh::find_concat(header)) { ... part->number of part->total ... }
//     std::string header = smpp::udh::writer().add(smpp::udh::concat{7, 3, 1}).octets();   // 05 00
//     03 07 03 01
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "smpp/octets.hpp"
#include "smpp/text/gsm7.hpp"

namespace smpp::udh {

/// Information elements that this library knows. The enumeration is open: others are walked and
/// kept.
enum class element_id : std::uint8_t {
    concat8 = 0x00,  ///< part of a long message, 8-bit reference
    special_message_indication = 0x01,
    ports8 = 0x04,
    ports16 = 0x05,
    smsc_control = 0x06,
    source_indicator = 0x07,
    concat16 = 0x08,  ///< part of a long message, 16-bit reference
    wireless_control_message = 0x09,
    national_single_shift = 0x24,   ///< language of the extension table
    national_locking_shift = 0x25,  ///< language of the default table
};

struct element {
    element_id id{};
    octet_span data{};
};

/// The elements of a header, in order; stops at one that does not fit.
///
///     for (smpp::udh::element each : smpp::udh::elements(header)) ...
class elements {
public:
    /// `header` begins with its length octet, as `separate` gives it; an empty header has no
    /// elements.
    explicit elements(octet_span header) noexcept;

    class iterator {
    public:
        using value_type = element;
        using difference_type = std::ptrdiff_t;

        iterator() = default;
        explicit iterator(octet_span rest) noexcept : rest_(rest) { read(); }

        [[nodiscard]] element operator*() const noexcept { return current_; }
        iterator& operator++() noexcept;
        iterator operator++(int) noexcept;
        friend bool operator==(const iterator& a, const iterator& b) noexcept {
            return a.rest_.size() == b.rest_.size();
        }

    private:
        void read() noexcept;

        octet_span rest_{};  // from the current element on; empty at the end
        element current_{};
    };

    [[nodiscard]] iterator begin() const noexcept { return iterator(elements_); }
    [[nodiscard]] iterator end() const noexcept { return {}; }
    /// Whether the elements fill the header exactly.
    [[nodiscard]] bool well_formed() const noexcept;

private:
    octet_span elements_;
};

struct separated {
    octet_span header{};       ///< with its length octet; empty when there is none
    octet_span text{};         ///< what follows it
    bool well_formed = false;  ///< false: UDHI must have been a mistake, or the header is damaged
};

/// Takes header and text apart. A length octet that points behind the end makes everything text.
[[nodiscard]] separated separate(octet_span octets) noexcept;

/// Place of a part in a long message.
struct concat {
    std::uint16_t reference = 0;
    std::uint8_t total = 1;
    std::uint8_t number = 1;  ///< from 1
    bool wide = false;        ///< 16-bit reference

    friend bool operator==(const concat&, const concat&) = default;
};

struct ports {
    std::uint16_t destination = 0;
    std::uint16_t source = 0;
    bool wide = true;  ///< 16-bit ports

    friend bool operator==(const ports&, const ports&) = default;
};

/// The element with that id; the last one when there are several, as 9.2.3.24 asks.
[[nodiscard]] std::optional<element> find(octet_span header, element_id id) noexcept;
/// Either concatenation element; one that says "part 0", "of 0" or "4 of 3" does not count.
[[nodiscard]] std::optional<concat> find_concat(octet_span header) noexcept;
/// Either port element.
[[nodiscard]] std::optional<ports> find_ports(octet_span header) noexcept;

/// The national tables that both elements of that kind name; the default ones where there is none.
[[nodiscard]] gsm7::shift find_shift(octet_span header) noexcept;

/// Builds a header element by element.
class writer {
public:
    /// Throws std::length_error when the header would exceed the 255 octets that its length octet
    /// can say.
    writer& add(element_id id, octet_span data);
    writer& add(const concat& part);
    writer& add(const ports& addressed);
    /// The tables that are not the default ones.
    writer& add(gsm7::shift tables);
    /// Elements already coded, such as those of a received header.
    writer& add_coded(octet_span coded);

    /// The header with its length octet; empty when nothing was added.
    [[nodiscard]] const std::string& octets() const noexcept { return octets_; }

private:
    std::string octets_{};
};

}  // namespace smpp::udh
