#include "smpp-dump/app.hpp"

#include <fmt/format.h>

#include <csignal>

#include "smpp-dump/field_list.hpp"
#include "smpp-dump/inputs.hpp"
#include "smpp-dump/options.hpp"
#include "smpp-dump/pipeline.hpp"
#include "smpp-dump/tui/run.hpp"

namespace smpp_dump {
namespace {

constexpr int fine = 0;
constexpr int findings = 1;
constexpr int wrong_usage = 2;
constexpr int damaged = 3;

void complain(std::string_view what) { fmt::print(stderr, "smpp-dump: {}\n", what); }

inputs::hooks hooks_of(octet_writer& out, std::optional<capture_output>& file) {
    return {complain,
            [&] {
                out.flush();
                return out.good() && (!file || file->flush());
            },
            [&] { return !out.good(); }};
}

/// A reading before the one that shows anything: it finds faults, and the next tells them.
inputs silent(const options& options) {
    return {options, {[](std::string_view) {}, [] { return true; }, [] { return false; }}};
}

/// Finds what filters and --with want to know of PDUs before they come.
std::unique_ptr<relations> read_ahead(const options& given, const filter& wanted) {
    if (!wanted.looks_ahead() && !given.with.any()) {
        return nullptr;
    }
    options quiet = given;
    quiet.analysis.tell = [](const std::string&) {};
    inputs all = silent(quiet);
    if (!all.repeatable()) {
        throw usage_error(
            "'answered' and --with take files, which are read more than once: write what is live "
            "to one with -w");
    }
    auto found = std::make_unique<relations>(given.with, given.output.default_alphabet);
    std::ignore = all.read(*found);
    if (given.with.any()) {
        wanted_finder matching(wanted, *found);
        answered_output marked(*found, matching);
        std::ignore = all.read(marked);
    }
    return found;
}

int check(const options& options) {
    const bool json = options.format == output_format::json;
    stopwatch all;
    const bool good = run_check(*options.check, [&](const step& done) {
        fmt::print("{}\n", json ? step_json(done) : step_line(done));
        std::fflush(stdout);
    });
    step last;
    last.name = "all";
    last.good = good;
    last.took = all.elapsed();
    last.text =
        fmt::format("{} as \"{}\"", to_string(options.check->target), options.check->target.user);
    fmt::print("{}\n", json ? step_json(last) : step_line(last));
    return good ? fine : findings;
}

std::string source_of(const options& options) {
    return options.wire           ? "on " + options.wire->interface
           : options.proxy        ? "proxy to " + to_string(options.proxy->target)
           : options.files.empty() ? std::string(options.raw.empty() ? "--hex" : "--raw")
                                  : fmt::format("{}", fmt::join(options.files, " "));
}

int terminal_interface(const options& options) {
    tui::model_options wanted;
    wanted.source = source_of(options);
    wanted.live = options.wire || options.proxy || options.follow;
    wanted.filter = options.filter;
    wanted.most.pdus = options.keep;
    wanted.output = options.output;
    const bool good = tui::run_tui(std::move(wanted), [&](record_sink& sink, octet_writer& out) {
        std::optional<capture_output> file;
        if (!options.write_to.empty()) {
            file.emplace(options.write_to, options.output.show_secrets, &sink);
        }
        const bool read = inputs(options, hooks_of(out, file)).read(file ? *file : sink);
        return (!file || file->finish()) && read;
    });
    return good ? fine : damaged;
}

int dump(const options& options) {
    std::optional<filter> wanted;
    if (!options.filter.empty() || !options.query.empty()) {
        wanted.emplace(options.filter, options.query, options.output.default_alphabet);
    }
    const auto known = wanted ? read_ahead(options, *wanted) : nullptr;
    octet_writer out(stdout);
    pipeline all(options, out, std::move(wanted), known.get());
    bool good = inputs(options, hooks_of(out, all.file())).read(all.first());
    if (!all.finish()) {
        complain(fmt::format("cannot write {}", options.write_to));
        good = false;
    }
    if (const lint_output* const lint = all.lint()) {
        complain(lint->summary());
        if (good && options.fail_on && lint->found(*options.fail_on)) {
            return findings;
        }
    }
    return good ? fine : damaged;
}

}  // namespace

int run(const std::vector<std::string>& arguments) noexcept {
    try {
        // A reader that goes away (head, less) ends the output, not the program.
        std::signal(SIGPIPE, SIG_IGN);
        const options wanted = parse_options(arguments);
        if (wanted.help || wanted.version || wanted.fields) {
            fmt::print("{}", wanted.help     ? help_text()
                             : wanted.fields ? field_list()
                                             : "smpp-dump " SMPP_DUMP_VERSION "\n");
            return fine;
        }
        return wanted.tui     ? terminal_interface(wanted)
               : wanted.check ? check(wanted)
                              : dump(wanted);
    } catch (const filter_error& error) {
        complain(error.what());
        return wrong_usage;
    } catch (const usage_error& error) {
        complain(fmt::format("{} (see smpp-dump --help)", error.what()));
        return wrong_usage;
    } catch (const std::exception& error) {
        complain(error.what());
        return damaged;
    }
}

}  // namespace smpp_dump
