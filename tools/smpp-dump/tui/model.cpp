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
        kept_.set_filter(filter_of(options_.filter, options_.output));
    }
    views_.push_back(std::make_unique<sessions_view>(kept_, options_.live));
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
        if (!views_.back()->press(pressed)) {
            press_common(pressed);
        }
    }
}

void model::press_common(const key& pressed) {
    if (pressed.name == key_name::enter) {
        open(views_.back()->open());
    } else if (pressed.name == key_name::escape || pressed.name == key_name::f10 ||
               pressed.is('q')) {
        back();
    } else if (pressed.name == key_name::f1 || pressed.is('h') || pressed.is('?')) {
        open(std::make_unique<text_view>("Keys", help_lines(), false));
    } else if (pressed.is('m')) {
        open(std::make_unique<text_view>("What was told", told_, true));
    } else if (pressed.name == key_name::f2 || pressed.is('s')) {
        ask(question::save, default_file);
    } else if (pressed.name == key_name::f3 || pressed.is('/')) {
        ask(question::search);
    } else if (pressed.is('n') || pressed.is('N')) {
        search(pressed.is('n'));
    } else if (pressed.name == key_name::f5) {
        kept_.clear();
        views_.resize(1);
    } else if (pressed.name == key_name::f7 || pressed.is('f')) {
        ask(question::filter, options_.filter);
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

void model::ask(question what, std::string_view begin) {
    message_.clear();
    question_ = what;
    line_ = line_edit(begin);
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
        kept_.set_filter(std::move(made));
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
    fmt::format_to(to, " {} sessions  {} PDUs", kept_.sessions().size(), kept_.size());
    if (kept_.came() > kept_.size()) {
        fmt::format_to(to, " of {}", kept_.came());
    }
    fmt::format_to(to, " (keeps {})", kept_.most().pdus);
    if (!options_.filter.empty()) {
        fmt::format_to(to, "  filter: {}", options_.filter);
    }
    fmt::format_to(to, "  {}", options_.source);
    return text;
}

void model::draw(screen& to) {
    const int height = to.height();
    to.fill(0, 0, to.width(), ' ', look::title);
    to.put(0, 0, to.width(), title(), look::title);
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

void model::draw_message(screen& to, int y) {
    to.fill(0, y, to.width(), ' ');
    const char* const label = question_ == question::search      ? "Search: "
                              : question_ == question::filter    ? "Filter: "
                              : question_ == question::save      ? "Save as: "
                              : question_ == question::overwrite ? "It exists. Overwrite it? (y/n) "
                              : question_ == question::quit      ? "Quit, and end what runs? (y/n) "
                                                                 : nullptr;
    if (label == nullptr) {
        to.put(0, y, to.width(), message_, message_is_bad_ ? look::bad : look::plain);
        return;
    }
    int x = to.put(0, y, to.width(), label, look::strong);
    // The end of what is typed is seen, whatever its length.
    std::string before = line_.before();
    const int room = std::max(1, to.width() - x - 1);
    while (columns_of(before) > room) {
        before.erase(0, smpp::utf8::next(before, 0).size);
    }
    const std::string rest = line_.text().substr(line_.before().size());
    x += to.put(x, y, to.width() - x, before);
    cursor_ = {std::min(x, to.width() - 1), y};
    x += to.put(x, y, to.width() - x, rest);
    if (!message_.empty()) {
        to.put(x + 2, y, to.width() - x - 2, message_, look::bad);
    }
}

void model::draw_footer(screen& to, int y) const {
    to.fill(0, y, to.width(), ' ', look::title);
    const std::string text =
        question_ != question::none
            ? std::string("Enter Do  Esc Leave")
            : fmt::format(
                  "{}{}Esc Back  F1 Help  F2 Save  F3 Search  F5 Clear  F7 Filter  "
                  "p Pause  m Messages",
                  views_.back()->keys(), views_.back()->keys().empty() ? "" : "  ");
    to.put(0, y, to.width(), text, look::title);
}

}  // namespace smpp_dump::tui
