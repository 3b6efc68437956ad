// A command that no specification has, for tests.
#pragma once

#include "smpp/visitors/body_codec.hpp"

namespace smpp_test {

struct vendor_status_resp {
    static constexpr auto id = smpp::command_id(0x80010203);

    std::uint16_t credit = 0;
    smpp::tlv_list tlvs{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("credit", s.credit) && field("tlvs", s.tlvs);
    }
    [[maybe_unused]] friend bool operator==(const vendor_status_resp&,
                                            const vendor_status_resp&) = default;
};

struct vendor_status {
    static constexpr auto id = smpp::command_id(0x00010203);
    using response = vendor_status_resp;

    std::string subscriber{};

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        return field("subscriber", s.subscriber, smpp::cstring{21});
    }
    [[maybe_unused]] friend bool operator==(const vendor_status&, const vendor_status&) = default;
};

}  // namespace smpp_test
