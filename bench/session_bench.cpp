// What two session cores spend on a submit_sm and its answer, without sockets: bare, with
// statistics, and with a hook that sees every PDU.
//
//     session_bench --benchmark_repetitions=9
#include <benchmark/benchmark.h>

#include <cstring>

#include "smpp/session/session_core.hpp"
#include "smpp/session/statistics.hpp"

namespace {

constexpr int window = 100;

enum class watched : std::uint8_t { by_nobody, by_statistics, by_hook };

/// Both ends of a session, and the line between them.
class ends {
public:
    explicit ends(watched how)
        : esme_(smpp::role::esme, options(how), now_), mc_(smpp::role::mc, options(how), now_) {
        if (how == watched::by_hook) {
            for (auto* each : {&esme_, &mc_}) {
                each->set_frame_hook([this](smpp::octet_span frame) { seen_ += frame.size(); });
            }
        }
        submit_.source.digits = "12345";
        submit_.destination.digits = "15551234567";
        submit_.short_message = "twenty octets of SMS";
        answer_.message_id = "12345678";
        std::ignore = esme_.request(smpp::bind_transceiver(), 1, now_);
        exchange();
        exchange();
    }

    /// A window of submits, sent together and answered together; returns how many were answered.
    int round() {
        now_ += std::chrono::microseconds(50);
        for (int i = 0; i < window; ++i) {
            std::ignore = esme_.request(submit_, 1, now_);
        }
        return exchange();
    }

private:
    static smpp::session_options options(watched how) {
        smpp::session_options out;
        out.window = window;
        if (how == watched::by_statistics) {
            out.statistics = std::make_shared<smpp::session_statistics>();
        }
        return out;
    }

    void move(smpp::session_core& from, smpp::session_core& to) {
        const smpp::octet_span octets = from.tx().octets();
        const auto room = to.rx_prepare(octets.size());
        std::memcpy(room.data(), octets.data(), octets.size());
        to.rx_commit(octets.size(), now_);
        from.tx().consume(octets.size());
    }

    int exchange() {
        move(esme_, mc_);
        while (const smpp::event* e = mc_.poll()) {
            const auto number = e->header.sequence_number;
            if (e->header.id == smpp::command_id::submit_sm) {
                std::ignore = mc_.respond(number, smpp::command_status::ok, answer_);
            } else {
                std::ignore =
                    mc_.respond(number, smpp::command_status::ok, smpp::bind_transceiver_resp());
            }
        }
        now_ += std::chrono::microseconds(50);
        move(mc_, esme_);
        int answered = 0;
        while (esme_.poll() != nullptr) {
            ++answered;
        }
        return answered;
    }

    smpp::time_point now_{std::chrono::hours(1)};
    smpp::session_core esme_;
    smpp::session_core mc_;
    smpp::submit_sm submit_;
    smpp::submit_sm_resp answer_;
    std::size_t seen_ = 0;
};

void submit_and_answer(benchmark::State& state, watched how) {
    ends both(how);
    for (auto _ : state) {
        if (both.round() != window) {
            state.SkipWithError("not all were answered");
        }
    }
    state.SetItemsProcessed(state.iterations() * window);
}

BENCHMARK_CAPTURE(submit_and_answer, bare, watched::by_nobody);
BENCHMARK_CAPTURE(submit_and_answer, statistics, watched::by_statistics);
BENCHMARK_CAPTURE(submit_and_answer, hook, watched::by_hook);

}  // namespace
