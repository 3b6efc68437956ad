#include "mock-smsc/rules/fault_player.hpp"

#include "mock-smsc/command_versions.hpp"
#include "mock-smsc/sessions.hpp"

namespace mock_smsc {
namespace {

/// Calls `use` with the response PDU of a submit.
template <class Use>
void with_response(const submit_answer& what, const Use& use) {
    const auto fill = [&](auto response) {
        response.message_id = what.message_id;
        if constexpr (requires { response.unsuccess_sme; }) {
            response.unsuccess_sme = what.unsuccess_sme;
        }
        use(response);
    };
    switch (what.request) {
        case smpp::command_id::submit_multi: fill(smpp::submit_multi_resp_view()); break;
        case smpp::command_id::broadcast_sm: fill(smpp::broadcast_sm_resp_view()); break;
        case smpp::command_id::data_sm: fill(smpp::data_sm_resp_view()); break;
        default: fill(smpp::submit_sm_resp_view()); break;
    }
}

/// There is one submit less that waits for its answer.
void note_answered(const smpp::server_session& session) noexcept {
    if (session.state() != smpp::session_state::closed) {
        ++static_cast<session_info*>(session.attachment.get())->traffic.answered;
    }
}

void put_length(std::string& octets, std::size_t length) {
    smpp::store_be(reinterpret_cast<std::uint8_t*>(octets.data()),
                   static_cast<std::uint32_t>(length));
}

/// The TLV congestion_state. A refusal is a header alone: its fields come before a TLV.
void add_congestion(std::string& answer, smpp::command_id request, std::uint8_t state) {
    if (answer.size() == smpp::header_size) {
        answer.append(request == smpp::command_id::submit_multi ? 2 : 1, '\0');
    }
    smpp::tlv_list tlvs;
    tlvs.set(smpp::tlv::congestion_state, state);
    answer += tlvs.octets();
    put_length(answer, answer.size());
}

}  // namespace

void answer_submit(smpp::server_session& session, const submit_answer& what) {
    if (what.status == smpp::command_status::invalid_command_id &&
        !has_command(session.core().peer_version(), what.request)) {
        std::ignore = session.nack(what.sequence_number, what.status);
    } else {
        with_response(what, [&](const auto& response) {
            std::ignore = session.respond(what.sequence_number, what.status, response);
        });
    }
    note_answered(session);
}

std::string spoilt(std::string answer, damage how) {
    switch (how) {
        case damage::none: break;
        case damage::length: put_length(answer, answer.size() + 100); break;
        case damage::command_id: answer[7] = '\x7f'; break;
        case damage::tlv:
            answer.append("\x04\x24\xff\xff", 4);  // message_payload of 65535 octets, and none
            put_length(answer, answer.size());
            break;
        case damage::missing_nul:
            // Of the first text: that is the id, or who answers a bind.
            if (const auto nul = answer.find('\0', smpp::header_size); nul != std::string::npos) {
                answer.erase(nul, 1);
            }
            put_length(answer, answer.size());
            break;
        case damage::garbage: answer.assign("\xde\xad\xbe\xef garbage, not SMPP \r\n"); break;
    }
    return answer;
}

void end_session(smpp::server_session& session, ending how) {
    switch (how) {
        case ending::none: break;
        case ending::fin: session.abort(); break;
        case ending::half: session.half_close(); break;
        case ending::rst: session.reset(); break;
        case ending::unbind: session.shutdown(); break;
    }
}

void stall_session(smpp::server_session& session) {
    if (session.state() == smpp::session_state::closed) {
        return;
    }
    static_cast<session_info*>(session.attachment.get())->stalled = true;
    session.mute();
}

void fault_player::play(const std::shared_ptr<smpp::server_session>& session,
                        const submit_answer& what, const verdict& how) {
    std::string octets;
    with_response(what, [&](const auto& response) {
        std::ignore = smpp::append(octets, what.status, what.sequence_number, response);
    });
    if (how.congestion && session->core().peer_version() >= smpp::interface_version::v5_0) {
        add_congestion(octets, what.request, *how.congestion);
    }
    give(session, std::move(octets), how, what.message);
}

void fault_player::play(const std::shared_ptr<smpp::server_session>& session, std::string answer,
                        const verdict& how) {
    give(session, std::move(answer), how, std::nullopt);
}

void fault_player::give(const std::shared_ptr<smpp::server_session>& session, std::string answer,
                        const verdict& how, std::optional<std::uint64_t> submit) {
    if (how.stall) {
        stall_session(*session);
        return;
    }
    if (how.no_response) {
        if (submit) {
            note_answered(*session);  // its window does not stay smaller for ever
        }
        end_session(*session, how.close);
        return;
    }
    if (how.wrong_sequence) {
        auto* const number = reinterpret_cast<std::uint8_t*>(answer.data()) + 12;
        smpp::store_be(number, smpp::load_be<std::uint32_t>(number) + 1'000'000U);
    }
    std::string octets = spoilt(std::move(answer), how.corrupt);
    if (how.duplicate_response) {
        octets += octets;
    }
    if (how.close_after) {
        octets.resize(std::min(octets.size(), *how.close_after));
    }
    // Raw, because the session core would not send such answers.
    auto send = [this, session, octets = std::move(octets), close = how.close, split = how.split,
                 submit] {
        if (submit) {
            note_answered(*session);
            if (on_answered && session->state() != smpp::session_state::closed) {
                on_answered(*submit);
            }
        }
        session->send_raw(smpp::as_octets(octets));
        if (split.size == 0 || octets.empty()) {
            end_session(*session, close);
            return;
        }
        session->dribble(split.size, split.interval);
        if (close != ending::none) {
            session->when_written([session, close] { end_session(*session, close); });
        }
    };
    if (how.delay.count() == 0) {
        send();
    } else {
        after(how.delay, std::move(send));
    }
}

void fault_player::after(std::chrono::microseconds delay, std::function<void()> what) {
    if (waiting_.size() >= most_waiting) {
        what();
        return;
    }
    waiting_.push({std::chrono::steady_clock::now() + delay, ++order_, std::move(what)});
    if (waiting_.top().when < armed_) {
        arm_timer();
    }
}

void fault_player::arm_timer() {
    if (waiting_.empty()) {
        armed_ = std::chrono::steady_clock::time_point::max();
        return;
    }
    armed_ = waiting_.top().when;
    timer_.expires_at(armed_);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (cancelled) {
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        while (!waiting_.empty() && waiting_.top().when <= now) {
            const auto due = waiting_.top().what;
            waiting_.pop();
            due();
        }
        arm_timer();
    });
}

}  // namespace mock_smsc
