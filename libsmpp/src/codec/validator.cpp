#include "smpp/visitors/validator.hpp"

namespace smpp {
namespace {

constexpr tlv_tag sar_tags[] = {tlv_tag::sar_msg_ref_num, tlv_tag::sar_total_segments,
                                tlv_tag::sar_segment_seqnum};

/// Whether the octets begin with a header of the length that they say.
bool has_header(std::string_view text) noexcept {
    return !text.empty() && static_cast<std::uint8_t>(text.front()) < text.size();
}

/// 3.3 has no TLVs at all; 3.4 lets vendors have theirs.
bool has_tlv(interface_version version, const tlv_info* row) noexcept {
    return version >= interface_version::v3_4 && (row == nullptr || row->carriers_3_4 != 0);
}

}  // namespace

bool validator::check_tlvs() noexcept {
    std::uint32_t offset = tlvs_at_;
    for (detail::tlv_iterator at(tlvs_), end; at != end; ++at) {
        const tlv_item item = *at;
        if (!check_tlv(item, offset)) {
            return false;
        }
        switch (item.tag) {
            case tlv_tag::message_payload:
                payload_ = item.value;
                payload_at_ = offset;
                break;
            case tlv_tag::sar_msg_ref_num:
            case tlv_tag::sar_total_segments:
            case tlv_tag::sar_segment_seqnum: sar_at_ = sar_at_ == 0 ? offset : sar_at_; break;
            default: break;
        }
        offset += static_cast<std::uint32_t>(4 + item.value.size());
    }
    return true;
}

bool validator::check_tlv(const tlv_item& item, std::uint32_t offset) noexcept {
    const tlv_info* const row = find_tlv(item.tag);
    if (peer_ < interface_version::v5_0 && !has_tlv(peer_, row)) {
        return fail_at(codec_errc::not_in_version, row != nullptr ? row->name.data() : "tlvs",
                       offset);
    }
    if (row == nullptr) {
        return item.tag != tlv_tag{} || fail_at(codec_errc::reserved_tag, "tlvs", offset);
    }
    if (item.value.size() < row->min_length || item.value.size() > row->max_length) {
        return fail_at(codec_errc::invalid_tlv_length, row->name.data(), offset);
    }
    if (row->type == tlv_type::cstring && item.value.find('\0') != item.value.size() - 1) {
        return fail_at(
            item.value.back() == '\0' ? codec_errc::embedded_nul : codec_errc::missing_terminator,
            row->name.data(), offset);
    }
    return true;
}

bool validator::require(std::span<const tlv_tag> tags) noexcept {
    for (const tlv_tag tag : tags) {
        if (!detail::find_tlv_value(tlvs_, tag)) {
            return fail_at(codec_errc::missing_tlv, find_tlv(tag)->name.data(), tlvs_at_);
        }
    }
    return true;
}

void validator::finish() noexcept {
    if (text_.size() > 254 && peer_ < interface_version::v5_0) {
        fail_at(codec_errc::too_long, "short_message", text_at_);
    } else if (!text_.empty() && !payload_.empty()) {
        fail_at(codec_errc::both_texts, "message_payload", payload_at_);
    } else if (udhi_ && !has_header(text_.empty() ? payload_ : text_)) {
        fail_at(codec_errc::missing_udh, "esm_class", esm_class_at_);
    } else if (udhi_ && sar_at_ != 0) {
        fail_at(codec_errc::sar_with_udh, "sar_msg_ref_num", sar_at_);
    } else if (sar_at_ == 0 || require(sar_tags)) {
        require(mandatory_);
    }
}

}  // namespace smpp
