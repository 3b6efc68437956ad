// The terminal interface without a terminal: gets PDUs and keys, draws screens.
//
//     smpp_dump::tui::model model({.source = "x.pcap"});
//     model.on_record(record);                  // and model.tell("listening on ...")
//     model.press({smpp_dump::tui::key_name::enter});
//     model.draw(screen);
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "smpp-dump/tui/line_edit.hpp"
#include "smpp-dump/tui/settings.hpp"
#include "smpp-dump/tui/view.hpp"

namespace smpp_dump::tui {

struct model_options {
    std::string source{};  ///< a file's name, "proxy 127.0.0.1:2776=...", "eth0"
    bool live = false;     ///< goes on until the user ends it
    std::string filter{};
    limits most{};
    output_options output{};
};

class model final : public record_sink {
public:
    /// Throws filter_error.
    explicit model(model_options options);

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;
    /// A line of what the input says beside the PDUs.
    void tell(std::string_view line);
    /// Nothing more comes.
    void input_ended();

    void press(const key& pressed);
    void draw(screen& to);
    [[nodiscard]] bool colour() const noexcept { return settings_.colour; }
    [[nodiscard]] bool quit() const noexcept { return quit_; }
    /// Where the cursor of a prompt stands; {-1, -1}: there is no prompt.
    [[nodiscard]] std::pair<int, int> cursor() const noexcept { return cursor_; }
    /// Changes with everything that changes what is drawn.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    [[nodiscard]] const store& kept() const noexcept { return kept_; }
    [[nodiscard]] const std::deque<std::string>& told() const noexcept { return told_; }

private:
    enum class question : std::uint8_t { none, search, filter, save, overwrite, quit };

    void ask(question what, line_edit begin = line_edit());
    void press_prompt(const key& pressed);
    void answer(const std::string& text);
    void press_view(const key& pressed);
    void press_common(const key& pressed);
    bool press_setting(const key& pressed);
    void back();
    void open(std::unique_ptr<view> made);
    void search(bool forward);
    void filter_by(const std::string& text);
    void save(const std::string& path);
    void say(std::string text, bool bad = false);
    [[nodiscard]] std::string title() const;
    void draw_message(screen& to, int y);
    void draw_prompt(screen& to, int y, std::string_view label);
    [[nodiscard]] std::string label() const;
    [[nodiscard]] std::vector<key_hint> hints() const;
    void draw_footer(screen& to, int y) const;

    model_options options_;
    store kept_;
    settings settings_;
    std::vector<std::unique_ptr<view>> views_{};
    std::deque<std::string> told_{};
    std::string message_{};
    bool message_is_bad_ = false;
    question question_ = question::none;
    line_edit line_{};
    std::string wanted_{};  // searched for
    std::string save_to_{};
    std::pair<int, int> cursor_{-1, -1};
    std::uint64_t version_ = 0;
    bool ended_ = false;
    bool quit_ = false;
};

}  // namespace smpp_dump::tui
