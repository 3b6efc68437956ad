#include "mock-smsc/http/message_page.hpp"

namespace mock_smsc {

message_page::message_page(const message_source& source, detail how, bool joined)
    : source_(source), how_(how), joined_(joined) {
    out_.open('{').open("messages", '[');
}

void message_page::add(message_reader& message) {
    if (joined_) {
        message.stand_for_all();
    }
    put_message(out_, message, source_, how_);
    ++count_;
}

void message_page::add(message_number id) {
    if (!full()) {
        message_reader message = source_.read(id);
        if (message.found()) {  // what was found before may be gone now
            add(message);
        }
    }
}

bool message_page::full() const noexcept {
    constexpr std::size_t most = std::size_t{32} << 20;
    return out_.size() > most;
}

std::string message_page::text(std::string_view begin) {
    out_.close(']').member("count", count_).member("total", source_.store.size()).close('}');
    out_.text().insert(1, begin);
    return std::move(out_.text());
}

}  // namespace mock_smsc
