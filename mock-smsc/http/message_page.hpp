// What calls that show several messages answer with, put together piece by piece.
//
//     message_page page(source, detail::summary);
//     page.add(message);
//     reply(json_response(200, page.text()));
#pragma once

#include <cstddef>
#include <string>

#include "mock-smsc/http/message_json.hpp"

namespace mock_smsc {

class message_page {
public:
    /// `joined`: a long message shows the text of all of its parts.
    message_page(const message_source& source, detail how, bool joined = false);

    void add(message_reader& message);
    /// The same, when it is still there and there is room.
    void add(message_number id);
    /// So much that the rest is for another page.
    [[nodiscard]] bool full() const noexcept;
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    /// {"messages":[...],"count":..,"total":..}. `begin`: members that come first, and a comma.
    /// Once.
    [[nodiscard]] std::string text(std::string_view begin = {});

private:
    message_source source_;
    detail how_;
    bool joined_;
    json_out out_;
    std::size_t count_ = 0;
};

}  // namespace mock_smsc
