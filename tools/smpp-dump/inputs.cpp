#include "smpp-dump/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

#include "smpp-dump/hex_input.hpp"
#include "smpp-dump/octet_session.hpp"
#include "smpp-dump/raw_input.hpp"

namespace smpp_dump {
namespace {

std::string text_of(const std::string& argument) {
    if (!argument.starts_with('@')) {
        return argument;
    }
    if (argument == "@-") {
        return {std::istreambuf_iterator<char>(std::cin), {}};
    }
    std::ifstream file(argument.substr(1), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (file.bad() || !file.is_open()) {
        throw input_error(fmt::format("cannot read {}", argument.substr(1)));
    }
    return text;
}

/// Waits for more of a file. SIGINT and SIGTERM end that, not the program, while this lives, unless
/// somebody else takes care of signals.
class patience {
public:
    explicit patience(bool takes_signals) : takes_signals_(takes_signals) {
        if (!takes_signals) {
            return;
        }
        sigemptyset(&ends_);
        sigaddset(&ends_, SIGINT);
        sigaddset(&ends_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &ends_, &before_);
    }
    ~patience() {
        if (takes_signals_) {
            pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        }
    }
    patience(const patience&) = delete;
    patience& operator=(const patience&) = delete;

    /// A moment. False: it was ended.
    [[nodiscard]] bool wait() const noexcept {
        constexpr timespec moment{0, 100'000'000};
        if (!takes_signals_) {
            std::this_thread::sleep_for(std::chrono::nanoseconds(moment.tv_nsec));
            return true;
        }
        return sigtimedwait(&ends_, nullptr, &moment) < 0;
    }

private:
    bool takes_signals_;
    sigset_t ends_{};
    sigset_t before_{};
};

}  // namespace

bool inputs::repeatable() const {
    const auto once = [](const std::string& file) {  // "-" and pipes; a missing one is told later
        std::error_code ignored;
        return file == "-" || (std::filesystem::exists(file, ignored) &&
                               !std::filesystem::is_regular_file(file, ignored));
    };
    return !options_->proxy && !options_->wire && !options_->follow &&
           std::none_of(options_->files.begin(), options_->files.end(), once) &&
           std::none_of(options_->raw.begin(), options_->raw.end(), once) &&
           std::none_of(options_->hex.begin(), options_->hex.end(), [&](const std::string& text) {
               return text.starts_with('@') && once(text.substr(1));
           });
}

bool inputs::read(record_sink& sink) {
    bool good = true;
    if (options_->proxy) {
        run_proxy(*options_->proxy, sink, told_.settle);
    }
    if (options_->wire) {
        good = read_wire(sink);
    }
    std::uint32_t number = 0;
    for (const std::string& text : options_->hex) {
        good = read_hex(text, ++number, sink) && good;
    }
    if (!options_->raw.empty()) {
        good = read_streams(sink) && good;
    }
    if (!options_->files.empty()) {
        good = read_captures(sink) && good;
    }
    return good;
}

/// False: the file is damaged, which has been said.
bool inputs::read_capture(const std::string& file, analyser& into) {
    try {
        std::optional<patience> ends;
        std::function<bool()> wait;
        if (options_->follow) {
            ends.emplace(!options_->tui);
            wait = [&] { return told_.settle() && ends->wait(); };
        }
        const auto reader = open_capture(open_source(file, std::move(wait)), file);
        reader->on_secrets = [&](std::string_view lines) { into.add_secrets(lines); };
        packet p;
        while (!told_.over() && reader->next(p)) {
            into.add(p);
        }
        if (!reader->damage().empty()) {
            told_.complain(fmt::format("{}: {}", file, reader->damage()));
            return false;
        }
        return true;
    } catch (const input_error& error) {
        told_.complain(error.what());
        return false;
    }
}

/// Link types that cannot be read, and the lack of SMPP, are told, but that not of what could not
/// be opened at all: `readable`. False: something was left out.
bool inputs::end_analysis(analyser& all, bool readable) {
    all.finish();
    for (const std::uint32_t link : all.unsupported_links()) {
        told_.complain(
            fmt::format("packets of link type {} were left out: it is not supported", link));
    }
    if (all.keyless() > 0) {
        told_.complain(fmt::format(
            "{} TLS connections are not decrypted: --keylog FILE gives their keys", all.keyless()));
    }
    const bool good = all.unsupported_links().empty();
    if (good && all.sessions() == 0 && (readable || all.tcp_packets() > 0)) {
        told_.complain(fmt::format("no SMPP in {} TCP packets", all.tcp_packets()));
    }
    return good;
}

bool inputs::read_captures(record_sink& sink) {
    analyser all(sink, options_->analysis);
    bool good = true;
    for (const std::string& file : options_->files) {
        good = read_capture(file, all) && good;
    }
    return end_analysis(all, good) && good;
}

bool inputs::read_hex(const std::string& argument, std::uint32_t number, record_sink& sink) {
    const auto runs = octets_in_text(text_of(argument));
    if (runs.empty()) {
        told_.complain(fmt::format("--hex: no PDU in '{}': a PDU has 16 octets at least",
                                   argument.substr(0, 60)));
        return false;
    }
    const bool by_client = written_by_client(runs);
    octet_session session(sink, number);
    for (const text_run& run : runs) {
        session.add(smpp::as_octets(run.octets),
                    run.went == heading::unknown
                        ? std::nullopt
                        : std::optional(by_client == (run.went == heading::sent)));
    }
    session.finish();
    return true;
}

bool inputs::read_streams(record_sink& sink) {
    try {
        const std::string damage = read_raw(options_->raw.front(), options_->raw.back(), sink);
        if (!damage.empty()) {
            told_.complain(fmt::format("--raw: {}", damage));
        }
        return damage.empty();
    } catch (const input_error& error) {
        told_.complain(fmt::format("--raw: {}", error.what()));
        return false;
    }
}

bool inputs::read_wire(record_sink& sink) {
    interface_capture wire(*options_->wire);
    analyser all(sink, options_->analysis);
    const bool good = wire.run([&](const packet& p) { all.add(p); }, told_.settle);
    if (!good) {
        told_.complain(wire.failure());
    }
    const bool whole = end_analysis(all, good);
    told_.complain(wire.losses());
    return good && whole;
}

}  // namespace smpp_dump
