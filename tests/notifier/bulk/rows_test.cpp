#include <gmock/gmock.h>

#include "notifier/bulk/json_lines_reader.hpp"
#include "support.hpp"

namespace {

using bulk_test::temporary;
using notifier::bulk::input_error;
using notifier::bulk::input_file;
using notifier::bulk::open_rows;
using notifier::bulk::read_result;
using testing::ElementsAre;
using testing::HasSubstr;

struct read_row {
    std::uint64_t line = 0;
    std::vector<std::string> values{};
    std::string mistake{};
};

struct read_input {
    std::vector<std::string> columns{};
    std::vector<read_row> rows{};
};

read_input read(const std::string& content) {
    const temporary file(content);
    input_file input(file.path());
    const auto rows = open_rows(input);
    read_input out;
    notifier::bulk::row next;
    for (;;) {
        const auto result = rows->next(next);
        if (result == read_result::end) {
            return out;
        }
        EXPECT_EQ(next.number, out.rows.size() + 1);
        if (result == read_result::mistake) {
            out.rows.push_back({next.line, {}, rows->mistake()});
            continue;
        }
        out.columns = next.columns->names();
        out.rows.push_back({next.line, next.values, {}});
    }
}

std::string refusal(const std::string& content) {
    try {
        (void)read(content);
    } catch (const input_error& error) {
        return error.what();
    }
    return {};
}

TEST(bulk_rows, csv_with_a_header_in_any_case) {
    const auto input = read("To, Text ,first Name\n1555,Hello,Ann\n1666,,Bob");
    EXPECT_THAT(input.columns, ElementsAre("to", "text", "first name"));
    ASSERT_EQ(input.rows.size(), 2U);
    EXPECT_THAT(input.rows[0].values, ElementsAre("1555", "Hello", "Ann"));
    EXPECT_THAT(input.rows[1].values, ElementsAre("1666", "", "Bob"));
    EXPECT_EQ(input.rows[1].line, 3U);
}

TEST(bulk_rows, csv_quotes_hold_separators_line_ends_and_doubled_quotes) {
    const auto input = read("to,text\r\n1555,\"a, \"\"b\"\"\r\nc\"\r\n1666,\"\"\r\n");
    ASSERT_EQ(input.rows.size(), 2U);
    EXPECT_THAT(input.rows[0].values, ElementsAre("1555", "a, \"b\"\r\nc"));
    EXPECT_THAT(input.rows[1].values, ElementsAre("1666", ""));
    EXPECT_EQ(input.rows[1].line, 4U);
}

TEST(bulk_rows, csv_of_a_spreadsheet_with_byte_order_mark_and_semicolons) {
    const auto input = read("\xEF\xBB\xBFto;text\r\n1555;a, b\r\n\r\n1666;c\r\n");
    EXPECT_THAT(input.columns, ElementsAre("to", "text"));
    ASSERT_EQ(input.rows.size(), 2U);
    EXPECT_THAT(input.rows[0].values, ElementsAre("1555", "a, b"));
    EXPECT_EQ(input.rows[1].line, 4U);
    EXPECT_THAT(read("to\ttext\n1555\ta;b\n").rows.at(0).values, ElementsAre("1555", "a;b"));
}

TEST(bulk_rows, csv_goes_on_behind_a_mistake) {
    const auto input = read("to,text\n1,2,3\n4\n5,a\"b\n6,\"c\"d\n7,e\n8,\"open\n9,f\n");
    ASSERT_EQ(input.rows.size(), 6U);
    EXPECT_THAT(input.rows[0].mistake, HasSubstr("3 fields, the header has 2"));
    EXPECT_THAT(input.rows[1].mistake, HasSubstr("1 fields"));
    EXPECT_THAT(input.rows[2].mistake, HasSubstr("must be in quotes"));
    EXPECT_THAT(input.rows[3].mistake, HasSubstr("follows the closing quote"));
    EXPECT_THAT(input.rows[4].values, ElementsAre("7", "e"));
    EXPECT_THAT(input.rows[5].mistake, HasSubstr("not closed"));
    EXPECT_EQ(input.rows[5].line, 7U);
}

TEST(bulk_rows, csv_fields_across_blocks_are_whole) {
    const std::string longer(70'000, 'x');
    const auto input = read("to,text\n1555," + longer + "\n1666,\"" + longer + "\"\n1777,end\n");
    ASSERT_EQ(input.rows.size(), 3U);
    EXPECT_EQ(input.rows[0].values[1], longer);
    EXPECT_EQ(input.rows[1].values[1], longer);
    EXPECT_EQ(input.rows[2].values[1], "end");
}

TEST(bulk_rows, a_row_without_end_is_not_kept_in_memory) {
    const std::string endless(notifier::bulk::longest_row + 10, 'x');
    for (const auto& text : {endless, '"' + endless + '"'}) {
        const auto input = read("to,text\n1555," + text + "\n1666,a\n");
        ASSERT_EQ(input.rows.size(), 2U);
        EXPECT_THAT(input.rows[0].mistake, HasSubstr("more than 1 MiB"));
        EXPECT_THAT(input.rows[1].values, ElementsAre("1666", "a"));
    }
    EXPECT_THAT(read("{\"to\":\"" + endless + "\"}\n").rows.at(0).mistake, HasSubstr("1 MiB"));
}

TEST(bulk_rows, inputs_that_cannot_be_read_are_refused) {
    EXPECT_THAT(refusal(""), HasSubstr("is empty"));
    EXPECT_THAT(refusal("\n\n"), HasSubstr("is empty"));
    EXPECT_THAT(refusal("to,text,to\n"), HasSubstr("two columns 'to'"));
    EXPECT_THAT(refusal("\xFF\xFEt\0o\0"), HasSubstr("UTF-16"));
    EXPECT_THAT(refusal("to,\xC3\n"), HasSubstr("not UTF-8"));
    EXPECT_THAT(refusal("to,\"open\n"), HasSubstr("not closed"));
    EXPECT_THROW(input_file("/nonexistent"), input_error);
    EXPECT_THROW(input_file("/"), input_error);
}

TEST(bulk_rows, json_lines_of_texts_and_numbers) {
    const auto input = read(
        "{\"to\":\"+1555\",\"Text\":\"\\u00e9\\n\"}\n\n{\"to\":15557654321,\"vip\":true,\"x\":"
        "null}");
    ASSERT_EQ(input.rows.size(), 2U);
    EXPECT_THAT(input.rows[0].values, ElementsAre("+1555", "é\n"));
    EXPECT_THAT(input.rows[1].values, ElementsAre("15557654321", "true", ""));
    EXPECT_THAT(input.columns, ElementsAre("to", "vip", "x"));
    EXPECT_EQ(input.rows[1].line, 3U);
}

TEST(bulk_rows, json_lines_go_on_behind_a_mistake) {
    const auto input =
        read("{\"to\":\"1555\"\n[1]\n{\"to\":[1]}\n{\"to\":1,\"TO\":2}\n{\"to\":1}\n");
    ASSERT_EQ(input.rows.size(), 5U);
    EXPECT_THAT(input.rows[0].mistake, HasSubstr("not JSON"));
    EXPECT_THAT(input.rows[1].mistake, HasSubstr("not a JSON object"));
    EXPECT_THAT(input.rows[2].mistake, HasSubstr("'to' is neither"));
    EXPECT_THAT(input.rows[3].mistake, HasSubstr("two members 'to'"));
    EXPECT_THAT(input.rows[4].values, ElementsAre("1"));
}

TEST(bulk_rows, input_can_be_read_twice_and_is_known_again) {
    const temporary file("abc");
    input_file input(file.path());
    const auto all = [&] {
        std::string out;
        for (int octet = input.get(); octet != input_file::end; octet = input.get()) {
            out.push_back(static_cast<char>(octet));
        }
        return out;
    };
    EXPECT_EQ(all(), "abc");
    EXPECT_EQ(input.digest(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    input.rewind();
    EXPECT_EQ(all(), "abc");
    EXPECT_TRUE(input.is(file.path()));
    EXPECT_FALSE(input.is("/dev/null"));
    EXPECT_FALSE(input.changed());
    file.write("abcd");
    EXPECT_TRUE(input.changed());
}

}  // namespace
