// Every row of what Apprise does with smpp:// URLs, and what is done here. Rows tagged SAME must
// give Apprise's values; for the others the table below says what is expected and the row's note
// says why.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "notifier/target.hpp"
#include "smpp/text/utf8.hpp"
#include "support/tsv.hpp"

namespace {

struct row {
    int id = 0;
    std::string url, schema, user, password, host, port, from, valid, dropped, note;
    bool accepted = false;

    [[nodiscard]] std::string tag() const { return note.substr(1, note.find_first_of(" ]") - 1); }
};

std::string unescape(std::string_view cell) {
    std::string out;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell[i] != '\\') {
            out.push_back(cell[i]);
            continue;
        }
        const char kind = cell.at(++i);
        if (kind == 'u') {
            smpp::utf8::append(out, static_cast<char32_t>(std::stoul(
                                        std::string(cell.substr(i + 1, 4)), nullptr, 16)));
            i += 4;
        } else {
            out.push_back(kind == 't' ? '\t' : kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind);
        }
    }
    return out;
}

std::vector<row> read_table() {
    std::vector<row> rows;
    for (auto& cells : smpp_test::read_tsv("urls/apprise_urls.tsv")) {
        for (auto& [column, cell] : cells) {
            cell = unescape(cell);
        }
        rows.push_back({std::stoi(cells["id"]), cells["url"], cells["schema"], cells["user"],
                        cells["password"], cells["host"], cells["port"], cells["from"],
                        cells["targets_valid"], cells["targets_dropped"], cells["note"],
                        cells["accepted"] == "yes"});
    }
    return rows;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out += (out.empty() ? "" : ",") + text;
    }
    return out;
}

/// What is understood of a URL, in one line that reads well in a failure.
std::string summary(const std::string& url) {
    const auto result = notifier::parse_target(url);
    if (!result) {
        return "refused " + result.error().part;
    }
    std::vector<std::string> to, invalid;
    for (const auto& number : result->to) {
        to.push_back(number.addr);
    }
    for (const auto& bad : result->invalid) {
        invalid.push_back(bad.text);
    }
    return "schema=" + result->schema + " user=" + result->user + " password=" + result->password +
           " host=" + result->host + " port=" + std::to_string(result->port) +
           " from=" + result->from.addr + " to=" + joined(to) + " invalid=" + joined(invalid);
}

/// The values of a row, some of them replaced: "host=h port=1".
std::string expected_summary(const row& given, const std::string& changes) {
    std::map<std::string, std::string> values{
        {"schema", given.schema}, {"user", given.user},      {"password", given.password},
        {"host", given.host},     {"port", given.port},      {"from", given.from},
        {"to", given.valid},      {"invalid", given.dropped}};
    std::istringstream stream(changes);
    for (std::string change; stream >> change;) {
        values[change.substr(0, change.find('='))] = change.substr(change.find('=') + 1);
    }
    if (values["port"].empty()) {
        values["port"] = values["schema"] == "smpps" ? "3550" : "2775";
    }
    std::string out;
    for (const auto* key :
         {"schema", "user", "password", "host", "port", "from", "to", "invalid"}) {
        out += std::string(out.empty() ? "" : " ") + key + '=' + values[key];
    }
    return out;
}

/// "refused PART", or changes to Apprise's values ("" for none).
const std::map<int, std::string>& expectations() {
    static const std::map<int, std::string> table{
        // Without recipients there is nothing to do: refused before anything is sent.
        {1, "refused to"},
        {3, "refused to"},
        {5, "refused to"},
        {22, "refused to"},
        {23, "refused to"},
        {53, "refused to"},
        {58, "refused to"},
        {299, "refused to"},
        // The port counts, and so does host=.
        {8, ""},
        {10, "host=smpp.example.ca"},
        {11, "host=smpp.example.ca"},
        {12, "host=smpp.example.ca"},
        {294, "host=host2"},
        {301, "host=h port=2776"},
        {293, "port=2775"},
        // No host, or one that cannot be.
        {50, "refused host"},
        {51, "refused host"},
        {54, "refused host"},
        {114, "refused host"},
        {133, "refused host"},
        {134, "refused host"},
        {142, "refused host"},
        // Ports outside 1..65535, and those that are no numbers.
        {116, "refused port"},
        {120, "refused port"},
        {121, "refused port"},
        {124, "refused port"},
        {127, "refused port"},
        {290, "refused port"},
        {291, "refused port"},
        {292, "refused port"},
        // A recipient never becomes the sender.
        {52, "refused to"},
        {55, "refused from"},
        {56, "refused from"},
        {245, "from=15551234567 to=15557654321"},
        // source= and targets= are aliases; with from= or source= the whole path is recipients.
        {246, "from=15550001111 to=15551234567,15557654321"},
        {247, "to=15557654321"},
        // Credentials: long ones are sent whole; what Latin-1 lacks cannot be sent; the query is
        // decoded once,
        // and the user never becomes the password.
        {91, ""},
        {87, "refused password"},
        {276, "password=p%25"},
        {278, "password=p%41"},
        {283, "password=a;b"},
        {272, "refused password"},
        {284, "refused pass"},
        // Senders: 9 and 15 digits, dots, short codes, names, tel: are legal; misplaced signs are
        // not.
        {145, "from=555123456 to=15557654321"},
        {151, "from=15551234567 to=15557654321"},
        {160, "from=123456789012345 to=15557654321"},
        {164, "from=999 to=15557654321"},
        {166, "from=MyCompany to=15557654321"},
        {167, "from=ACME2024 to=15557654321"},
        {263, "from=MyCompany to=15557654321"},
        {173, "from=15551234567 to=15557654321"},
        {155, "refused from"},
        {170, "refused from"},
        {171, "refused from"},
        {179, "refused from"},
        {180, "refused from"},
        {237, "refused from"},
        // 00 is not rewritten (a warning says so).
        {158, ""},
        {198, ""},
        // Recipients: nothing is lost, nothing is sent twice, what is no number is named whole.
        {192, "to=15557654321 invalid="},
        {374, "to=15557654321 invalid="},
        {206, "to=15557654321 invalid="},
        {207, "to=15557654321 invalid="},
        {210, "refused to"},
        {211, "to=15557654321,15559876543"},
        {218, "to=15557654321,15559876543 invalid="},
        {220, "to=15557654321"},
        {260, "to=15557654321"},
        {238, "invalid=p=1"},
        {252, "to=15557654321,15559876543"},
        {259, "to=15557654321,15559876543"},
        {379, "to=15557654321,15559876543 invalid=MyFriend"},
        {387, "to=15557654321,15559876543"},
        {385, "refused to"},
        {197, "refused to"},
        {363, "refused to"},
        {386, "refused to"},
        // A bare ? at the end and a fragment do no harm.
        {233, "schema=smpp user=user password=pass host=host from=15551234567 to=15557654321"},
        {234, ""},
        // format= describes the body; the SMS is plain text.
        {303, ""},
        {305, ""},
        {354, ""},
    };
    return table;
}

std::string expected(const row& given) {
    if (const auto found = expectations().find(given.id); found != expectations().end()) {
        return found->second.starts_with("refused") ? found->second
                                                    : expected_summary(given, found->second);
    }
    if (given.tag() == "LENIENT" || !given.accepted || given.valid.empty()) {
        return "refused";
    }
    return expected_summary(given, "");
}

TEST(url_table, gives_the_expected_result_for_every_row) {
    const auto rows = read_table();
    ASSERT_EQ(rows.size(), 212U);
    for (const auto& given : rows) {
        if (given.id == 365 || given.id == 366) {
            continue;  // two URLs in one text, below
        }
        const bool interpreted = expectations().contains(given.id);
        if (given.tag() != "SAME" && given.tag() != "NOOP") {
            EXPECT_TRUE(interpreted) << given.id << ": no expectation for " << given.note;
        }
        const auto want = expected(given);
        const auto got = summary(given.url);
        EXPECT_EQ(want == "refused" ? got.substr(0, 7) : got, want)
            << given.id << ' ' << given.url << '\n'
            << given.note;
    }
}

TEST(url_table, warns_where_a_parameter_does_nothing) {
    // These act, or there is nothing to warn of: overflow=, cto=, tags=, tag=, an empty query.
    const std::vector<int> silent{309, 316, 338, 339, 352};
    for (const auto& given : read_table()) {
        if (given.tag() != "NOOP") {
            continue;
        }
        const auto result = notifier::parse_target(given.url);
        ASSERT_TRUE(result) << given.id;
        const bool quiet = std::find(silent.begin(), silent.end(), given.id) != silent.end();
        EXPECT_EQ(result->warnings.empty(), quiet) << given.id << ' ' << given.url;
    }
}

TEST(url_table, never_shows_a_password_in_an_error) {
    for (const auto& given : read_table()) {
        const auto result = notifier::parse_target(given.url);
        if (result || given.password.size() < 4) {
            continue;
        }
        EXPECT_EQ(result.error().message.find(given.password + '@'), std::string::npos) << given.id;
        EXPECT_EQ(notifier::mask_url(given.url).find(given.password + '@'), std::string::npos)
            << given.id;
        EXPECT_EQ(notifier::mask_url(given.url).find("pass=" + given.password), std::string::npos)
            << given.id;
    }
}

TEST(url_table, cuts_two_urls_in_one_text_apart) {
    for (const auto& given : read_table()) {
        if (given.id != 365 && given.id != 366) {
            continue;
        }
        const auto urls = notifier::split_urls(given.url);
        ASSERT_EQ(urls.size(), 2U);
        EXPECT_NE(
            summary(urls[0]).find(" host=host port=2775 from=15551234567 to=15557654321 invalid="),
            std::string::npos)
            << summary(urls[0]);
        EXPECT_NE(summary(urls[1]).find("from=15551234567 to=15559876543 invalid="),
                  std::string::npos)
            << summary(urls[1]);
    }
}

}  // namespace
