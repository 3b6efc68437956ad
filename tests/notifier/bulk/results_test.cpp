#include "notifier/bulk/report_file.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "notifier/bulk/progress.hpp"
#include "notifier/bulk/tally.hpp"
#include "support.hpp"

namespace {

using bulk_test::temporary;
using notifier::outcome;
using notifier::outcome_state;
using notifier::bulk::progress_line;
using notifier::bulk::progress_state;
using notifier::bulk::report_error;
using notifier::bulk::report_file;
using testing::HasSubstr;

outcome result(outcome_state state, std::string error = {}) {
    outcome out;
    out.row = 7;
    out.to = "1555";
    out.state = state;
    out.parts = 1;
    out.error = std::move(error);
    if (state != outcome_state::invalid) {
        out.latency.emplace(1.5);
    }
    return out;
}

TEST(bulk_tally, counts_and_groups_reasons) {
    notifier::bulk::tally counts;
    counts.add(result(outcome_state::accepted));
    counts.add(result(outcome_state::rejected, "ESME_RINVDSTADR (invalid)"));
    counts.add(result(outcome_state::rejected, "ESME_RINVDSTADR (invalid)"));
    counts.add(result(outcome_state::invalid, "to: 'a' is not a number"));
    counts.add(result(outcome_state::invalid, "to: 'it's' is not a number"));
    counts.add_earlier(result(outcome_state::unknown, "lost"));
    EXPECT_EQ(counts.total(), 6U);
    EXPECT_EQ(counts.failed(), 5U);
    EXPECT_EQ(counts.sent(), 3U);
    EXPECT_EQ(counts.reasons().at("to: ... is not a number"), 2U);
    const auto text = summary_text(counts, 0.5);
    EXPECT_THAT(text, HasSubstr("6 recipients: 1 accepted, 2 rejected, 1 unknown, 2 invalid (1 of "
                                "them in earlier runs); 3 sent in 0.500 s, 6/s\n"));
    EXPECT_THAT(text, HasSubstr("\n          2  ESME_RINVDSTADR (invalid)\n"));
    EXPECT_THAT(summary_json(counts, 0.5, 1), HasSubstr("\"ESME_RINVDSTADR (invalid)\":2"));
}

TEST(bulk_tally, reasons_do_not_fill_the_memory) {
    notifier::bulk::tally counts;
    for (int i = 0; i < 1000; ++i) {
        counts.add(result(outcome_state::rejected, "reason " + std::to_string(i)));
    }
    EXPECT_LE(counts.reasons().size(), 101U);
    EXPECT_EQ(counts.reasons().at("other reasons"), 900U);
}

TEST(bulk_report, csv_quotes_what_needs_it) {
    const temporary file;
    const auto path = file.path() + ".csv";
    {
        report_file report(path);
        auto accepted = result(outcome_state::accepted);
        accepted.message_ids = {"1", "2"};
        accepted.status = smpp::command_status::ok;
        report.add(accepted);
        report.add(result(outcome_state::unknown, "lost, \"perhaps\""));
        report.finish("{}");
    }
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    EXPECT_EQ(content.str(),
              "row,to,state,message_ids,parts,status,error,latency_ms,receipt_stat,receipt_error,"
              "receipt_after_ms\r\n"
              "7,1555,accepted,1 2,1,ESME_ROK,,1.500,,,\r\n"
              "7,1555,unknown,,1,,\"lost, \"\"perhaps\"\"\",1.500,,,\r\n");
    EXPECT_NO_THROW(report_file{path}) << "an older report is replaced";
    ::unlink(path.c_str());
}

TEST(bulk_report, json_is_one_document) {
    const temporary file;
    const auto path = file.path() + ".json";
    {
        report_file report(path);
        report.add(result(outcome_state::accepted));
        report.add(result(outcome_state::rejected, "no"));
        report.finish("{\"total\":2}");
    }
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    EXPECT_THAT(content.str(), testing::StartsWith("{\"recipients\":[\n{\"to\":\"1555\""));
    EXPECT_THAT(content.str(), testing::EndsWith("],\"summary\":{\"total\":2}}\n"));
    ::unlink(path.c_str());
}

TEST(bulk_report, leaves_files_of_others_alone) {
    const temporary file("to,text\n1555,Hello\n");
    EXPECT_THROW(report_file{file.path()}, report_error);
    EXPECT_EQ(file.read(), "to,text\n1555,Hello\n");
    EXPECT_TRUE(notifier::bulk::is_report_name("a.csv"));
    EXPECT_FALSE(notifier::bulk::is_report_name("a.txt"));
}

TEST(bulk_progress, line_fits_the_terminal) {
    progress_state now;
    now.rows = 200;
    now.earlier = 20;
    now.sent = 90;
    now.accepted = 70;
    now.failed = 10;
    now.rate = 25;
    EXPECT_EQ(progress_line(now, 99),
              "[###############...............]  50.0%  sent 90  accepted 70  failed 10  25/s  ETA "
              "00:04");
    for (std::size_t width = 0; width < 120; ++width) {
        EXPECT_LE(progress_line(now, width).size(), width);
    }
    now.rate = 0;
    EXPECT_THAT(progress_line(now, 99), HasSubstr("ETA --:--"));
    now.rate = 0.01;
    EXPECT_THAT(progress_line(now, 99), HasSubstr("ETA 2:46:40"));
    now.accepted = 170;
    EXPECT_THAT(progress_line(now, 99), HasSubstr("100.0%"));
}

TEST(bulk_progress, rate_follows_the_last_seconds) {
    notifier::bulk::rate_meter meter;
    EXPECT_DOUBLE_EQ(meter.update(1, 100), 100);
    EXPECT_DOUBLE_EQ(meter.update(1, 100), 100);  // no time has passed
    double rate = 0;
    for (int second = 2; second < 30; ++second) {
        rate = meter.update(second, 100 + static_cast<std::uint64_t>(second - 1) * 10);
    }
    EXPECT_NEAR(rate, 10, 0.1);
}

TEST(bulk_progress, at_first_the_rate_is_the_mean) {
    notifier::bulk::rate_meter meter;
    EXPECT_DOUBLE_EQ(meter.update(0.001, 0), 0);
    EXPECT_DOUBLE_EQ(meter.update(0.1, 1000), 10000);
    EXPECT_DOUBLE_EQ(meter.update(0.2, 1000), 5000);
    EXPECT_DOUBLE_EQ(meter.update(2, 4000), 2000);
    EXPECT_NEAR(meter.update(4, 4000), 2000 * std::exp(-2.0 / 3), 1);
}

TEST(bulk_report, has_what_the_receipts_said) {
    const temporary file("row,to,state,message_ids,parts,status,error,latency_ms\r\n");
    const auto path = file.path() + ".csv";
    std::ofstream(path) << file.read();  // of a version with fewer columns
    {
        report_file report(path);
        auto delivered = result(outcome_state::accepted);
        delivered.receipts = {
            {"1", {}, "ENROUTE", "", "", false, {}},
            {"1", smpp::message_state::delivered, "DELIVRD", "000", "", true, {}}};
        delivered.receipts.back().after = std::chrono::duration<double, std::milli>(812.4);
        report.add(delivered);
        delivered.receipts.insert(
            delivered.receipts.begin(),
            {"2", smpp::message_state::expired, "EXPIRED", "034", "", true, {}});
        report.add(delivered);
        report.add(result(outcome_state::rejected, "x"));
        report.finish("{}");
    }
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    const auto text = content.str();
    ::unlink(path.c_str());
    EXPECT_THAT(text,
                HasSubstr("error,latency_ms,receipt_stat,receipt_error,receipt_after_ms\r\n"));
    EXPECT_THAT(text, HasSubstr(",1.500,DELIVRD,000,812.400\r\n"));
    EXPECT_THAT(text, HasSubstr(",1.500,EXPIRED,034,0.000\r\n"));
    EXPECT_THAT(text, HasSubstr(",x,1.500,,,\r\n"));
}

}  // namespace
