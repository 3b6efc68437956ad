#include "smpp-dump/tui/model.hpp"
#include "smpp-dump/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <utility>

#include "smpp-dump/octet_source.hpp"
#include "smpp-dump/tui/save.hpp"
#include "smpp-dump/tui/sessions_view.hpp"
#include "smpp-dump/tui/text_view.hpp"
#include "smpp/text/utf8.hpp"

namespace smpp_dump::tui {
namespace {

constexpr std::size_t most_told = 1000;
constexpr std::string_view default_file = "smpp-dump.pcapng";

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

}  // namespace

bool contains(std::string_view text, std::string_view wanted) {
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

namespace {

/// From left to right; those for which there is no room leave whole.
std::vector<key_hint> fitting(std::vector<key_hint> hints, int width) {
    const auto room_of = [](const key_hint& each) {
        return static_cast<int>(each.key.size() + each.does.size()) + 2;
    };
    int needed = 0;
    for (const key_hint& each : hints) {
        needed += room_of(each);
    }
    while (needed - 1 > width && !hints.empty()) {
        const auto leaves = std::max_element(
            hints.begin(), hints.end(),
            [](const key_hint& a, const key_hint& b) { return a.leaves < b.leaves; });
        needed -= room_of(*leaves);
        hints.erase(leaves);
    }
    std::sort(hints.begin(), hints.end(),
              [](const key_hint& a, const key_hint& b) { return a.place < b.place; });
    return hints;
}

filter filter_of(const std::string& text, const output_options& options) {
    filter made(text, options.default_alphabet);
    if (made.looks_ahead()) {
        throw filter_error(
            "filter: 'answered' is not known here; the list of sessions counts what waits (OPEN)");
    }
    return made;
}

}  // namespace

model::model(model_options options)
    : options_(std::move(options)), kept_(options_.output, options_.most) {
    if (!options_.filter.empty()) {
        kept_.set_filter(filter_of(options_.filter, options_.output), options_.filter);
    }
    settings_.colour = options_.output.colour;
    settings_.follow = options_.live;
    views_.push_back(std::make_unique<sessions_view>(kept_, settings_));
}

void model::on_record(const record& r) {
    ++version_;
    kept_.add(r);
}

void model::on_session_end(const session& s) {
    ++version_;
    kept_.end(s);
}

void model::tell(std::string_view line) {
    constexpr std::string_view own = "smpp-dump: ";
    line.remove_prefix(line.starts_with(own) ? own.size() : 0);
    told_.emplace_back(line);
    if (told_.size() > most_told) {
        told_.pop_front();
    }
    say(told_.back());
}

void model::input_ended() {
    ++version_;
    ended_ = true;
}

void model::say(std::string text, bool bad) {
    ++version_;
    message_ = std::move(text);
    message_is_bad_ = bad;
}

void model::press(const key& pressed) {
    ++version_;
    if (pressed.name == key_name::interrupt) {
        quit_ = true;
    } else if (question_ != question::none) {
        press_prompt(pressed);
    } else {
        message_.clear();
        const bool followed = settings_.follow;
        press_view(pressed);
        if (settings_.follow != followed) {
            for (const auto& each : views_) {
                each->follow(settings_.follow);
            }
        }
    }
}

void model::press_view(const key& pressed) {
    if (views_.back()->press(pressed)) {
        return;
    }
    if (auto made = views_.back()->open(pressed)) {
        open(std::move(made));
    } else if (!press_setting(pressed)) {
        press_common(pressed);
    }
}

bool model::press_setting(const key& pressed) {
    if (pressed.is('c')) {
        settings_.colours = next_of(settings_.colours, colour_modes);
        say(fmt::format("colours tell apart: {}{}", name(settings_.colours),
                        settings_.colour ? "" : "; they are off (F8)"));
        return true;
    }
    if (pressed.name == key_name::f8 || pressed.is('o')) {
        open(std::make_unique<menu_view>("Settings: Space changes", items_of(settings_)));
        return true;
    }
    return false;
}

void model::press_common(const key& pressed) {
    if (pressed.name == key_name::escape || pressed.is('q')) {
        back();
    } else if (pressed.name == key_name::f1 || pressed.is('h') || pressed.is('?')) {
        open(std::make_unique<text_view>("Keys", help_lines(), false));
    } else if (pressed.is('m')) {
        open(std::make_unique<text_view>("What was told", told_, true));
    } else if (pressed.name == key_name::f2 || pressed.is('s')) {
        if (views_.back()->shown_pdus().empty()) {
            say("there is no PDU to be saved here", true);
        } else {
            ask(question::save, line_edit(default_file, /*offered=*/true));
        }
    } else if (pressed.name == key_name::f3 || pressed.is('/')) {
        ask(question::search);
    } else if (pressed.is('n') || pressed.is('N')) {
        search(pressed.is('n'));
    } else if (pressed.name == key_name::f5) {
        kept_.clear();
        views_.resize(1);
    } else if (pressed.name == key_name::f7 || pressed.is('f')) {
        ask(question::filter, line_edit(options_.filter));
    } else if (pressed.is('p')) {
        kept_.pause(!kept_.paused());
    }
}

void model::open(std::unique_ptr<view> made) {
    if (made) {
        views_.push_back(std::move(made));
    }
}

/// Quitting ends a proxy and all its connections: not by one key too many.
void model::back() {
    if (views_.size() > 1) {
        views_.pop_back();
    } else if (ended_ || !options_.live) {
        quit_ = true;
    } else {
        ask(question::quit);
    }
}

void model::ask(question what, line_edit begin) {
    message_.clear();
    question_ = what;
    line_ = std::move(begin);
}

void model::press_prompt(const key& pressed) {
    if (pressed.name == key_name::escape) {
        question_ = question::none;
        message_.clear();
    } else if (question_ == question::overwrite || question_ == question::quit) {
        const bool yes = pressed.is('y') || pressed.is('Y');
        const question asked = std::exchange(question_, question::none);
        if (yes && asked == question::quit) {
            quit_ = true;
        } else if (yes) {
            save(save_to_);
        }
    } else if (pressed.name == key_name::enter) {
        answer(line_.text());
    } else if (line_.press(pressed)) {
        message_.clear();
    }
}

void model::answer(const std::string& text) {
    switch (std::exchange(question_, question::none)) {
        case question::search:
            wanted_ = text;
            search(true);
            break;
        case question::filter: filter_by(text); break;
        case question::save:
            save_to_ = text;
            if (std::error_code ignored; std::filesystem::exists(text, ignored)) {
                ask(question::overwrite);
            } else if (!text.empty()) {
                save(text);
            }
            break;
        default: break;
    }
}

void model::search(bool forward) {
    if (!wanted_.empty() && !views_.back()->search(wanted_, forward)) {
        say(fmt::format("'{}' is not there", wanted_), true);
    }
}

/// One that cannot be understood stays to be mended.
void model::filter_by(const std::string& text) {
    try {
        std::optional<filter> made;
        if (text.find_first_not_of(' ') != std::string::npos) {
            made.emplace(filter_of(text, options_.output));
        }
        options_.filter = made ? text : std::string{};
        kept_.set_filter(std::move(made), options_.filter);
    } catch (const filter_error& error) {
        question_ = question::filter;
        say(error.what(), true);
    }
}

void model::save(const std::string& path) {
    try {
        const std::size_t written = save_pdus(path, kept_, views_.back()->shown_pdus());
        say(fmt::format("{} PDUs saved in {}", written, path));
    } catch (const input_error& error) {
        say(error.what(), true);
    }
}

std::string model::title() const {
    std::string text = kept_.paused()  ? fmt::format(" PAUSED, {} wait ", kept_.waiting())
                       : ended_        ? " END "
                       : options_.live ? " LIVE "
                                       : " READING ";
    auto to = std::back_inserter(text);
    const std::size_t sessions = kept_.sessions().size();
    fmt::format_to(to, " {} session{}  {} PDUs", sessions, sessions == 1 ? "" : "s", kept_.size());
    if (kept_.came() > kept_.size()) {
        fmt::format_to(to, " of {} (keeps {})", kept_.came(), kept_.most().pdus);
    }
    if (!options_.filter.empty()) {
        fmt::format_to(to, "  filter: {}", options_.filter);
    }
    fmt::format_to(to, "  {}", options_.source);
    return text;
}

void model::draw(screen& to) {
    const int height = to.height();
    to.fill(0, 0, to.width(), ' ', look::title);
    to.put_cut(0, 0, to.width(), title(), look::title);
    const bool footer = height >= 5;
    const bool message = height >= 4 || question_ != question::none;
    const int below = (footer ? 1 : 0) + (message ? 1 : 0);
    views_.back()->draw(to, {0, 1, to.width(), std::max(0, height - 1 - below)});
    cursor_ = {-1, -1};
    if (message) {
        draw_message(to, height - below);
    }
    if (footer) {
        draw_footer(to, height - 1);
    }
}

/// What is asked; empty: nothing.
std::string model::label() const {
    switch (question_) {
        case question::search: return "Search: ";
        case question::filter: return "Filter: ";
        case question::save:
            return fmt::format("Save {} PDUs as: ", views_.back()->shown_pdus().size());
        case question::overwrite: return "It exists. Overwrite it? (y/n) ";
        case question::quit: return "Quit, and end what runs? (y/n) ";
        case question::none: break;
    }
    return {};
}

void model::draw_message(screen& to, int y) {
    to.fill(0, y, to.width(), ' ');
    if (const std::string asked = label(); !asked.empty()) {
        draw_prompt(to, y, asked);
    } else if (message_.empty()) {
        to.put_cut(0, y, to.width(), views_.back()->about());
    } else {
        to.put_cut(0, y, to.width(), message_, message_is_bad_ ? look::bad : look::plain);
    }
}

void model::draw_prompt(screen& to, int y, std::string_view label) {
    int x = to.put(0, y, to.width(), label, look::strong);
    // The end of what is typed is seen, whatever its length.
    std::string before = line_.before();
    const int room = std::max(1, to.width() - x - 1);
    while (columns_of(before) > room) {
        before.erase(0, smpp::utf8::next(before, 0).size);
    }
    const std::string rest = line_.text().substr(line_.before().size());
    x += to.put(x, y, to.width() - x, before, line_.offered() ? look::selected : look::plain);
    cursor_ = {std::min(x, to.width() - 1), y};
    x += to.put(x, y, to.width() - x, rest);
    if (!message_.empty()) {
        to.put_cut(x + 2, y, to.width() - x - 2, message_, look::bad);
    }
}

std::vector<key_hint> model::hints() const {
    if (question_ != question::none) {
        return {{"Enter", "Do", 1, 0}, {"Esc", "Leave", 2, 0}, {"Ctrl-U", "Clear", 3, 1}};
    }
    std::vector<key_hint> all = views_.back()->keys();
    const key_hint everywhere[] = {{"Esc", views_.size() > 1 ? "Back" : "Quit", 0, 5},
                                   {"F1", "Help", 11, 0},
                                   {"F2", "Save", 12, 2},
                                   {"F3", "Search", 13, 2},
                                   {"F5", "Clear", 15, 10},
                                   {"F7", "Filter", 17, 2},
                                   {"F8", "Settings", 18, 6},
                                   {"p", "Pause", 40, 9},
                                   {"m", "Messages", 41, 9},
                                   {"c", "Colours", 42, 13}};
    all.insert(all.end(), std::begin(everywhere), std::end(everywhere));
    return all;
}

void model::draw_footer(screen& to, int y) const {
    to.fill(0, y, to.width(), ' ', look::title);
    int x = 0;
    for (const key_hint& each : fitting(hints(), to.width())) {
        x += to.put(x, y, to.width() - x, each.key, look::strong) + 1;
        x += to.put(x, y, to.width() - x, each.does, look::title) + 1;
    }
}

}  // namespace smpp_dump::tui
