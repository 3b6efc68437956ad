#include "smpp-dump/pipeline.hpp"

#include "smpp-dump/columns.hpp"
#include "smpp-dump/csv_output.hpp"
#include "smpp-dump/json_output.hpp"
#include "smpp-dump/text_output.hpp"
#include "smpp-dump/tree_output.hpp"

namespace smpp_dump {
namespace {

std::unique_ptr<record_sink> make_output(const options& options, octet_writer& out) {
    switch (options.format) {
        case output_format::text: break;
        case output_format::tree: return std::make_unique<tree_output>(out, options.output);
        case output_format::json: return std::make_unique<json_output>(out, options.output);
        case output_format::csv: return std::make_unique<csv_output>(out, options.output);
    }
    return std::make_unique<text_output>(out, options.output);
}

/// Of standard output; 100 where that is no terminal.
std::size_t terminal_width() noexcept {
    const int columns = terminal_columns();
    return columns >= 40 ? static_cast<std::size_t>(columns) : 100;
}

}  // namespace

pipeline::pipeline(const options& wanted, octet_writer& out, std::optional<filter> filter,
                   relations* known)
    : options_(&wanted), out_(&out) {
    add_output();
    if (!wanted.write_to.empty()) {
        file_.emplace(wanted.write_to, wanted.output.show_secrets, first_);
        first_ = &*file_;
    }
    if (wanted.anonymise) {
        add_joiner();  // behind the anonymiser, so that the whole is of its parts
        nameless_.emplace(*first_, wanted.output.default_alphabet);
        first_ = &*nameless_;
    }
    add_filter(std::move(filter), known);
    if (!wanted.anonymise) {
        add_joiner();
    }
    if (wanted.lint) {
        lint_.emplace(first_, out, wanted.output, wanted.format == output_format::json,
                      wanted.window);
        first_ = &*lint_;
    }
}

void pipeline::add_output() {
    if (options_->ladder) {
        const bool live = options_->wire || options_->proxy || options_->follow;
        const ladder_output::look look{*options_->ladder, live, terminal_width()};
        ladder_ = std::make_unique<ladder_output>(*out_, options_->output, look);
        first_ = ladder_.get();
    } else if (options_->stats) {
        stats_ = std::make_unique<stats_output>(*out_, options_->output.default_alphabet,
                                                options_->format == output_format::json);
        first_ = stats_.get();
    } else if (options_->write_to != "-") {
        pdus_ = make_output(*options_, *out_);
        first_ = pdus_.get();
    }
}

void pipeline::add_joiner() {
    if (pdus_ && options_->format != output_format::csv) {
        joined_.emplace(*first_, options_->output.default_alphabet);
        first_ = &*joined_;
    }
}

void pipeline::add_filter(std::optional<filter> wanted, relations* known) {
    if (options_->with.any()) {
        accompanied_.emplace(*known, *first_);
        first_ = &*accompanied_;
    } else if (wanted && stats_ && first_ == stats_.get()) {
        stats_->set_filter(std::move(*wanted));
    } else if (wanted) {
        filtered_.emplace(std::move(*wanted), *first_);
        first_ = &*filtered_;
    }
    if (known != nullptr && !options_->with.any()) {
        marked_.emplace(*known, *first_);
        first_ = &*marked_;
    }
}

bool pipeline::finish() {
    if (stats_) {
        stats_->finish();
    }
    if (ladder_) {
        ladder_->finish();
    }
    out_->flush();
    return !file_ || file_->finish();
}

}  // namespace smpp_dump
