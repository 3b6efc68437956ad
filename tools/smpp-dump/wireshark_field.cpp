#include "smpp-dump/wireshark_field.hpp"

#include "smpp-dump/message_part.hpp"
#include "smpp/text/smpp_time.hpp"
#include "smpp/text/udh.hpp"

namespace smpp_dump {
namespace {

using smpp::alphabet;

/// Some octets of a TLV, some bits of a field, or all of it under another name.
struct part_row {
    std::string_view name;
    std::string_view field;
    field_kind kind = field_kind::number;
    std::size_t at = 0;
    std::size_t size = 0;
    unsigned shift = 0;
    std::uint64_t mask = ~std::uint64_t{0};
};
constexpr auto octets = field_kind::octets;
constexpr auto number = field_kind::number;
constexpr part_row parts[] = {
    {"message", "short_message", octets},
    {"esm.submit.msg_mode", "esm_class", number, 0, 0, 0, 0x03},
    {"esm.submit.msg_type", "esm_class", number, 0, 0, 2, 0x0F},
    {"esm.submit.features", "esm_class", number, 0, 0, 6, 0x03},
    {"regdel.receipt", "registered_delivery", number, 0, 0, 0, 0x03},
    {"regdel.acks", "registered_delivery", number, 0, 0, 2, 0x03},
    {"regdel.notif", "registered_delivery", number, 0, 0, 4, 0x01},
    {"SC_interface_version", "sc_interface_version"},
    {"billing_id", "billing_identification", octets},
    {"dest_addr_np_info", "dest_addr_np_information", octets},
    {"ms_validity", "ms_validity", number, 0, 1},
    {"msg_wait.ind", "ms_msg_wait_facilities", number, 0, 1, 7, 0x01},
    {"msg_wait.type", "ms_msg_wait_facilities", number, 0, 1, 0, 0x03},
    {"callback_num.pres", "callback_num_pres_ind", number, 0, 1, 2, 0x03},
    {"callback_num.scrn", "callback_num_pres_ind", number, 0, 1, 0, 0x03},
    {"network_error.type", "network_error_code", number, 0, 1},
    {"network_error.code", "network_error_code", number, 1, 2},
    {"its_session.number", "its_session_info", number, 0, 1},
    {"its_session.sequence", "its_session_info", number, 1, 1, 1, 0x7F},
    {"its_session.ind", "its_session_info", number, 1, 1, 0, 0x01},
    {"alert_on_message_delivery_type", "alert_on_message_delivery", number, 0, 1},
    {"broadcast_area_identifier.format", "broadcast_area_identifier", number, 0, 1},
    {"broadcast_content_type.nw", "broadcast_content_type", number, 0, 1},
    {"broadcast_content_type.type", "broadcast_content_type", number, 1, 2},
    {"broadcast_content_type.info", "broadcast_content_type_info", octets},
    {"broadcast_frequency_interval.unit", "broadcast_frequency_interval", number, 0, 1},
    {"broadcast_frequency_interval.value", "broadcast_frequency_interval", number, 1, 2},
};

/// Gets the texts of a time field, gives the moments or the durations among them.
class time_reader final : public value_sink {
public:
    enum class of : std::uint8_t { moments, durations, durations_or_none };
    time_reader(of wanted, value_sink& to) : wanted_(wanted), to_(&to) {}
    void number(std::uint64_t) override {}
    void text(std::string_view value) override {
        while (value.ends_with('\0')) {
            value.remove_suffix(1);
        }
        const auto time = smpp::parse_time(value);
        const auto* const absolute = time ? std::get_if<smpp::absolute_time>(&*time) : nullptr;
        if (absolute != nullptr && wanted_ == of::moments) {
            const std::chrono::nanoseconds since = absolute->utc.time_since_epoch();
            to_->number(since.count() < 0 ? 0 : static_cast<std::uint64_t>(since.count()));
        } else if (absolute == nullptr &&
                   (wanted_ == of::durations_or_none || (time && wanted_ == of::durations))) {
            to_->number(time ? nanoseconds(std::get<smpp::relative_time>(*time)) : 0);
        }
    }

private:
    /// As Wireshark counts: a year has 365 days, a month 30.
    static std::uint64_t nanoseconds(const smpp::relative_time& time) {
        const std::uint64_t days = time.years * 365U + time.months * 30U + time.days;
        const std::uint64_t seconds =
            ((days * 24 + time.hours) * 60 + time.minutes) * 60 + time.seconds;
        return seconds * 1'000'000'000;
    }

    of wanted_;
    value_sink* to_;
};

template <time_reader::of Wanted>
void give_time(const filter_field& field, const record& r, alphabet standard, value_sink& to) {
    time_reader reader(Wanted, to);
    give_from_body(field, r, standard, reader);
}

/// Calls `f(tag, value)` for each TLV.
template <class F>
void for_each_tlv(const record& r, F f) {
    if (r.frame.kind != frame_kind::whole) {
        return;
    }
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { body.tlvs; }) {
                for (const smpp::tlv_item item : body.tlvs) {
                    f(static_cast<unsigned>(item.tag), std::string_view(item.value));
                }
            }
        },
        r.pdu.body);
}

void give_tags(const filter_field&, const record& r, alphabet, value_sink& to) {
    for_each_tlv(r, [&](unsigned tag, std::string_view) { to.number(tag); });
}
void give_lengths(const filter_field&, const record& r, alphabet, value_sink& to) {
    for_each_tlv(r, [&](unsigned, std::string_view value) { to.number(value.size()); });
}

/// TLVs that the specification does not name: those of vendors, and the others.
template <bool Vendors>
void give_foreign(const filter_field&, const record& r, alphabet, value_sink& to) {
    for_each_tlv(r, [&](unsigned tag, std::string_view value) {
        const bool of_vendor = tag >= 0x1400 && tag <= 0x3FFF;
        const bool named = !smpp::name(smpp::tlv_tag(static_cast<std::uint16_t>(tag))).empty();
        if (Vendors ? of_vendor : !of_vendor && (!named || tag > 0x3FFF)) {
            to.text(value);
        }
    });
}

void give_empty_alert(const filter_field&, const record& r, alphabet, value_sink& to) {
    for_each_tlv(r, [&](unsigned tag, std::string_view value) {
        if (smpp::tlv_tag(static_cast<std::uint16_t>(tag)) ==
                smpp::find_tlv("alert_on_message_delivery")->tag &&
            value.empty()) {
            to.number(1);
        }
    });
}

/// A list of a submit_multi or of its response.
template <bool Response>
void give_list(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (r.frame.kind == frame_kind::whole &&
        r.pdu.header.id ==
            (Response ? smpp::command_id::submit_multi_resp : smpp::command_id::submit_multi)) {
        const auto* const asked = std::get_if<smpp::submit_multi_view>(&r.pdu.body);
        const auto* const answered = std::get_if<smpp::submit_multi_resp_view>(&r.pdu.body);
        if ((asked != nullptr && !asked->dest_address.empty()) ||
            (answered != nullptr && !answered->unsuccess_sme.empty())) {
            to.number(1);
        }
    }
}

/// What 3GPP TS 23.038 makes of data_coding, from the message waiting groups on.
struct dcs_row {
    std::string_view name;
    bool waiting;  ///< groups 4 to E
    bool classes;  ///< group F
    unsigned waiting_shift, waiting_mask, classes_shift, classes_mask;
};
constexpr dcs_row dcs_rows[] = {
    {"dcs.sms_coding_group", true, true, 4, 0x0F, 4, 0x0F},
    {"dcs.wait_ind", true, false, 3, 0x01, 0, 0},
    {"dcs.wait_type", true, false, 0, 0x03, 0, 0},
    {"dcs.reserved", true, true, 2, 0x01, 3, 0x01},
    {"dcs.charset", false, true, 0, 0, 2, 0x01},
    {"dcs.class", false, true, 0, 0, 0, 0x03},
};

class dcs_reader final : public value_sink {
public:
    dcs_reader(const dcs_row& row, value_sink& to) : row_(&row), to_(&to) {}
    void number(std::uint64_t value) override {
        if (value >= 0xF0 && row_->classes) {
            to_->number(value >> row_->classes_shift & row_->classes_mask);
        } else if (value >= 0x40 && value < 0xF0 && row_->waiting) {
            to_->number(value >> row_->waiting_shift & row_->waiting_mask);
        }
    }
    void text(std::string_view) override {}

private:
    const dcs_row* row_;
    value_sink* to_;
};

template <std::size_t Row>
void give_dcs(const filter_field& field, const record& r, alphabet standard, value_sink& to) {
    dcs_reader reader(dcs_rows[Row], to);
    give_from_body(field, r, standard, reader);
}

template <std::size_t... Row>
filter_field::giver dcs_giver(std::string_view name, std::index_sequence<Row...>) {
    filter_field::giver found = nullptr;
    ((found = dcs_rows[Row].name == name ? give_dcs<Row> : found), ...);
    return found;
}

void give_duplicate(const filter_field&, const record& r, alphabet, value_sink& to) {
    std::visit(
        [&](const auto& body) {
            if constexpr (requires {
                              body.short_message;
                              body.tlvs;
                          }) {
                if (r.frame.kind == frame_kind::whole && !body.short_message.empty() &&
                    body.tlvs.get(smpp::tlv::message_payload)) {
                    to.number(1);
                }
            }
        },
        r.pdu.body);
}

template <auto Member>
void give_part(const filter_field&, const record& r, alphabet, value_sink& to) {
    if (const auto part = part_of(r)) {
        to.number((*part).*Member);
    }
}

void give_elements(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    const auto message =
        r.frame.kind == frame_kind::whole ? message_of(r.pdu.body, standard) : std::nullopt;
    if (message) {
        for (const smpp::udh::element each : smpp::udh::elements(message->header)) {
            to.number(static_cast<unsigned>(each.id));
        }
    }
}

void give_part_text(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    if (part_of(r)) {
        to.text(message_of(r.pdu.body, standard)->text);
    }
}

void give_part_size(const filter_field&, const record& r, alphabet standard, value_sink& to) {
    if (part_of(r)) {
        to.number(message_of(r.pdu.body, standard)->text.size());
    }
}

/// Of commands that only some vendors have.
void give_none(const filter_field&, const record&, alphabet, value_sink&) {}

struct giver_row {
    std::string_view name;
    field_kind kind;
    filter_field::giver give;
};
constexpr giver_row givers[] = {
    {"opt_params", number, give_tags},
    {"opt_param", number, give_tags},
    {"opt_param_tag", number, give_tags},
    {"opt_param_len", number, give_lengths},
    {"vendor_op", octets, give_foreign<true>},
    {"reserved_op", octets, give_foreign<false>},
    {"alert_on_message_delivery_null", number, give_empty_alert},
    {"dlist", number, give_list<false>},
    {"dlist_resp", number, give_list<true>},
    {"message_payload.duplicate", number, give_duplicate},
    {"gsm_sms.udh.mm.msg_id", number, give_part<&message_part::reference>},
    {"gsm_sms.udh.mm.msg_parts", number, give_part<&message_part::total>},
    {"gsm_sms.udh.mm.msg_part", number, give_part<&message_part::number>},
    {"gsm_sms.ie_identifier", number, give_elements},
    {"gsm_sms_ud.fragments", number, give_part<&message_part::number>},
    {"gsm_sms_ud.fragment", number, give_part<&message_part::number>},
    {"gsm_sms_ud.fragment.count", number, give_part<&message_part::total>},
    {"gsm_sms_ud.reassembled.length", number, give_part_size},
    {"gsm_sms_ud.short_msg", field_kind::text, give_part_text},
    {"smsc_addr", field_kind::text, give_none},
    {"msc_addr", field_kind::text, give_none},
    {"msc_addr_noa", number, give_none},
    {"msc_addr_npi", number, give_none},
    {"mo_mt_flag", number, give_none},
    {"sm_id", field_kind::text, give_none},
    {"length_auth", number, give_none},
    {"service_id", number, give_none},
    {"operation_result", number, give_none},
    {"notify_mode", number, give_none},
    {"delivery_result", number, give_none},
};

constexpr std::string_view times[] = {"schedule_delivery_time", "validity_period", "final_date",
                                      "broadcast_end_time"};

std::optional<filter_field> find_time(std::string_view name) {
    for (const std::string_view each : times) {
        const bool relative =
            name.size() == each.size() + 2 && name.starts_with(each) && name.ends_with("_r");
        if (name == each || relative) {
            auto made = find_body_field(each);
            made->kind = relative ? field_kind::duration : field_kind::time;
            // As in Wireshark, what is empty or no time has no length.
            made->give = relative ? give_time<time_reader::of::durations_or_none>
                                  : give_time<time_reader::of::moments>;
            return made;
        }
    }
    return std::nullopt;
}

std::optional<filter_field> find_part(std::string_view name) {
    for (const part_row& each : parts) {
        if (each.name == name) {
            auto made = find_body_field(each.field);
            made->kind = each.kind;
            made->at = each.at;
            made->size = each.size;
            made->shift = each.shift;
            made->mask = each.mask;
            return made;
        }
    }
    return std::nullopt;
}

}  // namespace

void give_duration(const filter_field& field, const record& r, alphabet standard, value_sink& to) {
    give_time<time_reader::of::durations>(field, r, standard, to);
}

std::optional<filter_field> find_wireshark_field(std::string_view name) {
    for (const giver_row& each : givers) {
        if (each.name == name) {
            return filter_field{.name = std::string(name),
                                .kind = each.kind,
                                .give = each.give,
                                .empty_counts = each.kind == octets};
        }
    }
    if (const auto give = dcs_giver(name, std::make_index_sequence<std::size(dcs_rows)>())) {
        return filter_field{.name = "data_coding", .give = give};
    }
    if (auto made = find_time(name)) {
        return made;
    }
    return find_part(name);
}

std::vector<std::string> wireshark_field_names() {
    std::vector<std::string> names;
    const auto add = [&](const auto& rows) {
        for (const auto& each : rows) {
            names.emplace_back(each.name);
        }
    };
    add(parts);
    add(dcs_rows);
    add(givers);
    for (const std::string_view each : times) {
        names.push_back(std::string(each) + "_r");
    }
    return names;
}

}  // namespace smpp_dump
