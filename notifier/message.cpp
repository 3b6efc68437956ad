#include "message.hpp"

#include <sys/random.h>

#include <algorithm>
#include <atomic>

#include "smpp/message.hpp"
#include "smpp/text/smpp_time.hpp"
#include "smpp/text/utf8.hpp"

namespace notifier {
namespace {

/// A text in its alphabet, and the data_coding that says so.
struct coding {
    smpp::alphabet alphabet{};
    smpp::data_coding data_coding{};
};

parsed<coding> choose_coding(std::string_view text, const parameters& p) {
    if (const auto bad = smpp::utf8::find_invalid(text)) {
        return url_error{"body", "the text is not UTF-8 (octet " + std::to_string(*bad + 1) + ")"};
    }
    coding out;
    if (p.encoding) {
        out = {*p.encoding, smpp::data_coding_of(*p.encoding, p.default_alphabet)};
    } else if (p.data_coding) {
        out.alphabet = smpp::alphabet_of(smpp::data_coding(*p.data_coding), p.default_alphabet);
    } else if (const auto chosen = smpp::encode_cheapest(text, p.default_alphabet)) {
        out = {chosen->alphabet, chosen->data_coding};
    } else {
        return url_error{"body", chosen.error().message()};
    }
    if (p.data_coding) {
        out.data_coding = smpp::data_coding(*p.data_coding);
    }
    return out;
}

/// The class goes into data_coding (3GPP TS 23.038, general data coding).
parsed<coding> with_class(coding chosen, const parameters& p) {
    if (!p.message_class) {
        return chosen;
    }
    if (p.data_coding) {
        return url_error{"class", "class= and data_coding= exclude each other"};
    }
    if (chosen.alphabet != smpp::alphabet::gsm7 && chosen.alphabet != smpp::alphabet::ucs2) {
        return url_error{"class", "a message class needs encoding gsm7 or ucs2, not " +
                                      std::string(smpp::name(chosen.alphabet))};
    }
    const unsigned group = chosen.alphabet == smpp::alphabet::ucs2 ? 0x18U : 0x10U;
    chosen.data_coding = smpp::data_coding(group | *p.message_class);
    return chosen;
}

parsed<std::string> wire_time(const std::optional<message_time>& when, const char* part) {
    if (!when) {
        return std::string();
    }
    std::optional<std::string> text;
    if (!when->after) {
        text = smpp::format_time(smpp::absolute_time{smpp::utc_time(when->at), {}});
    } else if (const auto relative = smpp::make_relative(*when->after)) {
        text = smpp::format_time(*relative);
    } else {
        // 100 days and more do not fit into a relative time.
        const auto now = std::chrono::system_clock::now();
        const auto at = std::chrono::floor<smpp::tenths>(now) + *when->after;
        text = smpp::format_time(smpp::absolute_time{at, {}});
    }
    if (!text) {
        return url_error{part, "the time lies outside of what SMPP can say"};
    }
    return *text;
}

smpp::registered_delivery wanted_receipts(receipt_mode mode) {
    smpp::registered_delivery out;
    using receipt = smpp::registered_delivery::receipt;
    out.set_smsc_receipt(mode == receipt_mode::no        ? receipt::none
                         : mode == receipt_mode::failure ? receipt::failure
                                                         : receipt::final);
    out.set_intermediate(mode == receipt_mode::intermediate);
    return out;
}

/// What all the parts have in common.
parsed<smpp::submit_sm> make_template(const target& t, smpp::data_coding data_coding) {
    const auto& p = t.options;
    const auto schedule = wire_time(p.schedule, "schedule");
    const auto validity = wire_time(p.validity, "validity");
    if (!schedule || !validity) {
        return schedule ? validity.error() : schedule.error();
    }
    smpp::submit_sm pdu;
    pdu.service_type = p.service_type;
    pdu.source = smpp::address(wire_address(t.from), t.from.ton, t.from.npi);
    pdu.protocol_id = p.protocol_id;
    pdu.priority_flag = p.priority;
    pdu.schedule_delivery_time = *schedule;
    pdu.validity_period = *validity;
    pdu.registered_delivery = wanted_receipts(p.receipt);
    pdu.data_coding = data_coding;
    for (const auto& tlv : p.tlvs) {
        pdu.tlvs.add(smpp::tlv_tag(tlv.tag), tlv.value);
    }
    return pdu;
}

class message_maker {
public:
    message_maker(const parameters& p, smpp::alphabet alphabet, smpp::submit_sm pdu)
        : p_(p), pdu_(std::move(pdu)) {
        out_.alphabet = alphabet;
    }

    parsed<prepared_message> run(std::string_view text, std::uint16_t reference) {
        for (;;) {
            auto problem = add(text, reference);
            if (!problem) {
                return std::move(out_);
            }
            if (p_.overflow == overflow_mode::upstream || problem->part != "split") {
                return *problem;
            }
            const auto fitting = longest_fitting(text);
            if (fitting == 0) {
                return *problem;
            }
            if (auto failed = add(text.substr(0, fitting), reference++)) {
                return *failed;
            }
            if (p_.overflow == overflow_mode::truncate) {
                out_.warnings.push_back(
                    "overflow=truncate: only the first " + std::to_string(fitting) + " of " +
                    std::to_string(text.size()) + " octets of the text are sent");
                return std::move(out_);
            }
            text.remove_prefix(fitting);
        }
    }

private:
    using parts_result = boost::system::result<std::vector<smpp::message_part>, url_error>;

    parts_result cut(std::string_view text, std::uint16_t reference) const {
        const auto octets = smpp::encode_text(text, out_.alphabet);
        if (!octets) {
            return url_error{"encoding", octets.error().message()};
        }
        smpp::split_options options;
        options.mode = p_.split;
        options.reference = reference;
        const auto parts = smpp::split(*octets, out_.alphabet, options);
        if (!parts) {
            return url_error{"split", parts.error().message()};
        }
        return *parts;
    }

    std::optional<url_error> add(std::string_view text, std::uint16_t reference) {
        const auto parts = cut(text, reference);
        if (!parts) {
            return parts.error();
        }
        for (const auto& part : *parts) {
            out_.parts.push_back(to_submit(part));
        }
        return std::nullopt;
    }

    prepared_part to_submit(const smpp::message_part& part) const {
        prepared_part out;
        out.pdu = pdu_;
        smpp::set_part(out.pdu, part, pdu_.data_coding);
        out.text = part.text();
        out.units = part.units;
        out.number = part.number;
        out.total = part.total;
        return out;
    }

    /// Octets of the longest beginning that can be sent, a whole number of characters.
    std::size_t longest_fitting(std::string_view text) const {
        std::vector<std::size_t> ends;
        for (std::size_t at = 0; at < text.size();) {
            at += smpp::utf8::next(text, at).size;
            ends.push_back(at);
        }
        const auto fits = [&](std::size_t end, int) {
            return cut(text.substr(0, end), 0).has_value();
        };
        const auto first_too_long = std::lower_bound(ends.begin(), ends.end(), 0, fits);
        return first_too_long == ends.begin() ? 0 : *(first_too_long - 1);
    }

    const parameters& p_;
    smpp::submit_sm pdu_;
    prepared_message out_;
};

std::uint16_t random_reference() {
    std::uint16_t value = 0;
    return getrandom(&value, sizeof value, 0) == sizeof value ? value : std::uint16_t{1};
}

}  // namespace

parsed<prepared_message> prepare(std::string_view text, const target& target,
                                 std::uint16_t reference) {
    if (text.empty()) {
        return url_error{"body", "there is no text to send"};
    }
    auto chosen = choose_coding(text, target.options);
    if (chosen) {
        chosen = with_class(*chosen, target.options);
    }
    if (!chosen) {
        return chosen.error();
    }
    auto pdu = make_template(target, chosen->data_coding);
    if (!pdu) {
        return pdu.error();
    }
    return message_maker(target.options, chosen->alphabet, std::move(*pdu)).run(text, reference);
}

smpp::submit_sm addressed(const prepared_part& part, const address& to) {
    auto pdu = part.pdu;
    pdu.destination = smpp::address(to.addr, to.ton, to.npi);
    return pdu;
}

std::uint16_t next_reference() {
    static std::atomic<std::uint16_t> next{random_reference()};
    return next++;
}

}  // namespace notifier
