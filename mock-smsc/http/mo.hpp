// Messages from mobiles: what POST /api/v1/mo describes, as deliver_sm PDUs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "smpp/pdu/deliver_sm.hpp"
#include "smpp/text/encoding.hpp"

namespace mock_smsc {

struct mo_request {
    std::string account;                  ///< empty: not said
    std::uint64_t session = 0;            ///< that it is for; 0: any
    std::vector<smpp::deliver_sm> parts;  ///< several when the text is long
};

/// {"from":"1555...","to":"12345","text":"hello","coding":"ucs2","account":"user"}; instead of
/// text: "octets" (hexadecimal). With "data_coding" and "esm_class" as numbers and
/// "tlvs":[[tag,"hexadecimal"]], "session":3. `reference` marks the parts of a long one; `zero` is
/// what data_coding 0 means. Throws std::runtime_error that says what is wrong.
[[nodiscard]] mo_request parse_mo(std::string_view json, std::uint16_t reference,
                                  smpp::alphabet zero = smpp::alphabet::gsm7);

}  // namespace mock_smsc
