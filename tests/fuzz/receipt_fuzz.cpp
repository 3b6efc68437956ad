// Any text: receipts and times are read without harm, and what was read is written and read to the
// same.
#include <cstdlib>
#include <string>
#include <variant>

#include "smpp/text/receipt.hpp"
#include "smpp/text/smpp_time.hpp"

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void read_receipt(std::string_view text) {
    const auto dlr = smpp::parse_receipt(text);
    if (!dlr) {
        return;
    }
    require(!dlr->id.empty() || !dlr->stat.empty());
    require(dlr->id.empty() || smpp::same_message_id(dlr->id, dlr->id));
    if (const auto done = dlr->done()) {
        const auto form = smpp::receipt_date_form::yyyymmddhhmmss;
        require(smpp::parse_receipt_date(smpp::format_receipt_date(*done, form)) == done);
    }
    // A value with such a sign may read as a key, or as a quoted value, once it stands elsewhere.
    std::string values;
    for (const std::string* each : {&dlr->id, &dlr->sub, &dlr->dlvrd, &dlr->submit_date,
                                    &dlr->done_date, &dlr->stat, &dlr->err, &dlr->text}) {
        values += *each;
    }
    if (values.find_first_of(":=\"") == std::string::npos) {
        require(smpp::parse_receipt(smpp::format_receipt(*dlr)) == dlr);
    }
    static_cast<void>(smpp::parse_receipt(smpp::as_octets(text), smpp::alphabet::gsm7));
}

void read_time(std::string_view text) {
    if (const auto time = smpp::parse_time(text)) {
        const auto again =
            std::visit([](const auto& each) { return smpp::format_time(each); }, *time);
        require(!again || smpp::parse_time(*again) == time);
        static_cast<void>(smpp::resolve(*time, {}));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) noexcept {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_receipt(text);
    read_time(text);
    return 0;
}
