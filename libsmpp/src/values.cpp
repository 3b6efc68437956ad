#include "smpp/values.hpp"

namespace smpp {

std::string_view name(ton value) noexcept {
    switch (value) {
        case ton::unknown: return "unknown";
        case ton::international: return "international";
        case ton::national: return "national";
        case ton::network_specific: return "network_specific";
        case ton::subscriber_number: return "subscriber_number";
        case ton::alphanumeric: return "alphanumeric";
        case ton::abbreviated: return "abbreviated";
    }
    return {};
}

std::string_view name(npi value) noexcept {
    switch (value) {
        case npi::unknown: return "unknown";
        case npi::isdn: return "isdn";
        case npi::data: return "data";
        case npi::telex: return "telex";
        case npi::land_mobile: return "land_mobile";
        case npi::national: return "national";
        case npi::private_plan: return "private";
        case npi::ermes: return "ermes";
        case npi::internet: return "internet";
        case npi::wap_client_id: return "wap_client_id";
    }
    return {};
}

std::string_view name(interface_version value) noexcept {
    switch (value) {
        case interface_version::v3_3: return "3.3";
        case interface_version::v3_4: return "3.4";
        case interface_version::v5_0: return "5.0";
    }
    return {};
}

std::string_view name(data_coding value) noexcept {
    switch (value) {
        case data_coding::smsc_default: return "smsc_default";
        case data_coding::ascii: return "ascii";
        case data_coding::octets_1: return "octets";
        case data_coding::latin1: return "latin1";
        case data_coding::octets: return "octets";
        case data_coding::jis: return "jis";
        case data_coding::cyrillic: return "cyrillic";
        case data_coding::hebrew: return "hebrew";
        case data_coding::ucs2: return "ucs2";
        case data_coding::pictogram: return "pictogram";
        case data_coding::iso_2022_jp: return "iso_2022_jp";
        case data_coding::extended_kanji: return "extended_kanji";
        case data_coding::ks_c_5601: return "ks_c_5601";
    }
    return {};
}

std::string_view name(message_state value) noexcept {
    switch (value) {
        case message_state::scheduled: return "SCHEDULED";
        case message_state::enroute: return "ENROUTE";
        case message_state::delivered: return "DELIVERED";
        case message_state::expired: return "EXPIRED";
        case message_state::deleted: return "DELETED";
        case message_state::undeliverable: return "UNDELIVERABLE";
        case message_state::accepted: return "ACCEPTED";
        case message_state::unknown: return "UNKNOWN";
        case message_state::rejected: return "REJECTED";
        case message_state::skipped: return "SKIPPED";
    }
    return {};
}

std::string_view name(dest_flag value) noexcept {
    switch (value) {
        case dest_flag::sme_address: return "sme_address";
        case dest_flag::distribution_list: return "distribution_list";
    }
    return {};
}

}  // namespace smpp
