// What a record passes on its way to what is shown: lint (which has to see whole sessions), the
// joiner of long messages, filter, anonymiser, file, output.
//
//     smpp_dump::pipeline all(options, out, std::move(filter), relations);
//     read(all.first());
//     if (!all.finish()) { ... }
#pragma once

#include <memory>
#include <optional>

#include "smpp-dump/anonymiser.hpp"
#include "smpp-dump/capture_output.hpp"
#include "smpp-dump/filter.hpp"
#include "smpp-dump/lint_output.hpp"
#include "smpp-dump/options.hpp"
#include "smpp-dump/part_joiner.hpp"
#include "smpp-dump/relations.hpp"
#include "smpp-dump/stats_output.hpp"

namespace smpp_dump {

class pipeline {
public:
    /// `known`: of a reading before this one; null when none was needed. REQUIRES: all outlive it.
    /// Throws input_error when the file cannot be created.
    pipeline(const options& wanted, octet_writer& out, std::optional<filter> filter,
             relations* known);
    pipeline(const pipeline&) = delete;
    pipeline& operator=(const pipeline&) = delete;

    [[nodiscard]] record_sink& first() noexcept { return *first_; }
    [[nodiscard]] std::optional<capture_output>& file() noexcept { return file_; }
    /// Null without --lint.
    [[nodiscard]] const lint_output* lint() const noexcept { return lint_ ? &*lint_ : nullptr; }
    /// After the last record. False: the file could not be written.
    [[nodiscard]] bool finish();

private:
    void add_output();
    void add_joiner();
    void add_filter(std::optional<filter> wanted, relations* known);

    const options* options_;
    octet_writer* out_;
    record_sink* first_ = nullptr;  // of those made so far, from the last one on
    std::unique_ptr<record_sink> pdus_{};
    std::unique_ptr<stats_output> stats_{};
    std::unique_ptr<ladder_output> ladder_{};
    std::optional<capture_output> file_{};
    std::optional<anonymiser> nameless_{};
    std::optional<filter_output> filtered_{};
    std::optional<answered_output> marked_{};
    std::optional<with_output> accompanied_{};
    std::optional<part_joiner> joined_{};
    std::optional<lint_output> lint_{};
};

}  // namespace smpp_dump
