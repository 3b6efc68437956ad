// What a filter lets through, and PDUs to try it on.
#pragma once

#include "dump/collect.hpp"
#include "smpp-dump/filter.hpp"

namespace smpp_dump_test {

/// Keeps the sequence numbers of those that pass.
struct matching final : smpp_dump::record_sink {
    explicit matching(std::string_view filter) : wanted(filter) {}
    explicit matching(smpp_dump::filter filter) : wanted(std::move(filter)) {}
    void on_record(const smpp_dump::record& r) override {
        numbers += wanted.matches(r) ? std::to_string(r.pdu.header.sequence_number) : "";
    }
    smpp_dump::filter wanted;
    std::string numbers;
};

template <class P>
void add(std::string& to, std::uint32_t number, const P& pdu,
         smpp::command_status status = smpp::command_status::ok) {
    ASSERT_FALSE(smpp::append(to, status, number, pdu));
}

}  // namespace smpp_dump_test
