#include "smpp-dump/app.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "smpp-dump/capture_output.hpp"
#include "smpp-dump/csv_output.hpp"
#include "smpp-dump/filter.hpp"
#include "smpp-dump/hex_input.hpp"
#include "smpp-dump/json_output.hpp"
#include "smpp-dump/lint_output.hpp"
#include "smpp-dump/octet_session.hpp"
#include "smpp-dump/options.hpp"
#include "smpp-dump/stats_output.hpp"
#include "smpp-dump/text_output.hpp"
#include "smpp-dump/tree_output.hpp"
#include "smpp-dump/tui/run.hpp"

namespace smpp_dump {
namespace {

constexpr int fine = 0;
constexpr int findings = 1;
constexpr int wrong_usage = 2;
constexpr int damaged = 3;

void complain(std::string_view what) { fmt::print(stderr, "smpp-dump: {}\n", what); }

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
    winsize size{};
    const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return known ? size.ws_col : 100;
}

/// False: the file is damaged, which has been said.
bool read_capture(const std::string& file, analyser& into, const octet_writer& out) {
    try {
        const auto reader = open_capture(open_source(file), file);
        reader->on_secrets = [&](std::string_view lines) { into.add_secrets(lines); };
        packet p;
        while (out.good() && reader->next(p)) {
            into.add(p);
        }
        if (!reader->damage().empty()) {
            complain(fmt::format("{}: {}", file, reader->damage()));
            return false;
        }
        return true;
    } catch (const input_error& error) {
        complain(error.what());
        return false;
    }
}

/// Link types that cannot be read, and the lack of SMPP, are told. False: something was left out.
bool end_analysis(analyser& all) {
    all.finish();
    for (const std::uint32_t link : all.unsupported_links()) {
        complain(fmt::format("packets of link type {} were left out: it is not supported", link));
    }
    if (all.keyless() > 0) {
        complain(fmt::format("{} TLS connections are not decrypted: --keylog FILE gives their keys",
                             all.keyless()));
    }
    const bool good = all.unsupported_links().empty();
    if (good && all.sessions() == 0) {
        complain(fmt::format("no SMPP in {} TCP packets", all.tcp_packets()));
    }
    return good;
}

bool read_captures(const options& options, record_sink& sink, const octet_writer& out) {
    analyser all(sink, options.analysis);
    bool good = true;
    for (const std::string& file : options.files) {
        good = read_capture(file, all, out) && good;
    }
    return end_analysis(all) && good;
}

std::string text_of(const std::string& argument) {
    if (!argument.starts_with('@')) {
        return argument;
    }
    std::ifstream file(argument.substr(1), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (file.bad() || !file.is_open()) {
        throw input_error(fmt::format("cannot read {}", argument.substr(1)));
    }
    return text;
}

bool read_hex(const std::string& argument, std::uint32_t number, record_sink& sink) {
    const auto runs = octets_in_text(text_of(argument));
    if (runs.empty()) {
        complain(fmt::format("--hex: no PDU in '{}': a PDU has 16 octets at least",
                             argument.substr(0, 60)));
        return false;
    }
    octet_session session(sink, number);
    for (const std::string& octets : runs) {
        session.add(smpp::as_octets(octets));
    }
    session.finish();
    return true;
}

bool read_wire(const options& options, record_sink& sink, const std::function<bool()>& settle) {
    interface_capture wire(*options.wire);
    analyser all(sink, options.analysis);
    const bool good = wire.run([&](const packet& p) { all.add(p); }, settle);
    if (!good) {
        complain(wire.failure());
    }
    const bool whole = end_analysis(all);
    complain(wire.losses());
    return good && whole;
}

bool read_all(const options& options, record_sink& sink, octet_writer& out,
              std::optional<capture_output>& file) {
    bool good = true;
    const auto settle = [&] {
        out.flush();
        return out.good() && (!file || file->flush());
    };
    if (options.proxy) {
        run_proxy(*options.proxy, sink, settle);
    }
    if (options.wire) {
        good = read_wire(options, sink, settle);
    }
    std::uint32_t number = 0;
    for (const std::string& text : options.hex) {
        good = read_hex(text, ++number, sink) && good;
    }
    if (!options.files.empty()) {
        good = read_captures(options, sink, out) && good;
    }
    return good;
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
           : options.files.empty() ? std::string("--hex")
                                  : fmt::format("{}", fmt::join(options.files, " "));
}

int terminal_interface(const options& options) {
    tui::model_options wanted;
    wanted.source = source_of(options);
    wanted.live = options.wire || options.proxy;
    wanted.filter = options.filter;
    wanted.most.pdus = options.keep;
    wanted.output = options.output;
    const bool good = tui::run_tui(std::move(wanted), [&](record_sink& sink, octet_writer& out) {
        std::optional<capture_output> file;
        if (!options.write_to.empty()) {
            file.emplace(options.write_to, options.output.show_secrets, &sink);
        }
        const bool read = read_all(options, file ? *file : sink, out, file);
        return (!file || file->finish()) && read;
    });
    return good ? fine : damaged;
}

/// The sinks in the order in which a record passes them: lint (which has to see whole sessions),
/// filter, file, what is shown.
int dump(const options& options) {
    std::optional<filter> wanted;
    if (!options.filter.empty()) {
        wanted.emplace(options.filter, options.output.default_alphabet);
    }
    octet_writer out(stdout);
    std::unique_ptr<record_sink> pdus;
    stats_output* stats = nullptr;
    ladder_output* ladder = nullptr;
    if (options.ladder) {
        auto made =
            std::make_unique<ladder_output>(out, options.output, *options.ladder, terminal_width());
        ladder = made.get();
        pdus = std::move(made);
    } else if (options.stats) {
        auto made = std::make_unique<stats_output>(out);
        stats = made.get();
        pdus = std::move(made);
    } else if (options.write_to != "-") {
        pdus = make_output(options, out);
    }
    record_sink* first = pdus.get();
    std::optional<capture_output> file;
    if (!options.write_to.empty()) {
        file.emplace(options.write_to, options.output.show_secrets, first);
        first = &*file;
    }
    std::optional<filter_output> filtered;
    if (wanted) {
        filtered.emplace(std::move(*wanted), *first);
        first = &*filtered;
    }
    std::optional<lint_output> lint;
    if (options.lint) {
        lint.emplace(first, out, options.output, options.format == output_format::json);
        first = &*lint;
    }
    bool good = read_all(options, *first, out, file);
    if (stats != nullptr) {
        stats->finish();
    }
    if (ladder != nullptr) {
        ladder->finish();
    }
    out.flush();
    if (file && !file->finish()) {
        complain(fmt::format("cannot write {}", options.write_to));
        good = false;
    }
    if (lint) {
        complain(lint->summary());
    }
    return !good                                                      ? damaged
           : lint && options.fail_on && lint->found(*options.fail_on) ? findings
                                                                      : fine;
}

}  // namespace

int run(const std::vector<std::string>& arguments) noexcept {
    try {
        // A reader that goes away (head, less) ends the output, not the program.
        std::signal(SIGPIPE, SIG_IGN);
        const options wanted = parse_options(arguments);
        if (wanted.help || wanted.version) {
            fmt::print("{}", wanted.help ? help_text() : "smpp-dump " SMPP_DUMP_VERSION "\n");
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
