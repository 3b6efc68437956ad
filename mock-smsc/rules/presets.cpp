#include "mock-smsc/rules/presets.hpp"

#include <fmt/format.h>

#include "mock-smsc/names.hpp"
#include "smpp/command_status.hpp"

namespace mock_smsc {
namespace {

struct preset {
    std::string_view carrier;
    std::string_view rules;
};

constexpr preset carriers[] = {
    {"healthy", "[]"},
    {"slow", R"([{"actions":[{"delay":{"lognormal":["300ms",0.6]}}]}])"},
    {"flaky",
     R"([{"match":{"probability":0.05},"actions":[{"status":"ESME_RSYSERR"}]},
         {"match":{"probability":0.02},"actions":[{"no_response":true}]},
         {"match":{"probability":0.01},"actions":[{"no_response":true,"close":"rst"}]},
         {"match":{"probability":0.05},"actions":[{"receipt":{"state":"UNDELIVERABLE"}}]}])"},
    {"throttling", R"([{"actions":[{"throttle":{"rate":10,"burst":10}}]}])"},
    {"strict",
     R"([{"match":{"to":"^$|[^0-9]","query":"-command:broadcast_sm"},
          "actions":[{"status":"ESME_RINVDSTADR"}]},
         {"match":{"from":"^$"},"actions":[{"status":"ESME_RINVSRCADR"}]},
         {"match":{"query":"lint:message.both-texts OR lint:text.odd-octets"},
          "actions":[{"status":"ESME_RINVMSGLEN"}]},
         {"match":{"query":"lint:message.udhi-without-udh OR lint:message.udh-without-udhi"},
          "actions":[{"status":"ESME_RINVESMCLASS"}]},
         {"match":{"query":"lint:message.sar- OR lint:message.concat-numbers"},
          "actions":[{"status":"ESME_RINVTLVVAL"}]},
         {"match":{"query":"lint:tlv.stream"},"actions":[{"status":"ESME_RINVTLVSTREAM"}]},
         {"match":{"query":"lint:tlv.length"},"actions":[{"status":"ESME_RINVTLVLEN"}]},
         {"match":{"query":"lint:framing."},"actions":[{"status":"ESME_RINVCMDLEN"}]},
         {"match":{"query":"lint:error"},"actions":[{"status":"ESME_RSUBMITFAIL"}]}])"},
    {"dead", R"([{"match":{"command":"any"},"actions":[{"stall":true}]}])"},
};

void append_rule(std::string& list, std::string_view suffix, std::string_view action) {
    list += fmt::format(R"({}{{"match":{{"to":"{}$"}},"actions":[{}]}})",
                        list.size() > 1 ? "," : "", suffix, action);
}

}  // namespace

std::string magic_rules() {
    using smpp::command_status;
    std::string list = "[";
    for (const auto status :
         {command_status::system_error, command_status::invalid_source_address,
          command_status::invalid_destination_address, command_status::message_queue_full,
          command_status::submit_failed, command_status::throttled,
          command_status::receiver_temporary_error, command_status::receiver_permanent_error,
          command_status::receiver_reject_message}) {
        append_rule(list, fmt::format("99{:04}", static_cast<unsigned>(status)),
                    fmt::format(R"({{"status":"{}"}})", smpp::name(status)));
    }
    for (const auto state : {smpp::message_state::expired, smpp::message_state::deleted,
                             smpp::message_state::undeliverable, smpp::message_state::unknown,
                             smpp::message_state::rejected}) {
        append_rule(list, fmt::format("98{:04}", static_cast<unsigned>(state)),
                    fmt::format(R"({{"receipt":{{"state":"{}"}}}})", state_word(state)));
    }
    append_rule(list, "980000", R"({"receipt":"never"})");
    append_rule(list, "970001", R"({"no_response":true})");
    append_rule(list, "970002", R"({"no_response":true,"close":"rst"})");
    append_rule(list, "970003", R"({"delay":"3s"})");
    return list + "]";
}

std::optional<std::string> carrier_rules(std::string_view name) {
    for (const preset& each : carriers) {
        if (each.carrier == name) {
            return std::string(each.rules);
        }
    }
    return std::nullopt;
}

}  // namespace mock_smsc
