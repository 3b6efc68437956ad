#include "composer.hpp"

#include <algorithm>
#include <array>

#include "notifier/ascii.hpp"
#include "notifier/body.hpp"
#include "smpp/text/transliterate.hpp"

namespace notifier::bulk {
namespace {

/// Parameters that a message can have for itself; the others belong to the session.
constexpr std::array<std::string_view, 17> message_parameters{
    "encoding",    "data_coding", "default_alphabet", "split",    "service_type",
    "receipt",     "validity",    "schedule",         "class",    "priority",
    "protocol_id", "tlv",         "from_ton",         "from_npi", "to_ton",
    "to_npi",      "overflow"};

constexpr const char* no_sender = "there is no sender, neither in the URL nor in a column 'from'";

bool is_message_parameter(std::string_view name) {
    return std::find(message_parameters.begin(), message_parameters.end(), name) !=
           message_parameters.end();
}

/// Names that many files have for their own purposes do no harm.
bool is_session_parameter(std::string_view name) {
    return find_parameter(name) != nullptr && !is_message_parameter(name) && name != "tag" &&
           name != "tags" && name != "tz" && name != "emojis" && name != "redirect" &&
           name != "format" && name != "optional" && name != "key";
}

std::optional<std::size_t> find_any(const column_names& columns, std::string_view name,
                                    std::string_view alias) {
    const auto found = columns.find(name);
    return found ? found : columns.find(alias);
}

}  // namespace

composer::composer(const target& target, const command_line& options)
    : base_(target), options_(options), row_target_(target) {
    if (!options.body) {
        return;
    }
    auto parsed = text_template::parse(plain(*options.body));
    if (!parsed) {
        throw usage_error("--body: " + parsed.error().message);
    }
    body_ = std::move(*parsed);
}

/// Escapes, markup and title as without --bulk.
std::string composer::plain(const std::string& text) const {
    return notifier::compose(options_.interpret_escapes ? interpret_escapes(text) : text,
                             options_.title, options_.input_format.value_or(base_.options.format));
}

void composer::use_columns(const row& from) {
    if (columns_ == from.columns) {
        return;
    }
    columns_ = from.columns;
    columns_problem_.reset();
    parameter_columns_.clear();
    to_ = find_any(*columns_, "to", "targets");
    from_ = find_any(*columns_, "from", "source");
    text_ = columns_->find("text");
    for (std::size_t i = 0; i < columns_->names().size(); ++i) {
        const auto& name = columns_->names()[i];
        if (is_message_parameter(name)) {
            parameter_columns_.push_back({i, find_parameter(name)});
        } else if (is_session_parameter(name)) {
            columns_problem_ = "'" + name + "' is the same for the whole session: give it in the " +
                               "URL or as --" + name + ", not as a column";
        }
    }
    if (!to_) {
        columns_problem_ = "there is no column 'to'";
    } else if (!body_ && !text_) {
        columns_problem_ = "there is no column 'text', and no text is given with -b";
    } else if (!from_ && base_.from.addr.empty()) {
        columns_problem_ = no_sender;
    } else if (auto unknown = find_placeholders(*columns_)) {
        columns_problem_ = std::move(unknown);
    }
}

composer::problem composer::find_placeholders(const column_names& columns) {
    placeholders_.clear();
    if (!body_) {
        return std::nullopt;
    }
    for (const auto& name : body_->names()) {
        const auto found = columns.find(name);
        if (!found) {
            return "there is no column '" + name + "' for {" + name + "}";
        }
        placeholders_.push_back(*found);
    }
    return std::nullopt;
}

std::optional<std::string> composer::compose(const row& from, work& out) {
    use_columns(from);
    warnings_.clear();
    if (columns_problem_) {
        return columns_problem_;
    }
    for (const auto step :
         {&composer::set_parameters, &composer::set_sender, &composer::set_text}) {
        if (auto wrong = (this->*step)(from)) {
            return wrong;
        }
    }
    auto number = parse_number(from.values[*to_], row_target_.options.to);
    if (!number) {
        return "to: " + number.error().reason;
    }
    out.id = from.number;
    out.to = std::move(*number);
    return set_message(out);
}

std::string composer::recipient(const row& from) {
    use_columns(from);
    return to_ && *to_ < from.values.size() ? from.values[*to_] : std::string();
}

composer::problem composer::set_parameters(const row& from) {
    if (special_) {
        row_target_.options = base_.options;
        row_target_.from = base_.from;
        special_ = false;
    }
    for (const auto& [index, rule] : parameter_columns_) {
        const auto& value = from.values[index];
        if (value.empty()) {
            continue;
        }
        special_ = true;
        if (const auto wrong = rule->set(row_target_.options, value); !wrong.empty()) {
            return std::string(rule->name) + ": '" + value + "' is not valid: " + wrong;
        }
    }
    if (special_ && options_.wait_receipt) {
        (void)ask_for_receipts(row_target_.options);  // the bind is the URL's
    }
    return std::nullopt;
}

composer::problem composer::set_sender(const row& from) {
    const bool given = from_ && !ascii::trim(from.values[*from_]).empty();
    if (!given) {
        return base_.from.addr.empty() ? problem(no_sender) : std::nullopt;
    }
    special_ = true;
    auto sender = parse_sender(from.values[*from_], row_target_.options.from);
    if (!sender) {
        return "from: " + sender.error().reason;
    }
    row_target_.from = std::move(*sender);
    return std::nullopt;
}

composer::problem composer::set_text(const row& from) {
    if (body_) {
        body_->expand(row_text_, [&](std::size_t i) -> const std::string& {
            return from.values[placeholders_[i]];
        });
    } else {
        row_text_ = plain(from.values[*text_]);
    }
    if (options_.transliterate) {
        row_text_ = smpp::transliterate(row_text_);
    }
    return std::nullopt;
}

composer::problem composer::set_message(work& out) {
    if (shared_ && !special_ && row_text_ == shared_text_) {
        out.message = shared_;
        return std::nullopt;
    }
    auto made = prepare(row_text_, row_target_,
                        options_.reference ? *options_.reference : next_reference());
    if (!made) {
        const auto& error = made.error();
        return (error.part == "body" ? "text" : error.part) + ": " + error.message;
    }
    warnings_ = made->warnings;
    out.message = std::make_shared<const prepared_message>(std::move(*made));
    // Several parts need a reference number of their own.
    const bool shareable = !special_ && out.message->parts.size() == 1 && warnings_.empty();
    shared_ = shareable ? out.message : nullptr;
    shared_text_ = shareable ? row_text_ : std::string();
    return std::nullopt;
}

}  // namespace notifier::bulk
