#include "mock-smsc/rules/rule_limits.hpp"

#include <algorithm>
#include <iterator>

#include "smpp/session/state.hpp"

namespace mock_smsc::rule_json {
namespace {

constexpr smpp::command_id commands[] = {
#define X(name, number, esme, mc) smpp::command_id::name,
#include "smpp/tables/command_id.def"
#undef X
};

bool clients_send(smpp::command_id id) noexcept {
    using smpp::session_state;
    const auto states = {session_state::open, session_state::bound_tx, session_state::bound_trx};
    return !smpp::is_response(id) && std::any_of(states.begin(), states.end(), [id](auto state) {
        return smpp::may_send(smpp::role::esme, id, state);
    });
}

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Their answers are a header.
bool answered_without_text(std::string_view command) noexcept {
    return one_of(command,
                  {"enquire_link", "unbind", "cancel_sm", "replace_sm", "cancel_broadcast_sm"});
}

bool is_submit(std::string_view command) noexcept {
    return command.empty() ||
           one_of(command, {"submit_sm", "submit_multi", "data_sm", "broadcast_sm"});
}

void check_connection(const rule& read, const std::string& at) {
    const rule_actions& act = read.actions;
    const bool others = act.status || act.throttle || act.corrupt != damage::none ||
                        act.split.size != 0 || act.no_response || act.duplicate_response ||
                        act.wrong_sequence || act.close_after || act.close == ending::unbind;
    if (others || (act.close == ending::none && !act.stall)) {
        wrong(at, "a connection can be ended (close: fin, rst or half), stalled and delayed");
    }
    if (!read.match.queries.empty()) {
        wrong(at, "of a connection nothing is known: nth, first and probability alone");
    }
}

}  // namespace

bool is_command(std::string_view name) noexcept {
    return one_of(name, {command_words::bind, command_words::any, command_words::connect}) ||
           std::any_of(std::begin(commands), std::end(commands), [name](smpp::command_id id) {
               return smpp::name(id) == name && clients_send(id);
           });
}

void check_possible(const json::value& given, const rule& read, const std::string& dot) {
    const std::string& command = read.match.command;
    const rule_actions& act = read.actions;
    if (act.corrupt == damage::missing_nul && answered_without_text(command)) {
        wrong(dot + "actions", fmt::format("the answer to {} has no text to spoil", command));
    }
    if (is_submit(command)) {
        return;
    }
    if (act.receipt || act.reply || !act.tag.empty() || act.congestion) {
        wrong(dot + "actions",
              fmt::format("receipt, reply, tag and congestion are for submits, not "
                          "for {}",
                          command));
    }
    for (const auto& [key, member] : given.at("match").as_object()) {
        if (one_of(view(key), {"from", "to", "text", "query"})) {
            wrong(fmt::format("{}match.{}", dot, view(key)),
                  fmt::format("only submits have that, not {}", command));
        }
    }
    if (command == command_words::connect) {
        check_connection(read, dot + "actions");
    }
}

}  // namespace mock_smsc::rule_json
