// What rules and limits make of a submit, on its way through the recorder.
#include <algorithm>

#include "mock-smsc/accounts/limits.hpp"
#include "mock-smsc/receipts/mobile_message.hpp"
#include "mock-smsc/recorder.hpp"
#include "mock-smsc/rules/receipt_memo.hpp"

namespace mock_smsc {
namespace {

/// `text` with each of the words replaced.
std::string filled_in(std::string text,
                      std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at)) {
        const auto* const found = std::find_if(words.begin(), words.end(), [&](const auto& each) {
            return std::string_view(text).substr(at).starts_with(each.first);
        });
        if (found == words.end()) {
            ++at;
        } else {
            text.replace(at, found->first.size(), found->second);
            at += found->second.size();
        }
    }
    return text;
}

/// What a rule makes of the settings.
delivery_settings settings_by(const verdict& fault, const delivery_settings& usual) {
    delivery_settings out = usual;
    const receipt_action& receipt = *fault.receipt;
    out.delay = fault.receipt_delay.value_or(usual.delay);
    for (std::size_t i = 0; i < receipt.states.size(); ++i) {
        out.delay += fault.step_delays[i];
        out.outcome = receipt.states[i].state;
        if (i + 1 < receipt.states.size()) {
            out.steps.emplace_back(out.delay, out.outcome);
        }
    }
    out.silent = receipt.never;
    out.unasked = receipt.unasked;
    return out;
}

}  // namespace

delivery_plan recorder::plan_for(const message_fields& fields, microseconds_utc now, record& r,
                                 const verdict* fault) const {
    delivery_plan plan;
    if (r.status != smpp::command_status::ok) {
        r.state = smpp::message_state::rejected;
        r.done = now;
        return plan;
    }
    plan = plan_delivery(
        fields, now,
        fault != nullptr && fault->receipt ? settings_by(*fault, settings_) : settings_);
    r.awaited = plan.unasked || wants_step(fields.registered_delivery);
    r.state = plan.first;
    if (plan.at <= now) {
        message_fields told = fields;
        told.refused = fault == nullptr ? nullptr : &fault->refused;
        r.state = plan.outcome;
        r.done = now;
        r.receipts_due =
            plan.silent ? std::uint8_t{0} : receipts_of(told, plan.outcome, plan.unasked);
    }
    return plan;
}

delivery_plan recorder::plan_again(message_number id, const message_fields& fields,
                                   microseconds_utc from) {
    auto found = verdicts_.find(id);
    const message_note* const note = p_.store.note(id);
    if (found == verdicts_.end() && note != nullptr && !note->receipt.empty()) {
        if (auto said = recalled(note->receipt)) {
            found = verdicts_.emplace(id, std::make_shared<const verdict>(std::move(*said))).first;
        }
    }
    return plan_delivery(
        fields, from,
        found == verdicts_.end() ? settings_ : settings_by(*found->second, settings_));
}

/// What is left of it after a restart: states that have been passed are not told again.
delivery_plan recorder::plan_left(message_number id, const message_fields& fields,
                                  const record& r) {
    delivery_plan plan = plan_again(id, fields, r.received);
    if (plan.steps && r.done != 0) {
        plan.steps.reset();
    } else if (plan.steps) {
        auto left = *plan.steps;
        std::erase_if(left,
                      [now = utc_now()](const delivery_step& each) { return each.at <= now; });
        plan.steps = std::make_shared<const std::vector<delivery_step>>(std::move(left));
    }
    return plan;
}

std::shared_ptr<const verdict> recorder::judge(message_number id, record& r,
                                               const session_info& info,
                                               const message_fields& fields) {
    verdict said;
    const auto refused = info.account ? refused_by_limits(info, fields, r.received) : std::nullopt;
    if (fields.malformed != smpp::command_status::ok) {
        said.status = fields.malformed;
        said.faults = "malformed";
    } else if (refused) {
        said.status = refused->status;
        said.faults = refused->limit;
    } else if (!p_.rules.empty()) {
        message_reader message(p_.store, p_.sessions, id, true);
        said = p_.rules.judge_submit(message);
    }
    if (said.faults.empty()) {
        return nullptr;
    }
    r.status = said.status;
    message_note& note = p_.store.annotate(id);
    note.faults = said.faults;
    note.refused = said.refused;
    if (said.receipt && p_.journal != nullptr) {
        note.receipt = receipt_memo(said);
    }
    for (const auto& each : said.tags) {
        note.add_tag(each);
    }
    auto out = std::make_shared<const verdict>(std::move(said));
    if (out->receipt) {
        verdicts_.emplace(id, out);
    }
    return out;
}

std::vector<smpp::basic_unsuccess_sme<smpp::view>> recorder::unsuccess_of(
    const answer& what) const {
    message_reader message(p_.store, p_.sessions, what.id, true);
    std::vector<smpp::basic_unsuccess_sme<smpp::view>> out;
    for (const refused_destination& each : what.fault->refused) {
        if (message.found()) {
            auto& one = out.emplace_back();
            one.address = destination_at(message.fields(), each.index);
            one.error_status_code = static_cast<std::uint32_t>(each.status);
        }
    }
    return out;
}

/// The message back that a rule wants.
void recorder::reply(const answer& what) {
    message_reader message(p_.store, p_.sessions, what.id, true);
    if (!message.found()) {
        return;
    }
    const reply_action& wanted = *what.fault->reply;
    const message_fields& fields = message.fields();
    const auto filled = filled_in(wanted.text, {{"{text}", message.text()},
                                                {"{from}", fields.source.digits},
                                                {"{to}", fields.destination.digits}});
    smpp::deliver_sm common;
    common.source = wanted.from.empty()
                        ? smpp::address(std::string(fields.destination.digits),
                                        fields.destination.ton, fields.destination.npi)
                        : address_of_number(wanted.from);
    common.destination =
        smpp::address(std::string(fields.source.digits), fields.source.ton, fields.source.npi);
    std::vector<smpp::deliver_sm> parts;
    try {
        parts = mobile_text(common, filled, {}, ++reply_reference_, p_.store.default_alphabet());
    } catch (const std::exception&) {
        return;  // too long a text to send back
    }
    auto send = [this, account = std::string(message.system_id()), parts = std::move(parts)] {
        for (const auto& part : parts) {
            std::ignore = p_.receipts.queue_mo(account, part);
        }
        p_.receipts.pump();
    };
    if (what.fault->reply_delay.count() == 0) {
        send();  // in this turn: the same seed gives the same order
    } else {
        p_.faults.after(what.fault->reply_delay, std::move(send));
    }
}

receipt_sender::style recorder::style_of(message_number id) const {
    if (verdicts_.empty()) {
        return nullptr;
    }
    const auto found = verdicts_.find(id);
    return found == verdicts_.end() ? nullptr : found->second->receipt;
}

}  // namespace mock_smsc
