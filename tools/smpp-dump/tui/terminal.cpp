#include "smpp-dump/tui/terminal.hpp"

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <langinfo.h>
#include <ncurses.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <string_view>
#include <utility>

#include "smpp-dump/options.hpp"
#include "smpp-dump/tui/terminal_type.hpp"

namespace smpp_dump::tui {
namespace {

constexpr short red_pair = 1;
constexpr short yellow_pair = 2;
constexpr short title_pair = 3;
constexpr short linked_pair = 4;
constexpr short tint_pairs = 5;  // and those behind it
constexpr short tint_colours[] = {COLOR_GREEN, COLOR_CYAN, COLOR_MAGENTA, COLOR_BLUE};

attr_t attributes_of(look as, bool colour, short& pair_of) {
    pair_of = 0;
    switch (as) {
        case look::plain: return A_NORMAL;
        case look::strong: return A_BOLD;
        case look::faint: return A_DIM;
        case look::title:
            pair_of = colour ? title_pair : short{0};
            return colour ? A_BOLD : A_REVERSE;
        case look::selected: return A_REVERSE;
        case look::linked:
            pair_of = colour ? linked_pair : short{0};
            return colour ? A_BOLD : A_BOLD | A_UNDERLINE;
        case look::bad: pair_of = colour ? red_pair : short{0}; return A_BOLD;
        case look::warning: pair_of = colour ? yellow_pair : short{0}; return A_BOLD;
        default: break;
    }
    const auto number = static_cast<std::size_t>(as) - static_cast<std::size_t>(look::tint0);
    const std::size_t colours = std::size(tint_colours);
    pair_of = colour ? static_cast<short>(tint_pairs + number % colours) : short{0};
    return colour && number >= colours ? A_BOLD : A_NORMAL;
}

constexpr std::pair<int, key_name> known_keys[] = {
    {KEY_UP, key_name::up},         {KEY_DOWN, key_name::down},
    {KEY_LEFT, key_name::left},     {KEY_RIGHT, key_name::right},
    {KEY_PPAGE, key_name::page_up}, {KEY_NPAGE, key_name::page_down},
    {KEY_HOME, key_name::home},     {KEY_END, key_name::end},
    {KEY_ENTER, key_name::enter},   {KEY_BACKSPACE, key_name::backspace},
    {KEY_DC, key_name::erase},      {KEY_F(1), key_name::f1},
    {KEY_F(2), key_name::f2},       {KEY_F(3), key_name::f3},
    {KEY_F(4), key_name::f4},       {KEY_F(5), key_name::f5},
    {KEY_F(6), key_name::f6},       {KEY_F(7), key_name::f7},
    {KEY_F(8), key_name::f8},       {KEY_F(10), key_name::f10},
};

key special(int code) {
    const auto* const found = std::find_if(std::begin(known_keys), std::end(known_keys),
                                           [&](const auto& each) { return each.first == code; });
    return {found == std::end(known_keys) ? key_name::other : found->second};
}

key typed(char32_t c) {
    switch (c) {
        case U'\r':
        case U'\n': return {key_name::enter};
        case U'\t': return {key_name::tab};
        case 0x01: return {key_name::home};
        case 0x03: return {key_name::interrupt};
        case 0x05: return {key_name::end};
        case 0x0C: return {key_name::redraw};
        case 0x15: return {key_name::clear_line};
        case 0x17: return {key_name::delete_word};
        case 0x1B: return {key_name::escape};
        case 0x08:
        case 0x7F: return {key_name::backspace};
        default: break;
    }
    return c < 0x20 ? key{} : key{key_name::character, c};
}

std::FILE* open_keyboard() {
    return ::isatty(STDIN_FILENO) == 1 ? stdin : std::fopen("/dev/tty", "r+e");
}

void close_keyboard(std::FILE* keyboard) {
    if (keyboard != stdin) {
        std::fclose(keyboard);
    }
}

}  // namespace

void terminal::check() {
    if (::isatty(STDOUT_FILENO) != 1) {
        throw usage_error("tui: standard output is no terminal; -T text is for pipes and files");
    }
    check_terminal_type();
    std::FILE* const keys = open_keyboard();
    if (keys == nullptr) {
        throw usage_error("tui: there is no terminal for the keys: /dev/tty cannot be opened");
    }
    close_keyboard(keys);
}

terminal::terminal() {
    std::setlocale(LC_CTYPE, "");
    utf8_ = std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
    keyboard_ = open_keyboard();
    screen_ = keyboard_ == nullptr ? nullptr : ::newterm(nullptr, stdout, keyboard_);
    if (screen_ == nullptr) {
        throw usage_error("tui: the terminal cannot be used");
    }
    prepare();
}

void terminal::prepare() {
    ::set_escdelay(25);
    ::raw();
    ::noecho();
    ::nonl();
    ::keypad(stdscr, TRUE);
    ::nodelay(stdscr, TRUE);
    ::curs_set(0);
    has_colour_ = ::has_colors() == TRUE && ::start_color() == OK;
    if (has_colour_) {
        const short back = ::use_default_colors() == OK ? short{-1} : short{COLOR_BLACK};
        ::init_pair(red_pair, COLOR_RED, back);
        ::init_pair(yellow_pair, COLOR_YELLOW, back);
        ::init_pair(title_pair, COLOR_WHITE, COLOR_BLUE);
        ::init_pair(linked_pair, COLOR_BLACK, COLOR_CYAN);
        for (short i = 0; i < static_cast<short>(std::size(tint_colours)); ++i) {
            ::init_pair(static_cast<short>(tint_pairs + i), tint_colours[i], back);
        }
    }
}

terminal::~terminal() {
    ::endwin();
    ::delscreen(screen_);
    close_keyboard(keyboard_);
}

tui::screen terminal::blank() const { return {::getmaxx(stdscr), ::getmaxy(stdscr), utf8_}; }

void terminal::show(const tui::screen& picture, std::pair<int, int> cursor, bool colour) {
    ::werase(stdscr);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const cell& each = picture.at(x, y);
            if (each.covered || (each.as == look::plain && each.text[0] == U' ')) {
                continue;
            }
            wchar_t text[4] = {};
            std::transform(each.text.begin(), each.text.end(), text,
                           [](char32_t c) { return static_cast<wchar_t>(c); });
            short pair_of = 0;
            const attr_t attributes = attributes_of(each.as, colour && has_colour_, pair_of);
            cchar_t made;
            ::setcchar(&made, text, attributes, pair_of, nullptr);
            ::mvwadd_wch(stdscr, y, x, &made);
        }
    }
    const auto [x, y] = cursor;
    ::curs_set(x >= 0 ? 1 : 0);
    ::wmove(stdscr, std::max(0, y), std::max(0, x));
    ::wrefresh(stdscr);
}

std::optional<key> terminal::next_key() {
    wint_t code = 0;
    switch (::wget_wch(stdscr, &code)) {
        case KEY_CODE_YES: return special(static_cast<int>(code));
        case OK: return typed(static_cast<char32_t>(code));
        default: return std::nullopt;
    }
}

void terminal::resize() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        ::resizeterm(size.ws_row, size.ws_col);
        forget();
    }
}

void terminal::forget() { ::clearok(curscr, TRUE); }

}  // namespace smpp_dump::tui
