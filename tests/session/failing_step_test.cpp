// Whole dialogues, again and again, with something else failing at each of its steps: whatever it
// is, every request completes exactly once, and both sides end.
#include <gtest/gtest.h>

#include "support/dialogue.hpp"

namespace {

using namespace smpp_test;
using parcels = virtual_pair::parcels;

/// What becomes of the nth PDU; all others arrive as they were sent.
using failure = std::function<parcels(const std::string& frame)>;

struct fault {
    const char* name;
    failure what;
};

const fault faults[] = {
    {"cut before it",
     [](const std::string&) {
         return parcels{{0s, ""}};
     }},
    {"cut inside its header",
     [](const std::string& f) {
         return parcels{{0s, f.substr(0, 7)}, {0s, ""}};
     }},
    {"cut before its last octet",
     [](const std::string& f) {
         return parcels{{0s, f.substr(0, f.size() - 1)}, {0s, ""}};
     }},
    {"cut after it",
     [](const std::string& f) {
         return parcels{{0s, f}, {0s, ""}};
     }},
    {"lost", [](const std::string&) { return parcels{}; }},
    {"twice",
     [](const std::string& f) {
         return parcels{{0s, f}, {0s, f}};
     }},
    {"late by a second",
     [](const std::string& f) {
         return parcels{{1s, f}};
     }},
    {"later than its response timer",
     [](const std::string& f) {
         return parcels{{11s, f}};
     }},
    {"later than any timer",
     [](const std::string& f) {
         return parcels{{2min, f}};
     }},
    {"its last octet lost",
     [](const std::string& f) {
         return parcels{{0s, f.substr(0, f.size() - 1)}};
     }},
    {"command_length of 4",
     [](std::string f) {
         f[3] = 4;
         return parcels{{0s, f}};
     }},
    {"command_length of 2 GiB",
     [](std::string f) {
         f[0] = 0x7F;
         return parcels{{0s, f}};
     }},
    {"an unknown command",
     [](std::string f) {
         f[6] = 0x55;
         return parcels{{0s, f}};
     }},
    {"another number",
     [](std::string f) {
         f[12] = 0x11;
         return parcels{{0s, f}};
     }},
    {"an error status",
     [](std::string f) {
         f[11] = 0x08;
         return parcels{{0s, f}};
     }},
    {"a response to nothing before it",
     [](const std::string& f) {
         std::string nack;
         std::ignore = smpp::append(nack, smpp::command_status::system_error, 0x12345,
                                    smpp::submit_sm_resp());
         return parcels{{0s, nack + f}};
     }},
    {"another protocol instead",
     [](const std::string&) {
         return parcels{{0s, "HTTP/1.1 502 Bad Gateway\r\n\r\n"}};
     }},
};

/// Runs the dialogue with `what` befalling PDU `step` (of either side, in the order of sending).
/// Returns how many PDUs were sent.
std::size_t replay(plot is, std::size_t step, const failure& what) {
    dialogue talk(is);
    std::size_t sent = 0;
    talk.pair.line = [&](const virtual_pair::side&, const std::string& octets) {
        parcels out;
        for (const std::string& frame : frames_in(octets)) {
            const auto arrive = sent++ == step ? what(frame) : parcels{{0s, frame}};
            out.insert(out.end(), arrive.begin(), arrive.end());
        }
        return out;
    };
    talk.run();
    talk.expect_every_request_completed_once();
    return sent;
}

TEST(failing_step, without_a_fault_every_dialogue_ends_in_order) {
    for (const auto& each : plots) {
        SCOPED_TRACE(each.name);
        dialogue talk(each.is);
        talk.run();
        talk.expect_every_request_completed_once();
        EXPECT_EQ(talk.accepted(talk.pair.esme), each.esme_accepted);
        EXPECT_EQ(talk.accepted(talk.pair.mc), each.mc_accepted);
        const smpp::error_code& why = talk.pair.esme.events.back().error;
        EXPECT_TRUE(each.is == plot::inactivity ? why == smpp::session_errc::inactivity : !why)
            << why.message();
        if (each.is != plot::refused_bind) {  // nobody unbinds, then
            EXPECT_FALSE(talk.pair.mc.events.back().error);
        }
    }
}

TEST(failing_step, every_fault_at_every_step_leaves_each_request_with_one_outcome) {
    for (const auto& each : plots) {
        const std::size_t steps = replay(each.is, 1'000'000, {});
        ASSERT_GE(steps, 2U);
        for (const fault& befalls : faults) {
            for (std::size_t step = 0; step < steps; ++step) {
                SCOPED_TRACE(std::string(each.name) + ", " + befalls.name + ", PDU " +
                             std::to_string(step));
                replay(each.is, step, befalls.what);
            }
        }
    }
}

/// The dialogue with the line cut after `octets` of what this side sends.
std::size_t cut_after(plot is, std::size_t octets, bool esme_sends) {
    dialogue talk(is);
    std::size_t sent = 0;
    talk.pair.line = [&](const virtual_pair::side& from, const std::string& part) {
        if ((&from == &talk.pair.esme) != esme_sends) {
            return parcels{{0s, part}};
        }
        const std::size_t before = sent;
        sent += part.size();
        if (sent < octets) {
            return parcels{{0s, part}};
        }
        parcels out;
        if (octets > before) {
            out.emplace_back(0s, part.substr(0, octets - before));
        }
        out.emplace_back(0s, "");
        return out;
    };
    talk.run();
    talk.expect_every_request_completed_once();
    return sent;
}

TEST(failing_step, the_line_may_be_cut_at_every_octet) {
    for (const auto& each : plots) {
        for (const bool esme_sends : {true, false}) {
            const std::size_t total = cut_after(each.is, 1'000'000, esme_sends);
            ASSERT_GE(total, smpp::header_size);
            for (std::size_t at = 0; at < total; ++at) {
                SCOPED_TRACE(std::string(each.name) + (esme_sends ? ", ESME" : ", MC") +
                             " cut at " + std::to_string(at));
                cut_after(each.is, at, esme_sends);
            }
        }
    }
}

TEST(failing_step, octet_by_octet_and_in_any_other_portions_all_is_the_same) {
    for (const auto& each : plots) {
        for (const std::size_t portion : {1U, 2U, 3U, 7U, 15U, 16U, 17U, 64U}) {
            SCOPED_TRACE(std::string(each.name) + ", " + std::to_string(portion));
            dialogue talk(each.is);
            talk.pair.chunk = portion;
            talk.run();
            talk.expect_every_request_completed_once();
            EXPECT_EQ(talk.accepted(talk.pair.esme), each.esme_accepted);
            EXPECT_EQ(talk.accepted(talk.pair.mc), each.mc_accepted);
            EXPECT_EQ(talk.pair.mc.core.counters().bad_pdus, 0U);
        }
    }
}

}  // namespace
