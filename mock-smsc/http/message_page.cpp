#include "mock-smsc/http/message_page.hpp"

namespace mock_smsc {

message_page::message_page(const message_source& source, detail how) : source_(source), how_(how) {
    out_.open('{').open("messages", '[');
}

void message_page::add(message_reader& message) {
    put_message(out_, message, source_, how_);
    ++count_;
}

void message_page::add(message_number id) {
    if (!full()) {
        message_reader message(source_.store, source_.sessions, id);
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
