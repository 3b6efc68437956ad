// Values of PDU fields that have names: TON, NPI, esm_class, registered_delivery, data_coding,
// message_state.
//
// Enumerations are open: a value without a name survives decoding and encoding. Bit fields keep
// their reserved bits.
//
//     sm.source.ton = smpp::ton::international;
//     sm.esm_class.set_udhi(true);
//     if (dlr.esm_class.is_receipt()) { ... }
#pragma once

#include <cstdint>
#include <string_view>

#include "smpp/command_id.hpp"

namespace smpp {

/// Type of number (3.4: 5.2.5; 5.0: 4.7.1).
enum class ton : std::uint8_t {
    unknown = 0,
    international = 1,
    national = 2,
    network_specific = 3,
    subscriber_number = 4,
    alphanumeric = 5,
    abbreviated = 6,
};

/// Numbering plan indicator (3.4: 5.2.6; 5.0: 4.7.2).
enum class npi : std::uint8_t {
    unknown = 0,
    isdn = 1,  ///< E.163/E.164
    data = 3,
    telex = 4,
    land_mobile = 6,
    national = 8,
    private_plan = 9,
    ermes = 10,
    internet = 14,
    wap_client_id = 18,
};

/// interface_version of a bind, sc_interface_version of its response (3.4: 5.2.4). Below 0x33
/// means 3.3 or older.
enum class interface_version : std::uint8_t {
    v3_3 = 0x33,
    v3_4 = 0x34,
    v5_0 = 0x50,
};

/// Whether a version has a request. Numbers without a row, and responses: true.
[[nodiscard]] constexpr bool in_version(command_id id, interface_version version) noexcept {
    switch (id) {
        case command_id::bind_transceiver:
        case command_id::outbind:
        case command_id::data_sm:
        case command_id::alert_notification: return version >= interface_version::v3_4;
        case command_id::broadcast_sm:
        case command_id::query_broadcast_sm:
        case command_id::cancel_broadcast_sm: return version >= interface_version::v5_0;
        case command_id::param_retrieve:
        case command_id::query_last_msgs:
        case command_id::query_msg_details: return version < interface_version::v3_4;
        default: return true;
    }
}

/// data_coding (3.4: 5.2.19). Values from 0x40 up follow the groups of 3GPP TS 23.038.
enum class data_coding : std::uint8_t {
    smsc_default = 0x00,  ///< what it means is the SMSC's choice; GSM 03.38 unpacked with most
    ascii = 0x01,         ///< IA5 / ASCII
    octets_1 = 0x02,      ///< 8-bit binary
    latin1 = 0x03,        ///< ISO-8859-1
    octets = 0x04,        ///< 8-bit binary
    jis = 0x05,           ///< X 0208-1990
    cyrillic = 0x06,      ///< ISO-8859-5
    hebrew = 0x07,        ///< ISO-8859-8
    ucs2 = 0x08,          ///< UCS-2 / UTF-16 big endian
    pictogram = 0x09,
    iso_2022_jp = 0x0A,
    extended_kanji = 0x0D,  ///< X 0212-1990
    ks_c_5601 = 0x0E,
};

/// State of a message (3.4: 5.2.28 has 1..8; 5.0: 4.7.15 has 0..9).
enum class message_state : std::uint8_t {
    scheduled = 0,
    enroute = 1,
    delivered = 2,
    expired = 3,
    deleted = 4,
    undeliverable = 5,
    accepted = 6,
    unknown = 7,
    rejected = 8,
    skipped = 9,
};

/// dest_flag of submit_multi (3.4: 5.2.25).
enum class dest_flag : std::uint8_t {
    sme_address = 1,
    distribution_list = 2,
};

/// Name as in the specification ("international", "delivered"); empty for a value without one.
[[nodiscard]] std::string_view name(ton) noexcept;
[[nodiscard]] std::string_view name(npi) noexcept;
[[nodiscard]] std::string_view name(interface_version) noexcept;
[[nodiscard]] std::string_view name(data_coding) noexcept;
[[nodiscard]] std::string_view name(message_state) noexcept;
[[nodiscard]] std::string_view name(dest_flag) noexcept;

/// esm_class (3.4: 5.2.12): bits 1-0 mode, 5-2 type, 6 UDHI, 7 reply path.
struct esm_class {
    std::uint8_t bits = 0;

    enum class mode : std::uint8_t {
        smsc_default = 0,
        datagram = 1,
        forward = 2,
        store_and_forward = 3
    };
    enum class type : std::uint8_t {
        normal = 0,
        receipt = 1,                   ///< SMSC delivery receipt
        delivery_acknowledgement = 2,  ///< from the SME
        manual_acknowledgement = 4,    ///< from the user
        conversation_abort = 6,
        intermediate_notification = 8,
    };

    constexpr esm_class() = default;
    constexpr explicit esm_class(std::uint8_t value) noexcept : bits(value) {}

    [[nodiscard]] constexpr mode messaging_mode() const noexcept { return mode(bits & 0x03); }
    [[nodiscard]] constexpr type message_type() const noexcept { return type(bits >> 2 & 0x0F); }
    [[nodiscard]] constexpr bool udhi() const noexcept { return (bits & 0x40) != 0; }
    [[nodiscard]] constexpr bool reply_path() const noexcept { return (bits & 0x80) != 0; }
    [[nodiscard]] constexpr bool is_receipt() const noexcept {
        return message_type() == type::receipt || message_type() == type::intermediate_notification;
    }
    constexpr void set_messaging_mode(mode value) noexcept {
        put(0x03, static_cast<unsigned>(value));
    }
    constexpr void set_message_type(type value) noexcept {
        put(0x3C, static_cast<unsigned>(value) << 2);
    }
    constexpr void set_udhi(bool on) noexcept { put(0x40, on ? 0x40U : 0U); }
    constexpr void set_reply_path(bool on) noexcept { put(0x80, on ? 0x80U : 0U); }
    friend constexpr bool operator==(esm_class, esm_class) = default;

private:
    constexpr void put(unsigned mask, unsigned value) noexcept {
        bits = static_cast<std::uint8_t>((bits & ~mask) | value);
    }
};

/// registered_delivery (3.4: 5.2.17): bits 1-0 receipt, 3-2 SME acknowledgement, 4 intermediate
/// notification.
struct registered_delivery {
    std::uint8_t bits = 0;

    enum class receipt : std::uint8_t { none = 0, final = 1, failure = 2, success = 3 };

    constexpr registered_delivery() = default;
    constexpr explicit registered_delivery(std::uint8_t value) noexcept : bits(value) {}

    [[nodiscard]] constexpr receipt smsc_receipt() const noexcept { return receipt(bits & 0x03); }
    [[nodiscard]] constexpr bool intermediate() const noexcept { return (bits & 0x10) != 0; }
    constexpr void set_smsc_receipt(receipt value) noexcept {
        bits = static_cast<std::uint8_t>((bits & ~0x03U) | static_cast<unsigned>(value));
    }
    constexpr void set_intermediate(bool on) noexcept {
        bits = static_cast<std::uint8_t>((bits & ~0x10U) | (on ? 0x10U : 0U));
    }
    friend constexpr bool operator==(registered_delivery, registered_delivery) = default;
};

}  // namespace smpp
