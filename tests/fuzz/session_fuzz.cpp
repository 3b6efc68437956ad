// A session whose peer, clock and owner do anything: nothing crashes, every request completes
// exactly once, and what is sent is PDUs.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>

#include "smpp/session/session_core.hpp"

namespace {

using namespace std::chrono_literals;

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

class input {
public:
    input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    std::uint8_t octet() { return empty() ? std::uint8_t{0} : take(1)[0]; }
    smpp::octet_span take(std::size_t n) {
        const auto out = rest_.first(std::min(n, rest_.size()));
        rest_ = rest_.subspan(out.size());
        return out;
    }

private:
    smpp::octet_span rest_;
};

class driver {
public:
    explicit driver(smpp::role role) : core_(role, options(), now_) {}

    void run(input in) {
        while (!in.empty() && !closed_) {
            step(in);
            drain();
        }
        core_.abort(smpp::session_errc::closed);
        drain();
        require(closed_ && pending_.empty());
    }

private:
    static smpp::session_options options() {
        smpp::session_options out;
        out.window = 4;
        out.max_pdu_size = 2048;
        return out;
    }

    void step(input& in) {
        switch (in.octet() % 8) {
            case 0:
            case 1:
            case 2: feed(in.take(in.octet())); break;
            case 3: now_ += std::chrono::milliseconds(100) * in.octet(); break;
            case 4: request(smpp::submit_sm()); break;
            case 5: request(smpp::bind_transceiver()); break;
            case 6: request(smpp::deliver_sm()); break;
            case 7: end(in.octet()); break;
        }
        if (const auto when = core_.deadline(); when && *when <= now_) {
            core_.on_deadline(now_);
        }
    }

    void feed(smpp::octet_span octets) {
        const auto room = core_.rx_prepare(std::max<std::size_t>(octets.size(), 1));
        require(room.size() >= octets.size());
        if (!octets.empty()) {
            std::memcpy(room.data(), octets.data(), octets.size());
        }
        core_.rx_commit(octets.size(), now_);
    }

    template <class P>
    void request(const P& pdu) {
        if (core_.request(pdu, next_token_, now_)) {
            pending_.insert(next_token_);
        }
        ++next_token_;
    }

    void end(std::uint8_t how) {
        if (how % 4 == 0) {
            core_.shutdown(now_, 1s);
        } else if (how % 4 == 1) {
            core_.on_closed({});
        }
    }

    void drain() {
        while (const smpp::event* e = core_.poll()) {
            switch (e->type) {
                case smpp::event_type::response:
                case smpp::event_type::request_failed:
                    require(pending_.erase(e->token) == 1);
                    break;
                case smpp::event_type::request: answer(e->header); break;
                case smpp::event_type::closed: closed_ = true; break;
                default: break;
            }
        }
        check_sent();
    }

    void answer(const smpp::header& head) {
        if (head.id == smpp::command_id::bind_transceiver) {
            std::ignore = core_.respond(head.sequence_number, smpp::command_status::ok,
                                        smpp::bind_transceiver_resp());
        } else if (head.id == smpp::command_id::submit_sm) {
            std::ignore = core_.respond(head.sequence_number, smpp::command_status::ok,
                                        smpp::submit_sm_resp());
        }
    }

    void check_sent() {
        auto rest = core_.tx().octets();
        while (!rest.empty()) {
            require(rest.size() >= smpp::header_size);
            const std::size_t length = smpp::load_be<std::uint32_t>(rest.data());
            require(length >= smpp::header_size && length <= rest.size());
            smpp::pdu_view sent;
            require(!smpp::decode(rest.first(length), smpp::decode_mode::strict, sent));
            rest = rest.subspan(length);
        }
        core_.tx().consume(core_.tx().size());
    }

    smpp::time_point now_{1h};
    smpp::session_core core_;
    std::set<std::uint64_t> pending_;
    std::uint64_t next_token_ = 1;
    bool closed_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input in(data, size);
    driver(in.octet() % 2 == 0 ? smpp::role::esme : smpp::role::mc).run(in);
    return 0;
}
