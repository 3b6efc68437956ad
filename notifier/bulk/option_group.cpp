#include "option_group.hpp"

#include <boost/program_options/value_semantic.hpp>

#include "notifier/options.hpp"
#include "report_file.hpp"

namespace notifier::bulk {
namespace {

namespace po = boost::program_options;

std::string text_of(const po::variables_map& values, const char* name) {
    return values.count(name) > 0 ? values[name].as<std::string>() : std::string();
}

progress_mode progress_of(const std::string& text) {
    if (text == "always") {
        return progress_mode::always;
    }
    if (text == "never") {
        return progress_mode::never;
    }
    if (!text.empty() && text != "auto") {
        throw usage_error("--progress is one of auto, always, never, not '" + text + "'");
    }
    return progress_mode::automatic;
}

}  // namespace

po::options_description option_group() {
    po::options_description group("Many recipients");
    group.add_options()  //
        ("bulk", po::value<std::string>()->value_name("FILE"),
         "recipients and texts from CSV with a header, or JSON lines; - for standard input. "
         "Columns: to, text, from, parameters of messages; others are for {placeholders} in -b")  //
        ("journal", po::value<std::string>()->value_name("FILE"),
         "keep what is done in FILE; run again with it to go on after a crash")  //
        ("report", po::value<std::string>()->value_name("FILE"),
         "write every outcome to FILE.csv or FILE.json")  //
        ("progress", po::value<std::string>()->value_name("auto|always|never"),
         "progress bar; auto: on a terminal")  //
        ("skip-invalid", "send although rows are not valid, without these");
    return group;
}

bulk_options options_of(const po::variables_map& values) {
    bulk_options out;
    out.input = text_of(values, "bulk");
    out.journal = text_of(values, "journal");
    out.report = text_of(values, "report");
    out.progress = progress_of(text_of(values, "progress"));
    out.skip_invalid = values.count("skip-invalid") > 0;
    if (values.count("bulk") > 0 && out.input.empty()) {
        throw usage_error("--bulk needs the name of a file, or - for standard input");
    }
    for (const char* name : {"journal", "report", "progress", "skip-invalid"}) {
        if (values.count(name) > 0 && !out.given()) {
            throw usage_error("--" + std::string(name) + " goes with --bulk");
        }
    }
    if (!out.report.empty() && !is_report_name(out.report)) {
        throw usage_error("--report FILE ends with .csv or .json: that says its form");
    }
    return out;
}

}  // namespace notifier::bulk
