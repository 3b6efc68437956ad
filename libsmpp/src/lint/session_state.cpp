// Who may send what when, in which version, and how the link is kept.
#include <fmt/format.h>

#include "lint/session_rules.hpp"

namespace smpp::lint {
namespace {

// The names are those of the last two columns of tables/command_id.def.
enum states : unsigned {
    none = 0,
    open = 1U << 0U,
    outbound = 1U << 1U,
    bound_tx = 1U << 2U,
    bound_rx = 1U << 3U,
    bound_trx = 1U << 4U,
    any_bound = bound_tx | bound_rx | bound_trx,
    any_open = any_bound | open | outbound,
};

/// The states in which `by` may send it.
unsigned states_of(end by, command_id id) noexcept {
    switch (id) {
#define X(name, number, esme_states, mc_states) \
    case command_id::name:                      \
        return by == end::esme ? (esme_states) : (mc_states);
#include "smpp/tables/command_id.def"
#undef X
    }
    return any_open;  // a vendor's, who knows
}

}  // namespace

void session_lint::check_state(end by, const header& head) {
    if (is_bind(head.id)) {
        if (is_bound() || binding_ != command_id{}) {
            add(rule::session_second_bind, by, head);
        }
        return;
    }
    if (is_link_command(head.id)) {
        return;
    }
    if (of(by).unbound) {
        add(rule::session_after_unbind, by, head, named(head.id));
    } else if (!is_bound()) {
        if (!gaps_) {
            add(rule::session_before_bind, by, head, named(head.id));
        }
    } else {
        const unsigned now = state_ == state::bound_tx   ? bound_tx
                             : state_ == state::bound_rx ? bound_rx
                                                         : bound_trx;
        unsigned allowed = states_of(by, head.id);
        if (head.id == command_id::data_sm && version_ >= interface_version::v5_0) {
            // 3.4 has it in any session either way, 5.0 by its direction.
            allowed = bound_trx | (by == end::esme ? bound_tx : bound_rx);
        }
        if ((allowed & now) == 0) {
            add(rule::session_wrong_role, by, head,
                fmt::format("{} on {}", named(head.id), name(bind_)));
        }
    }
}

void session_lint::check_version(end by, const header& head,
                                 const std::optional<interface_version>& version) {
    if (version && !in_version(head.id, *version)) {
        add(rule::session_version, by, head, named(head.id));
    }
}

void session_lint::check_tlvs(end by, const pdu_view& pdu) {
    if (!version_ || *version_ >= interface_version::v3_4) {
        return;
    }
    const bool has_tlvs = std::visit(
        [](const auto& body) {
            if constexpr (requires { body.tlvs; }) {
                return !body.tlvs.empty();
            } else {
                return false;
            }
        },
        pdu.body);
    if (has_tlvs) {
        add(rule::session_tlv_on_3_3, by, pdu.header);
    }
}

void session_lint::check_silence() {
    if (last_pdu_ >= time::zero() && now_ - last_pdu_ > silence && is_bound() && !gaps_) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now_ - last_pdu_);
        add(rule::session_silence, end::esme, {}, fmt::format("{} s", seconds.count()));
    }
}

/// Any PDU proves that the peer is there: only a silent line has to be asked.
void session_lint::check_enquire(end by, const header& head) {
    constexpr time busy = std::chrono::seconds(1);
    constexpr time quick = std::chrono::seconds(5);
    constexpr time often_enough = std::chrono::seconds(20);
    constexpr unsigned a_habit = 3;
    side& sender = of(by);
    const bool again = sender.last_enquire >= time::zero();
    const time since = now_ - sender.last_enquire;
    sender.quick_enquires = again && since < quick ? sender.quick_enquires + 1 : 0;
    const bool on_a_busy_line = again && since < often_enough && last_operation_ >= time::zero() &&
                                now_ - last_operation_ <= busy;
    sender.busy_enquires = on_a_busy_line ? sender.busy_enquires + 1 : 0;
    sender.last_enquire = now_;
    if (sender.quick_enquires == a_habit) {
        add(rule::session_enquire_often, by, head, "every few seconds");
    } else if (sender.busy_enquires == a_habit) {
        add(rule::session_enquire_often, by, head, "although messages pass");
    }
}

/// Numbers go up to 0x7FFFFFFF and begin again with 1.
void session_lint::check_numbers(end by, const header& head) {
    constexpr std::uint32_t greatest = 0x7FFFFFFF;
    side& sender = of(by);
    if (sender.last_number == greatest && head.sequence_number != 1) {
        add(rule::session_sequence_wrap, by, head, fmt::format("{}", head.sequence_number));
    }
    sender.last_number = head.sequence_number;
}

}  // namespace smpp::lint
