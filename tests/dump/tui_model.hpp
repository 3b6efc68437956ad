// The terminal interface without a terminal: given a capture, pressed, and read off.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dump/matching.hpp"
#include "smpp-dump/tui/model.hpp"

namespace smpp_dump_test {

namespace tui = smpp_dump::tui;
using tui::key_name;

inline void feed(tui::model& into, const std::string& capture) {
    read_capture(into, read_capture_file(capture));
}

/// A model that was given a capture whole.
inline std::unique_ptr<tui::model> shown(const std::string& capture,
                                         tui::model_options options = {}) {
    options.source = capture;
    auto made = std::make_unique<tui::model>(std::move(options));
    feed(*made, capture);
    made->input_ended();
    return made;
}

inline std::string picture(tui::model& of, int width = 100, int height = 30) {
    tui::screen to(width, height);
    of.draw(to);
    std::string text;
    for (int y = 0; y < height; ++y) {
        text += to.row(y) + '\n';
    }
    return text;
}

inline void type(tui::model& into, std::u32string_view text) {
    for (const char32_t c : text) {
        into.press({key_name::character, c});
    }
}

/// Characters but U'\r' stand for themselves.
inline std::string after(tui::model& of, std::u32string_view keys, int width = 100,
                         int height = 30) {
    for (const char32_t c : keys) {
        of.press(c == U'\r' ? tui::key{key_name::enter} : tui::key{key_name::character, c});
    }
    return picture(of, width, height);
}

/// The line of a picture that contains it; empty: none does.
inline std::string line_with(const std::string& picture, std::string_view wanted) {
    const std::size_t at = picture.find(wanted);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t begin = picture.rfind('\n', at) + 1;
    return picture.substr(begin, picture.find('\n', at) - begin);
}

inline smpp_dump::session session_of(std::uint32_t number, std::string account) {
    smpp_dump::session s;
    s.number = number;
    s.client.address.octets[0] = static_cast<std::uint8_t>(number);
    s.client_name = "client" + std::to_string(number);
    s.server_name = "server";
    s.system_id = std::move(account);
    return s;
}

/// A PDU and what is known of it; the octets must outlive the record.
template <class P>
smpp_dump::record record_of(const smpp_dump::session& s, bool from_client, std::uint32_t number,
                            const P& pdu, std::string& octets,
                            smpp::command_status status = smpp::command_status::ok) {
    octets.clear();
    add(octets, number, pdu, status);
    smpp_dump::record r;
    r.session = &s;
    r.from_client = from_client;
    r.frame.octets = smpp::as_octets(octets);
    r.frame.length = static_cast<std::uint32_t>(octets.size());
    EXPECT_FALSE(smpp::decode(r.frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations));
    return r;
}

}  // namespace smpp_dump_test
