#include "jobs.hpp"

#include "body.hpp"
#include "explain.hpp"
#include "output.hpp"
#include "smpp/text/transliterate.hpp"

namespace notifier {
namespace {

class job_maker {
public:
    job_maker(const command_line& options, std::string_view body, reporter& report, log& log)
        : options_(options), body_(body), report_(report), log_(log) {
        defaults_.parameters = options.parameters;
    }

    void add(const url_source& source) {
        const auto& url = source.url;
        defaults_.overrides = source.overrides;
        auto target = parse_target(url, defaults_);
        if (!target) {
            refuse(options_.show_secrets ? url : mask_url(url), target.error());
            return;
        }
        for (const auto& warning : target->warnings) {
            log_.warning(target->url + ": " + warning);
        }
        broken_ = broken_ || !target->invalid.empty();
        const auto format = options_.input_format.value_or(target->options.format);
        if (options_.wait_receipt) {
            if (const auto asked = ask_for_receipts(target->options); !asked) {
                refuse(target->url, asked.error());
                return;
            }
        }
        auto text = compose(body_, options_.title, format);
        if (options_.transliterate) {
            text = smpp::transliterate(text);
        }
        auto message =
            prepare(text, *target, options_.reference ? *options_.reference : next_reference());
        if (!message) {
            refuse(target->url, message.error());
            return;
        }
        for (const auto& warning : message->warnings) {
            log_.warning(target->url + ": " + warning);
        }
        jobs.push_back({std::move(*target), std::move(*message)});
    }

    [[nodiscard]] bool broken() const noexcept { return broken_; }

    std::vector<job> jobs;

private:
    void refuse(const std::string& url, const url_error& error) {
        log_.error(url + ": " + error.part + ": " + error.message);
        if (options_.json) {
            write_out(refusal_json(url, error, options_.show_secrets) + '\n');
        }
        report_.refuse_url();
        broken_ = true;
    }

    const command_line& options_;
    std::string_view body_;
    reporter& report_;
    log& log_;
    target_defaults defaults_;
    bool broken_ = false;
};

}  // namespace

std::vector<job> make_jobs(const std::vector<url_source>& urls, const command_line& options,
                           std::string_view body, reporter& report, log& log) {
    job_maker maker(options, body, report, log);
    for (const auto& url : urls) {
        maker.add(url);
    }
    if (options.strict && maker.broken()) {
        report_invalid(maker.jobs, report);
        log.error("nothing is sent: --strict, and not everything is valid");
        return {};
    }
    return std::move(maker.jobs);
}

void report_invalid(const std::vector<job>& jobs, reporter& report) {
    for (const auto& job : jobs) {
        for (const auto& bad : job.target.invalid) {
            outcome result;
            result.to = bad.text;
            result.url = job.target.url;
            result.state = outcome_state::invalid;
            result.error = bad.reason;
            result.optional = job.target.options.optional;
            report.add(result);
        }
    }
    report.flush();
}

}  // namespace notifier
