// What holds for every PDU of the table, shown on random instances.
#include <gtest/gtest.h>

#include "smpp/codec.hpp"
#include "support/arbitrary.hpp"

namespace {

using smpp::decode_mode;

template <class P>
class every_pdu : public testing::Test {};

using all_pdus = testing::Types<
#define X(name, number, esme_states, mc_states) smpp::basic_##name<smpp::owned>,
#include "smpp/tables/command_id.def"
#undef X
    smpp::submit_sm>;
TYPED_TEST_SUITE(every_pdu, all_pdus);

constexpr std::uint32_t instances = 60;

template <class P>
std::string encoded(const P& body, smpp::command_status status = smpp::command_status::ok) {
    std::string octets;
    EXPECT_EQ(smpp::append(octets, status, 7, body), smpp::codec_failure{});
    return octets;
}

TYPED_TEST(every_pdu, decodes_to_what_was_encoded) {
    for (std::uint32_t seed = 0; seed < instances; ++seed) {
        const auto body = smpp_test::arbitrary(seed).make<TypeParam>();
        const std::string octets = encoded(body);
        smpp::pdu decoded;
        ASSERT_EQ(smpp::decode(smpp::as_octets(octets), decode_mode::strict, decoded),
                  smpp::codec_failure{});
        EXPECT_EQ(decoded.header.command_length, octets.size());
        EXPECT_EQ(decoded.header.id, TypeParam::id);
        EXPECT_EQ(decoded.header.sequence_number, 7U);
        ASSERT_TRUE(std::holds_alternative<TypeParam>(decoded.body));
        EXPECT_EQ(std::get<TypeParam>(decoded.body), body);
    }
}

TYPED_TEST(every_pdu, a_view_encodes_to_the_octets_it_came_from) {
    for (std::uint32_t seed = 0; seed < instances; ++seed) {
        const std::string octets = encoded(smpp_test::arbitrary(seed).make<TypeParam>());
        smpp::pdu_view decoded;
        ASSERT_FALSE(smpp::decode(smpp::as_octets(octets), decode_mode::strict, decoded));
        std::string again;
        ASSERT_FALSE(smpp::append(again, decoded));
        EXPECT_EQ(again, octets);
    }
}

/// Decodes octets that end where their buffer ends, so that AddressSanitizer sees a read beyond.
smpp::codec_failure decode_exact(std::string_view octets, decode_mode mode) {
    std::vector<std::uint8_t> exact(octets.begin(), octets.end());
    smpp::store_be<std::uint32_t>(exact.data(), static_cast<std::uint32_t>(exact.size()));
    smpp::pdu_view decoded;
    return smpp::decode(exact, mode, decoded);
}

TYPED_TEST(every_pdu, cut_at_any_octet_it_is_a_failure_or_ends_before_a_tlv) {
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        const auto body = smpp_test::arbitrary(seed).make<TypeParam>();
        const std::string octets = encoded(body);
        std::size_t tlvs = 0;
        if constexpr (requires { body.tlvs; }) {
            tlvs = body.tlvs.octets().size();
        }
        for (std::size_t size = smpp::header_size; size < octets.size(); ++size) {
            const auto failure = decode_exact(octets.substr(0, size), decode_mode::strict);
            const bool in_tlvs = size >= octets.size() - tlvs;
            EXPECT_TRUE(failure || in_tlvs) << "cut at " << size << " of " << octets.size();
            static_cast<void>(decode_exact(octets.substr(0, size), decode_mode::lenient));
        }
    }
}

TYPED_TEST(every_pdu, one_octet_more_is_a_strict_failure) {
    const std::string octets = encoded(smpp_test::arbitrary(3).make<TypeParam>()) + '\0';
    EXPECT_TRUE(decode_exact(octets, decode_mode::strict));
    EXPECT_FALSE(decode_exact(octets, decode_mode::lenient));
}

TYPED_TEST(every_pdu, an_error_response_without_fields_is_its_header) {
    if constexpr (smpp::response<TypeParam>) {
        const std::string octets = encoded(TypeParam(), smpp::command_status::throttled);
        EXPECT_EQ(octets.size(), smpp::header_size);
        smpp::pdu decoded;
        EXPECT_FALSE(smpp::decode(smpp::as_octets(octets), decode_mode::strict, decoded));
        EXPECT_TRUE(std::holds_alternative<TypeParam>(decoded.body));
    }
}

}  // namespace
