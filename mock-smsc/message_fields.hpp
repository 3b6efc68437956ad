// What submit_sm, submit_multi, data_sm and broadcast_sm have in common, seen the same way; and one
// recorded message, read lazily.
//
//     if (auto fields = mock_smsc::fields_of(body)) { use(fields->destination.digits); }
//     mock_smsc::message_reader message(store, sessions, id);
//     use(message.text());
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock-smsc/sessions.hpp"
#include "mock-smsc/store/message_store.hpp"
#include "mock-smsc/store/part_index.hpp"
#include "smpp/codec.hpp"
#include "smpp/lint/finding.hpp"
#include "smpp/query/subject.hpp"

namespace mock_smsc {

/// Borrows from the PDU.
struct message_fields {
    smpp::address_view source;
    smpp::address_view destination;  ///< of submit_multi the first
    const std::vector<smpp::basic_dest_address<smpp::view>>* destinations =
        nullptr;                                                ///< submit_multi only
    const std::vector<refused_destination>* refused = nullptr;  ///< of those; null: none
    smpp::esm_class esm_class;
    smpp::registered_delivery registered_delivery;
    smpp::data_coding data_coding{};
    std::string_view validity_period;
    std::string_view schedule_delivery_time;
    std::string_view octets;  ///< short_message, or message_payload in its stead
    smpp::tlv_list_view tlvs;
    std::string_view service_type;
    bool replaceable = false;          ///< by another one of its kind
    bool replaces_if_present = false;  ///< it asks for that
    bool broadcast = false;            ///< to areas, without a destination
    std::string_view replaces;  ///< of a broadcast_sm: the message_id of that one; empty: any
    smpp::command_status malformed{};  ///< why nobody could take it; ok: somebody could
};

[[nodiscard]] std::optional<message_fields> fields_of(const smpp::body_view& body) noexcept;

/// That many has submit_multi; others have one. The protocol allows 255.
[[nodiscard]] std::uint8_t destination_count(const message_fields& fields) noexcept;
/// A distribution list has its name for digits. REQUIRES: index < destination_count.
[[nodiscard]] smpp::address_view destination_at(const message_fields& fields,
                                                std::size_t index) noexcept;
/// Those that get the message.
[[nodiscard]] std::vector<std::uint8_t> accepted_destinations(const message_fields& fields);

/// The place of a message in a long one.
struct part_place {
    std::uint16_t reference = 0;
    std::uint8_t total = 1;
    std::uint8_t number = 1;
    std::string_view how;  ///< "udh8", "udh16" or "sar"
};

[[nodiscard]] std::optional<part_place> part_of(const message_fields& fields) noexcept;
/// Whether part_of may find something; cheap.
[[nodiscard]] inline bool may_be_part(const message_fields& fields) noexcept {
    return fields.esm_class.udhi() || !fields.tlvs.empty();
}

/// REQUIRES: the record is not dropped while the reader is used, and nothing is added.
class message_reader final : public smpp::query_subject {
public:
    message_reader(const message_store& store, const session_registry& sessions, message_number id);
    /// One that readers need not see: not yet, or not any more.
    message_reader(message_store& store, const session_registry& sessions, message_number id,
                   bool unpublished);

    [[nodiscard]] bool found() const noexcept { return record_ != nullptr; }
    [[nodiscard]] message_number id() const noexcept { return id_; }
    [[nodiscard]] const mock_smsc::record& record() const noexcept { return *record_; }
    [[nodiscard]] smpp::octet_span octets() const noexcept { return octets_; }
    /// May be null: forgotten.
    [[nodiscard]] const session_info* session() const noexcept { return session_; }
    [[nodiscard]] std::string_view system_id() const noexcept {
        return session_ == nullptr ? std::string_view() : std::string_view(session_->system_id);
    }

    [[nodiscard]] std::string_view scope() const noexcept {
        return session_ == nullptr ? std::string_view() : std::string_view(session_->scope);
    }

    [[nodiscard]] const smpp::pdu_view& pdu();
    [[nodiscard]] const message_fields& fields();
    /// As if the message had only that destination, for queries; without a value: all of them.
    void look_at(std::optional<std::size_t> destination) noexcept { only_ = destination; }
    [[nodiscard]] std::optional<std::size_t> looks_at() const noexcept { return only_; }
    [[nodiscard]] const std::optional<part_place>& part();
    /// What it does against the specification.
    [[nodiscard]] const std::vector<smpp::lint::finding>& findings();
    /// Null: nothing is noted.
    [[nodiscard]] const message_note* note() const noexcept { return note_; }
    /// What data_coding 0 means.
    [[nodiscard]] smpp::alphabet default_alphabet() const noexcept { return default_alphabet_; }
    [[nodiscard]] smpp::alphabet alphabet() {
        return smpp::alphabet_of(fields().data_coding, default_alphabet_);
    }
    /// Decoded, without user data header; of one that stands for all parts that of all.
    [[nodiscard]] const std::string& text();
    /// Lets it see the other parts of a long message. REQUIRES: all of these outlive the reader.
    void look_around(const message_store& store, const session_registry& sessions,
                     const part_index& parts) noexcept;
    /// It is a part of a long message, and all of these can be seen.
    [[nodiscard]] bool complete();
    /// The text of all parts when they are complete, else its own.
    [[nodiscard]] const std::string& whole_text();
    /// Where a long message counts once: that of its parts which came last, when they are complete;
    /// and every short message.
    [[nodiscard]] bool is_last_part();
    /// text() is that of the whole message.
    void stand_for_all() noexcept { stands_for_all_ = true; }
    /// Empty when the message was refused.
    [[nodiscard]] std::string message_id() const;
    void give(smpp::query_field field, smpp::query_values& to) override;

private:
    void look_up(const message_store& store, const session_registry& sessions);
    void decode();

    message_number id_;
    const mock_smsc::record* record_;
    const session_info* session_ = nullptr;
    smpp::octet_span octets_;
    smpp::alphabet default_alphabet_ = smpp::alphabet::gsm7;
    bool decoded_ = false;
    smpp::pdu_view pdu_;
    message_fields fields_;
    std::optional<std::size_t> only_;
    std::optional<part_place> part_;
    std::optional<std::string> text_;
    std::optional<std::string> whole_text_;
    bool stands_for_all_ = false;
    const message_store* store_ = nullptr;  // null: it does not look around
    const session_registry* sessions_ = nullptr;
    const part_index* parts_ = nullptr;
    std::optional<std::vector<smpp::lint::finding>> findings_;
    const message_note* note_ = nullptr;
};

/// The message_id that a message gets.
[[nodiscard]] std::string message_id_of(message_number id);

}  // namespace mock_smsc
