#include "mock-smsc/http/http_types.hpp"

#include <gmock/gmock.h>

#include "mock-smsc/http/params.hpp"

namespace {

using namespace mock_smsc;
using namespace std::chrono_literals;

http_request request(std::string_view target) {
    http_request out;
    parse_target(target, out);
    return out;
}

TEST(http_target, path_and_parameters_are_decoded) {
    const auto asked = request("/a%20b/c+d?query=to%3A1+2&flag&x=%zz&=y&x=2");
    EXPECT_EQ(asked.path, "/a b/c+d");
    EXPECT_EQ(asked.param("query"), "to:1 2");
    EXPECT_EQ(asked.param("flag"), "");
    EXPECT_EQ(asked.param("x"), "%zz");
    EXPECT_FALSE(asked.param("y"));
    EXPECT_EQ(request("/").path, "/");
    EXPECT_TRUE(request("/?").params.empty());
    EXPECT_EQ(request("/%").path, "/%");
}

TEST(http_params, are_checked) {
    const auto asked = request("/?n=7&time=2s&bad=x&flag=1&query=to:1");
    EXPECT_EQ(number_param(asked, "n", 1, 1, 10), 7U);
    EXPECT_EQ(number_param(asked, "absent", 5, 1, 10), 5U);
    EXPECT_THROW(std::ignore = number_param(asked, "n", 1, 1, 6), api_error);
    EXPECT_THROW(std::ignore = number_param(asked, "bad", 1, 1, 6), api_error);
    EXPECT_EQ(duration_param(asked, "time", 1s, 10s), 2s);
    EXPECT_THROW(std::ignore = duration_param(asked, "time", 1s, 1s), api_error);
    EXPECT_TRUE(flag_param(asked, "flag"));
    EXPECT_FALSE(query_param(asked).matches_everything());
    EXPECT_THROW(std::ignore = query_param(request("/?query=(")), api_error);
    EXPECT_THROW(allow_params(asked, {"n"}), api_error);
    EXPECT_NO_THROW(allow_params(request("/?n=1"), {"n"}));
}

TEST(http_errors, are_json) {
    const auto response = api_error(404, "not_found", "no \"x\"").response();
    EXPECT_EQ(response.status, 404U);
    EXPECT_EQ(response.body, R"({"error":{"code":"not_found","message":"no \"x\""}})");
}

}  // namespace
