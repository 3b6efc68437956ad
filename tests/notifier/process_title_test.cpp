#include "notifier/process_title.hpp"

#include <gmock/gmock.h>

namespace {

using testing::ElementsAre;

TEST(process_title, shows_what_was_given_without_passwords) {
    using notifier::mask_argument;
    EXPECT_EQ(mask_argument("--body=a:b@c"), "--body=a:b@c");
    EXPECT_EQ(mask_argument("smpp://u:secret@h/1/2"), "smpp://u:****@h/1/2");
    EXPECT_EQ(mask_argument("smpp://u:one@h/1/2, smpps://_?pass=two&host=h"),
              "smpp://u:****@h/1/2 smpps://_?pass=****&host=h");
    EXPECT_EQ(mask_argument("smpp://u:se/cr@et@h/1"), "smpp://u:****@h/1");
}

/// As they lie behind main(): one behind the other.
class arguments {
public:
    explicit arguments(const std::vector<std::string>& words) {
        for (const std::string& each : words) {
            text += each + '\0';
        }
        for (std::size_t at = 0; at < text.size(); at = text.find('\0', at) + 1) {
            pointers.push_back(&text[at]);
        }
    }
    std::string text;
    std::vector<char*> pointers;
};

TEST(process_title, takes_the_place_of_the_arguments_and_no_more) {
    arguments given({"notifier", "smpp://u:a-long-secret@h/1/2", "-b", "text"});
    EXPECT_THAT(notifier::take_arguments(given.pointers),
                ElementsAre("notifier", "smpp://u:a-long-secret@h/1/2", "-b", "text"));
    const std::string nothing(10, '\0');
    EXPECT_EQ(given.text, std::string("notifier\0smpp://u:****@h/1/2", 28) + nothing +
                              std::string("-b\0text\0", 8));
    arguments tight({"smpp://u:p@h/12", "-b"});  // four stars have no room
    EXPECT_THAT(notifier::take_arguments(tight.pointers), ElementsAre("smpp://u:p@h/12", "-b"));
    EXPECT_EQ(tight.text, std::string("smpp://u:****@h\0-b\0", 19));
    EXPECT_THAT(notifier::take_arguments({}), ElementsAre());
}

}  // namespace
