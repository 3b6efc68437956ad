// Address of a message: type of number, numbering plan and the digits (or letters).
//
//     smpp::address from("ACME", smpp::ton::alphanumeric, smpp::npi::unknown);
#pragma once

#include <utility>

#include "smpp/storage.hpp"
#include "smpp/values.hpp"

namespace smpp {

template <class S>
struct basic_address {
    basic_address() = default;
    explicit basic_address(typename S::text digits_, smpp::ton ton_ = smpp::ton::unknown,
                           smpp::npi npi_ = smpp::npi::unknown)
        : ton(ton_), npi(npi_), digits(std::move(digits_)) {}

    smpp::ton ton{};
    smpp::npi npi{};
    typename S::text digits{};

    friend bool operator==(const basic_address&, const basic_address&) = default;
};

using address = basic_address<owned>;
using address_view = basic_address<view>;

}  // namespace smpp
