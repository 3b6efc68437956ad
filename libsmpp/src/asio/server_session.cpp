// A session of a server, as its owner sees it.
#include <cstring>

#include "asio/link.hpp"
#include "smpp/asio/server.hpp"

namespace smpp {

server_session::server_session(std::shared_ptr<detail::link> line, std::uint64_t id)
    : line_(std::move(line)), id_(id), peer_(line_->peer()), security_(line_->security()) {}

session_core& server_session::core() noexcept { return line_->core(); }
const session_core& server_session::core() const noexcept { return line_->core(); }
void server_session::flush_soon() { line_->schedule_flush(); }
std::size_t server_session::unwritten() const noexcept { return line_->unwritten(); }

void server_session::filter_answer(std::uint32_t sequence_number, std::size_t queued_before) {
    auto& tx = line_->core().tx();
    const std::string queued(as_text(tx.octets().subspan(queued_before)));
    tx.drop_back(queued.size());
    // An unbind may follow it, when it was the last that was owed.
    const octet_span all = as_octets(queued);
    const octet_span answer = all.first(load_be<std::uint32_t>(all.data()));
    if (!answer_filter(sequence_number, answer)) {
        send_raw(answer);
    }
    send_raw(all.subspan(answer.size()));
}

void server_session::shutdown(duration drain) {
    if (line_->muted()) {
        abort();  // nobody would hear the unbind
        return;
    }
    line_->core().shutdown(session_clock::now(), drain);
    line_->schedule_flush();
}

void server_session::abort() {
    line_->core().abort(session_errc::closed);
    line_->settle();
}

void server_session::reset() { line_->reset(); }

void server_session::send_raw(octet_span octets) {
    if (!octets.empty()) {
        auto& tx = line_->core().tx();
        std::memcpy(tx.prepare(octets.size()), octets.data(), octets.size());
        tx.commit(octets.size());
        line_->schedule_flush();
    }
}

void server_session::pause_reading() { line_->pause_reading(); }
void server_session::resume_reading() { line_->resume_reading(); }
void server_session::dribble(std::size_t size, duration interval) { line_->pace(size, interval); }
void server_session::when_written(std::function<void()> then) {
    line_->when_written(std::move(then));
}
void server_session::half_close() { line_->half_close(); }
void server_session::mute() { line_->mute(); }

}  // namespace smpp
