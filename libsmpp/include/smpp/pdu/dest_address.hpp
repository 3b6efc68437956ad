// dest_address of submit_multi: a number, or the name of a distribution list (3.4: 4.5.1.1).
//
//     sm.dest_address.push_back(smpp::dest_address(smpp::address("15557654321")));
#pragma once

#include "smpp/address.hpp"
#include "smpp/wire.hpp"

namespace smpp {

template <class S>
struct basic_dest_address {
    basic_dest_address() = default;
    explicit basic_dest_address(basic_address<S> sme) : address(std::move(sme)) {}

    smpp::dest_flag dest_flag = smpp::dest_flag::sme_address;
    basic_address<S> address{};  ///< with dest_flag sme_address
    typename S::text dl_name{};  ///< with dest_flag distribution_list

    template <class V, class Self>
    static constexpr bool fields(V&& field, Self& s) {
        if (!field("dest_flag", s.dest_flag)) {
            return false;
        }
        switch (s.dest_flag) {
            case smpp::dest_flag::sme_address:
                return field("dest_addr_ton", s.address.ton) &&
                       field("dest_addr_npi", s.address.npi) &&
                       field("destination_addr", s.address.digits, cstring{21});
            case smpp::dest_flag::distribution_list:
                return field("dl_name", s.dl_name, cstring{21});
        }
        return field("dest_flag", unknown_layout{});
    }
    friend bool operator==(const basic_dest_address&, const basic_dest_address&) = default;
};

using dest_address = basic_dest_address<owned>;

}  // namespace smpp
