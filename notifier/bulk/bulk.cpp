#include "bulk.hpp"

#include <fmt/format.h>

#include <optional>

#include "composer.hpp"
#include "json_lines_reader.hpp"
#include "notifier/dry_run.hpp"
#include "notifier/explain.hpp"
#include "notifier/output.hpp"
#include "sending.hpp"
#include "source.hpp"

namespace notifier::bulk {
namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int usage = 2;
constexpr std::uint64_t most_mistakes_told = 20;

/// What reading the whole input once has found.
struct check_result {
    std::uint64_t rows = 0;
    std::uint64_t mistakes = 0;
    std::string digest{};
    std::optional<std::string> bad_header{};  ///< nothing else was looked at then
};

class bulk_job {
public:
    bulk_job(const target& target, const command_line& options, log& log)
        : target_(target), options_(options), log_(log), input_(options.bulk.input) {}

    int run() {
        const auto found = check();
        if (found.bad_header) {
            log_.error(fmt::format("{}:1: {}; nothing is sent", input_.name(), *found.bad_header));
            return usage;
        }
        if (found.rows == 0) {
            log_.error(input_.name() + " has no recipients");
            return failure;
        }
        if (found.mistakes > 0 && !options_.bulk.skip_invalid) {
            log_.error(fmt::format(
                "nothing is sent: {} of {} rows are not valid (--skip-invalid sends the others)",
                found.mistakes, found.rows));
            return usage;
        }
        return options_.action == action::dry_run ? dry_run(found.mistakes > 0) : send(found);
    }

private:
    check_result check() {
        const auto rows = open_rows(input_);
        composer composer(target_, options_);
        check_result out;
        work unused;
        for (row next;;) {
            const auto result = rows->next(next);
            if (result == read_result::end) {
                break;
            }
            ++out.rows;
            const auto mistake = result == read_result::mistake ? std::optional(rows->mistake())
                                                                : composer.compose(next, unused);
            if (mistake && rows->has_header() && composer.columns_are_bad()) {
                out.bad_header = mistake;
                return out;
            }
            if (mistake) {
                tell(out.mistakes++, next.line, *mistake);
            } else {
                warn(next.line, composer.warnings());
            }
        }
        out.digest = input_.digest();
        return out;
    }

    void tell(std::uint64_t before, std::uint64_t line, const std::string& mistake) {
        if (before < most_mistakes_told) {
            log_.error(fmt::format("{}:{}: {}", input_.name(), line, mistake));
        } else if (before == most_mistakes_told) {
            log_.error(fmt::format("{}: more mistakes follow", input_.name()));
        }
    }

    void warn(std::uint64_t line, const std::vector<std::string>& warnings) {
        for (const auto& warning : warnings) {
            if (warnings_told_++ < most_mistakes_told) {
                log_.warning(fmt::format("{}:{}: {}", input_.name(), line, warning));
            }
        }
    }

    int dry_run(bool has_mistakes) {
        constexpr std::size_t block = 65536;
        input_.rewind();
        const auto rows = open_rows(input_);
        composer composer(target_, options_);
        std::string out;
        work each;
        row next;
        for (auto result = rows->next(next); result != read_result::end;
             result = rows->next(next)) {
            if (result == read_result::mistake || composer.compose(next, each)) {
                continue;
            }
            out += options_.json ? dry_run_json(*each.message, each.to)
                                 : dry_run_text(*each.message, each.to);
            if (out.size() >= block) {
                write_out(out);
                out.clear();
            }
        }
        write_out(out);
        return has_mistakes ? failure : success;
    }

    journal_identity identity(const check_result& found) const {
        sha256 hash;
        const auto add = [&](std::string_view text) {
            hash.add(std::to_string(text.size()) + ':');
            hash.add(text);
        };
        add(target_.user);
        add(target_.host);
        add(std::to_string(target_.port));
        add(target_.from.addr);
        add(options_.body.value_or(""));
        add(options_.title);
        return {found.rows, found.digest, hash.digits(), target_.url};
    }

    void refuse_to_overwrite() const {
        for (const auto* path : {&options_.bulk.journal, &options_.bulk.report}) {
            if (!path->empty() && input_.is(*path)) {
                throw usage_error(*path + " is the input of --bulk: it is not overwritten");
            }
        }
        if (!options_.bulk.report.empty() && options_.bulk.report == options_.bulk.journal) {
            throw usage_error("--journal and --report are the same file");
        }
    }

    /// A file that cannot be used is a mistake of whoever named it.
    template <class File, class... Args>
    static void open(std::optional<File>& file, const Args&... args) {
        try {
            file.emplace(args...);
        } catch (const std::runtime_error& error) {
            throw source_error(error.what());
        }
    }

    int send(const check_result& found) {
        refuse_to_overwrite();
        std::optional<journal> kept;
        if (!options_.bulk.journal.empty()) {
            open(kept, options_.bulk.journal, identity(found));
        }
        std::optional<report_file> report;
        if (!options_.bulk.report.empty()) {
            open(report, options_.bulk.report);
        }
        auto* const journal = kept ? &*kept : nullptr;
        results results(options_.json, log_, journal, report ? &*report : nullptr);
        std::vector<outcome> awaited;
        if (journal != nullptr) {
            tell_of_earlier_runs(*journal, results, awaited);
        }
        input_.rewind();
        const auto rows = open_rows(input_);
        composer composer(target_, options_);
        source source(*rows, composer, journal, results, options_.resend_unknown);
        if (source.advance() || !awaited.empty()) {
            results.flush();
            sending(target_, options_, log_, source, results, journal, found.rows,
                    std::move(awaited))
                .run();
        }
        results.finish();
        if (input_.changed()) {
            log_.error(input_.name() + " was changed while it was sent: check the outcomes");
            return failure;
        }
        return results.exit_code();
    }

    void tell_of_earlier_runs(journal& journal, results& results,
                              std::vector<outcome>& awaited) const {
        if (journal.dropped() > 0) {
            log_.warning(fmt::format("journal {}: a torn end of {} octets was dropped",
                                     options_.bulk.journal, journal.dropped()));
        }
        journal.replay([&](const outcome& earlier) {
            if (earlier.receipts_may_come && options_.wait_receipt) {
                awaited.push_back(earlier);
            } else if (earlier.state != outcome_state::unknown || !options_.resend_unknown) {
                results.add_earlier(earlier);
            }
        });
    }

    const target& target_;
    const command_line& options_;
    log& log_;
    input_file input_;
    std::uint64_t warnings_told_ = 0;
};

/// The only URL.
const url_source& single(const url_stages& urls) {
    if (urls.stages.size() != 1 || urls.stages.front().urls.size() != 1) {
        throw usage_error("--bulk sends over one URL: give exactly one");
    }
    return urls.stages.front().urls.front();
}

}  // namespace

int run(const url_stages& urls, const command_line& options, log& log) {
    const auto& source = single(urls);
    target_defaults defaults;
    defaults.parameters = options.parameters;
    defaults.overrides = source.overrides;
    defaults.recipients_elsewhere = true;
    auto target = parse_target(source.url, defaults);
    if (target && options.wait_receipt) {
        if (const auto asked = ask_for_receipts(target->options); !asked) {
            target = asked.error();
        }
    }
    if (!target) {
        const auto url = options.show_secrets ? source.url : mask_url(source.url);
        log.error(url + ": " + target.error().part + ": " + target.error().message);
        if (options.json) {
            write_out(refusal_json(url, target.error(), options.show_secrets) + '\n');
        }
        return usage;
    }
    for (const auto& warning : target->warnings) {
        log.warning(target->url + ": " + warning);
    }
    if (!target->to.empty() || !target->invalid.empty()) {
        throw usage_error("the URL has recipients: with --bulk they stand in the file");
    }
    return bulk_job(*target, options, log).run();
}

}  // namespace notifier::bulk
