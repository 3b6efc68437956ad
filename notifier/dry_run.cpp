#include "dry_run.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "log.hpp"

namespace notifier {
namespace {

namespace json = boost::json;

json::array tlvs_json(const smpp::submit_sm& pdu) {
    json::array out;
    for (const auto& item : pdu.tlvs) {
        out.push_back(json::array{static_cast<unsigned>(item.tag), smpp::to_hex(item.value)});
    }
    return out;
}

/// What was asked for beside the text; nothing of it: nothing.
std::string wishes(const smpp::submit_sm& pdu) {
    std::string out;
    const auto add = [&](std::string_view name, std::string_view value) {
        out.append(value.empty() ? "" : ", ").append(value.empty() ? "" : name).append(value);
    };
    add("schedule ", pdu.schedule_delivery_time);
    add("validity ", pdu.validity_period);
    const unsigned receipt = pdu.registered_delivery.bits;
    add("receipt ", receipt == 0 ? std::string() : fmt::format("0x{:02x}", receipt));
    return out;
}

/// Each part on one line.
std::string with_escaped_lines(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out.append(c == '\r' ? "\\r" : c == '\n' ? "\\n" : std::string(1, c));
    }
    return out;
}

}  // namespace

std::string dry_run_json(const prepared_message& message, const address& to) {
    std::string out;
    for (const auto& part : message.parts) {
        json::object line{{"to", to.addr},
                          {"part", part.number},
                          {"parts", part.total},
                          {"data_coding", static_cast<unsigned>(part.pdu.data_coding)},
                          {"esm_class", part.pdu.esm_class.bits},
                          {"short_message", smpp::to_hex(part.pdu.short_message)},
                          {"text", part.text},
                          {"units", part.units},
                          {"encoding", smpp::name(message.alphabet)}};
        if (!part.pdu.tlvs.empty()) {
            line["tlvs"] = tlvs_json(part.pdu);
        }
        out.append(json::serialize(line)).push_back('\n');
    }
    return out;
}

std::string dry_run_text(const prepared_message& message, const address& to) {
    std::string out;
    for (const auto& part : message.parts) {
        out += fmt::format(
            "{} (TON {}, NPI {}) part {}/{}: {} {} ({} units, data_coding {}, esm_class {}{}): "
            "{}\n",
            to.addr, static_cast<unsigned>(to.ton), static_cast<unsigned>(to.npi), part.number,
            part.total, smpp::name(message.alphabet),
            part.pdu.esm_class.udhi() ? "with header" : "plain", part.units,
            static_cast<unsigned>(part.pdu.data_coding), part.pdu.esm_class.bits, wishes(part.pdu),
            printable(with_escaped_lines(part.text)));
    }
    return out;
}

}  // namespace notifier
