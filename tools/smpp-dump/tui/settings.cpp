#include "smpp-dump/tui/settings.hpp"

namespace smpp_dump::tui {
namespace {

menu_item flag(std::string name, bool& of) {
    return {std::move(name), [&of] { return std::string(of ? "yes" : "no"); },
            [&of](bool) { of = !of; }};
}

/// Empty, yes, no.
void step(std::optional<bool>& of, bool forward) {
    const unsigned now = !of ? 0 : *of ? 1 : 2;
    const unsigned then = next_of(now, 3, forward);
    of = then == 0 ? std::nullopt : std::optional(then == 1);
}

}  // namespace

std::string_view name(colour_mode mode) noexcept {
    switch (mode) {
        case colour_mode::result: return "what went wrong";
        case colour_mode::kind: return "requests, responses, receipts";
        case colour_mode::session: return "sessions";
    }
    return {};
}

std::string_view name(ladder_times times) noexcept {
    switch (times) {
        case ladder_times::since_begin: return "since the session began";
        case ladder_times::since_before: return "since the PDU before";
        case ladder_times::of_day: return "of the day";
    }
    return {};
}

std::vector<menu_item> items_of(settings& of) {
    return {
        flag("Colours", of.colour),
        {"Colours tell apart", [&of] { return std::string(name(of.colours)); },
         [&of](bool forward) { of.colours = next_of(of.colours, colour_modes, forward); }},
        {"Times in ladders", [&of] { return std::string(name(of.times)); },
         [&of](bool forward) { of.times = next_of(of.times, ladder_times_count, forward); }},
        flag("Texts in ladders", of.texts),
        flag("Ladders follow what comes", of.follow),
        {"Fields beside ladders",
         [&of] {
             return std::string(!of.preview ? "where there is room" : *of.preview ? "yes" : "no");
         },
         [&of](bool forward) { step(of.preview, forward); }},
    };
}

}  // namespace smpp_dump::tui
