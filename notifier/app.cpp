#include "app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <exception>

#include "bulk/bulk.hpp"
#include "delivery.hpp"
#include "details.hpp"
#include "dry_run.hpp"
#include "explain.hpp"
#include "jobs.hpp"
#include "options.hpp"
#include "output.hpp"
#include "sources.hpp"

namespace notifier {
namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int usage = 2;
constexpr int no_tag = 3;

int explain(const url_stages& urls, const command_line& options) {
    target_defaults defaults;
    defaults.parameters = options.parameters;
    defaults.recipients_elsewhere = options.bulk.given();
    int code = success;
    for (const auto& stage : urls.stages) {
        for (const auto& [url, overrides] : stage.urls) {
            defaults.overrides = overrides;
            const auto result = parse_target(url, defaults);
            code = result ? code : usage;
            write_out(options.json ? explain_json(url, result, options.show_secrets) + '\n'
                                   : explain_text(url, result, options.show_secrets));
        }
    }
    return code;
}

void dry_run(const std::vector<job>& jobs, const command_line& options) {
    for (const auto& job : jobs) {
        for (const auto& to : job.target.to) {
            write_out(options.json ? dry_run_json(job.message, to) : dry_run_text(job.message, to));
        }
    }
}

bool has_invalid(const std::vector<job>& jobs) {
    return std::any_of(jobs.begin(), jobs.end(),
                       [](const job& each) { return !each.target.invalid.empty(); });
}

int send(const url_stages& urls, const command_line& options, log& log) {
    const auto body = read_body(options);
    reporter report(options.json, log);
    std::vector<job_stage> stages;
    bool broken = false;
    for (const auto& stage : urls.stages) {
        job_stage made{stage.chain, make_jobs(stage.urls, options, body, report, log)};
        made.broken = made.jobs.size() < stage.urls.size();
        broken = broken || made.broken;
        // A recipient that is no number does not get the message: the next stage is needed too.
        made.broken = made.broken || has_invalid(made.jobs);
        stages.push_back(std::move(made));
    }
    if (options.strict && broken) {
        stages.clear();
    }
    for (const auto& stage : stages) {
        report_invalid(stage.jobs, report);
    }
    if (options.action == action::dry_run) {
        for (const auto& stage : stages) {
            dry_run(stage.jobs, options);
        }
        return report.exit_code();
    }
    deliver(stages, options, report, log);
    report.finish();
    return report.exit_code();
}

std::string why_no_url(const command_line& options) {
    if (!options.url_files.empty()) {
        return "no URL in " + options.url_files.front();
    }
    if (!options.configs.empty()) {
        return "no URL in " + options.configs.front();
    }
    return "no URL: give one as an argument, with --url-file, -c, or in NOTIFIER_URLS (see --help)";
}

int act(const command_line& options) {
    switch (options.action) {
        case action::help: write_out(help_text()); return success;
        case action::version: write_out(version_text()); return success;
        case action::details: write_out(details_text()); return success;
        case action::send:
        case action::explain:
        case action::dry_run: break;
    }
    log log(options.verbosity, options.show_secrets);
    for (const auto& note : options.notes) {
        log.info(note);
    }
    const auto urls = collect_urls(options, log);
    if (urls.none_has_tags) {
        log.error(options.tags.empty() ? "every URL of the configuration has tags: choose with -g"
                                       : "no URL of the configuration has the tags of -g");
        return no_tag;
    }
    if (urls.stages.empty()) {
        log.error(why_no_url(options));
        return failure;
    }
    if (options.action == action::explain) {
        return explain(urls, options);
    }
    return options.bulk.given() ? bulk::run(urls, options, log) : send(urls, options, log);
}

}  // namespace

int run(std::span<const char* const> arguments) noexcept {
    log log(0);
    try {
        // A reader that goes away is an error to report, not a reason to die without a word.
        std::signal(SIGPIPE, SIG_IGN);
        return act(parse_command_line(arguments));
    } catch (const usage_error& error) {
        log.error(std::string(error.what()) + " (see notifier --help)");
        return usage;
    } catch (const source_error& error) {
        log.error(error.what());
        return usage;
    } catch (const std::exception& error) {
        log.error(error.what());
        return failure;
    }
}

}  // namespace notifier
