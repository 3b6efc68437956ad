// Makes of a row what is sent: recipient, sender, parameters, text, and the parts of it.
//
//     bulk::composer composer(target, options);            // throws usage_error
//     work next;
//     if (auto mistake = composer.compose(row, next)) tell(row.line, *mistake);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "notifier/dispatcher.hpp"
#include "notifier/options.hpp"
#include "notifier/target.hpp"
#include "row.hpp"
#include "text_template.hpp"

namespace notifier::bulk {

class composer {
public:
    /// REQUIRES: both outlive it.
    composer(const target& target, const command_line& options);

    /// Sets `out`; else says what is wrong with the row.
    [[nodiscard]] std::optional<std::string> compose(const row& from, work& out);
    /// What compose() complained of last is wrong with every row of these columns.
    [[nodiscard]] bool columns_are_bad() const noexcept { return columns_problem_.has_value(); }
    /// The recipient as the row has it; empty if it has none.
    [[nodiscard]] std::string recipient(const row& from);
    /// What the last row should be warned of.
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }

private:
    using problem = std::optional<std::string>;
    struct parameter_column {
        std::size_t index = 0;
        const parameter_rule* rule = nullptr;
    };

    [[nodiscard]] std::string plain(const std::string& text) const;
    void use_columns(const row& from);
    [[nodiscard]] problem find_placeholders(const column_names& columns);
    [[nodiscard]] problem set_parameters(const row& from);
    [[nodiscard]] problem set_sender(const row& from);
    [[nodiscard]] problem set_text(const row& from);
    [[nodiscard]] problem set_message(work& out);

    const target& base_;
    const command_line& options_;
    std::optional<text_template> body_;

    // What the columns at hand mean.
    std::shared_ptr<const column_names> columns_;
    problem columns_problem_;
    std::optional<std::size_t> to_, text_, from_;
    std::vector<std::size_t> placeholders_;
    std::vector<parameter_column> parameter_columns_;

    // The row at hand.
    target row_target_;
    bool special_ = false;  // row_target_ is not what the URL says
    std::string row_text_;
    std::vector<std::string> warnings_;

    // The message before: rows with the same text share it.
    std::string shared_text_;
    std::shared_ptr<const prepared_message> shared_;
};

}  // namespace notifier::bulk
