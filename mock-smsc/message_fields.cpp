#include "mock-smsc/message_fields.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "smpp/lint/pdu_lint.hpp"
#include "smpp/message.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/text/udh.hpp"

namespace mock_smsc {
namespace {

template <class P>
message_fields common(const P& body) {
    message_fields out;
    out.source = body.source;
    if constexpr (requires { body.esm_class; }) {
        out.esm_class = body.esm_class;
        out.registered_delivery = body.registered_delivery;
    }
    out.data_coding = body.data_coding;
    out.tlvs = body.tlvs;
    out.service_type = body.service_type;
    if constexpr (requires { body.replace_if_present_flag; }) {
        out.replaceable = true;
        out.replaces_if_present = body.replace_if_present_flag == 1;
    }
    if constexpr (std::is_same_v<P, smpp::broadcast_sm_view>) {
        out.broadcast = true;
        out.replaces = body.message_id;
    }
    if constexpr (requires { body.destination; }) {
        out.destination = body.destination;
    } else if constexpr (requires { body.dest_address; }) {
        out.destinations = &body.dest_address;
        if (!body.dest_address.empty()) {
            out.destination = destination_at(out, 0);
        }
    }
    out.octets = smpp::message_octets(body);
    if constexpr (requires { body.validity_period; }) {
        out.validity_period = body.validity_period;
        out.schedule_delivery_time = body.schedule_delivery_time;
    }
    return out;
}

/// Has the fields made in the optional itself: every submit comes through here, and copies of what
/// was just written are slow.
template <class P>
struct made_in_place {
    const P& body;

    operator message_fields() const { return common(body); }
};

}  // namespace

std::optional<message_fields> fields_of(const smpp::body_view& body) noexcept {
    const auto made = [](const auto& from) {
        using body_type = std::remove_cvref_t<decltype(from)>;
        return std::optional<message_fields>(std::in_place, made_in_place<body_type>{from});
    };
    if (const auto* submit = std::get_if<smpp::submit_sm_view>(&body)) {
        return made(*submit);
    }
    if (const auto* data = std::get_if<smpp::data_sm_view>(&body)) {
        return made(*data);
    }
    if (const auto* broadcast = std::get_if<smpp::broadcast_sm_view>(&body)) {
        return made(*broadcast);
    }
    if (const auto* multi = std::get_if<smpp::submit_multi_view>(&body)) {
        return made(*multi);
    }
    return std::nullopt;
}

std::uint8_t destination_count(const message_fields& fields) noexcept {
    return fields.destinations == nullptr ? std::uint8_t{1}
                                          : static_cast<std::uint8_t>(fields.destinations->size());
}

smpp::address_view destination_at(const message_fields& fields, std::size_t index) noexcept {
    if (fields.destinations == nullptr) {
        return fields.destination;
    }
    const auto& wanted = (*fields.destinations)[index];
    smpp::address_view out = wanted.address;
    if (wanted.dest_flag == smpp::dest_flag::distribution_list) {
        out.digits = wanted.dl_name;
    }
    return out;
}

std::vector<std::uint8_t> accepted_destinations(const message_fields& fields) {
    std::vector<std::uint8_t> out;
    for (std::uint8_t i = 0; i < destination_count(fields); ++i) {
        const bool refused =
            fields.refused != nullptr &&
            std::any_of(fields.refused->begin(), fields.refused->end(),
                        [i](const refused_destination& each) { return each.index == i; });
        if (!refused) {
            out.push_back(i);
        }
    }
    return out;
}

std::optional<part_place> part_of(const message_fields& fields) noexcept {
    if (fields.esm_class.udhi()) {
        const auto parts = smpp::udh::separate(smpp::as_octets(fields.octets));
        if (const auto place = smpp::udh::find_concat(parts.header)) {
            return part_place{place->reference, place->total, place->number,
                              place->wide ? "udh16" : "udh8"};
        }
    }
    const auto reference = fields.tlvs.get(smpp::tlv::sar_msg_ref_num);
    const auto total = fields.tlvs.get(smpp::tlv::sar_total_segments);
    const auto number = fields.tlvs.get(smpp::tlv::sar_segment_seqnum);
    if (reference && total && number && *number >= 1 && *number <= *total) {
        return part_place{*reference, *total, *number, "sar"};
    }
    return std::nullopt;
}

message_reader::message_reader(const message_store& store, const session_registry& sessions,
                               message_number id)
    : id_(id), record_(store.find(id)) {
    look_up(store, sessions);
}

message_reader::message_reader(message_store& store, const session_registry& sessions,
                               message_number id, bool unpublished)
    : id_(id), record_(unpublished ? store.find_any(id) : store.find(id)) {
    look_up(store, sessions);
}

void message_reader::look_up(const message_store& store, const session_registry& sessions) {
    default_alphabet_ = store.default_alphabet();
    if (record_ != nullptr) {
        octets_ = store.octets(id_);
        session_ = sessions.find(record_->session);
        note_ = record_->noted ? store.note(id_) : nullptr;
    }
}

void message_reader::decode() {
    if (!decoded_) {
        decoded_ = true;
        // It was decoded before it was recorded: no failure is possible.
        std::ignore = smpp::decode(octets_, smpp::decode_mode::lenient, pdu_);
        fields_ = fields_of(pdu_.body).value_or(message_fields());
        fields_.refused = note_ == nullptr ? nullptr : &note_->refused;
        part_ = part_of(fields_);
    }
}

const message_fields& message_reader::fields() {
    decode();
    return fields_;
}
const std::optional<part_place>& message_reader::part() {
    decode();
    return part_;
}
const smpp::pdu_view& message_reader::pdu() {
    decode();
    return pdu_;
}

const std::vector<smpp::lint::finding>& message_reader::findings() {
    if (!findings_) {
        smpp::lint::options options;
        options.smsc_default = default_alphabet_;
        options.sent =
            std::chrono::floor<smpp::tenths>(std::chrono::sys_time<std::chrono::microseconds>(
                std::chrono::microseconds(record_->received)));
        if (session_ != nullptr && session_->interface_version != 0) {
            options.version = smpp::interface_version(session_->interface_version);
        }
        findings_ = smpp::lint::check(octets_, options);
    }
    return *findings_;
}

const std::string& message_reader::text() {
    if (stands_for_all_ && complete()) {
        return whole_text();
    }
    if (!text_) {
        const message_fields& f = fields();
        text_ = smpp::decode_user_data(smpp::as_octets(f.octets), f.esm_class.udhi(), alphabet());
    }
    return *text_;
}

void message_reader::look_around(const message_store& store, const session_registry& sessions,
                                 const part_index& parts) noexcept {
    store_ = &store;
    sessions_ = &sessions;
    parts_ = &parts;
}

bool message_reader::complete() {
    const auto* group =
        parts_ == nullptr || record_ == nullptr || !record_->part ? nullptr : parts_->find(id_);
    // Parts are known before they can be seen.
    return group != nullptr && group->complete() && group->newest() < store_->end();
}

bool message_reader::is_last_part() {
    return !part() || (complete() && parts_->find(id_)->newest() == id_);
}

const std::string& message_reader::whole_text() {
    if (!whole_text_) {
        if (!complete()) {
            stands_for_all_ = false;
            return text();
        }
        whole_text_.emplace();
        for (const message_number each : parts_->find(id_)->by_number) {
            message_reader one(*store_, *sessions_, each);
            *whole_text_ += one.found() ? one.text() : std::string();
        }
    }
    return *whole_text_;
}

std::string message_reader::message_id() const {
    return record_->status == smpp::command_status::ok ? message_id_of(id_) : std::string();
}

std::string message_id_of(message_number id) { return std::to_string(id); }

}  // namespace mock_smsc
