// A test suite of somebody else: a client of theirs against an SMSC inside of the test program.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "smpp/codec.hpp"
#include "smpp/mock/server.hpp"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// The client under test: binds, submits, unbinds; blocking, and no more than that.
class client {
public:
    explicit client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            throw std::runtime_error("cannot connect");
        }
        smpp::bind_transceiver bind;
        bind.system_id = "shop";
        bind.password = "secret";
        bind.interface_version = smpp::interface_version::v3_4;
        request(bind);
    }
    ~client() { ::close(socket_); }
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    smpp::command_status submit(const std::string& to, const std::string& text) {
        smpp::submit_sm body;
        body.source.digits = "12345";
        body.destination.digits = to;
        body.short_message = text;
        return request(body);
    }
    /// The next PDU whole.
    std::string read_pdu() {
        auto octets = read(smpp::header_size);
        const auto length = smpp::load_be<std::uint32_t>(smpp::as_octets(octets).data());
        return octets + read(length - smpp::header_size);
    }

private:
    template <class P>
    smpp::command_status request(const P& body) {
        std::string octets;
        std::ignore = smpp::append(octets, smpp::command_status::ok, ++sequence_, body);
        if (::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL) < 0) {
            throw std::runtime_error("cannot send");
        }
        const auto answer = read_pdu();
        return smpp::command_status(
            smpp::load_be<std::uint32_t>(smpp::as_octets(answer).data() + 8));
    }
    std::string read(std::size_t count) {
        std::string out;
        while (out.size() < count) {
            char some[4096];
            const auto n = ::recv(socket_, some, std::min(sizeof some, count - out.size()), 0);
            if (n <= 0) {
                throw std::runtime_error("closed");
            }
            out.append(some, static_cast<std::size_t>(n));
        }
        return out;
    }

    int socket_;
    std::uint32_t sequence_ = 0;
};

std::vector<std::string> texts(const std::vector<smpp::mock::message>& of) {
    std::vector<std::string> out;
    for (const auto& each : of) {
        out.push_back(each.text);
    }
    return out;
}

TEST(embedded_server, takes_messages_and_shows_them) {
    smpp::mock::server smsc;
    EXPECT_EQ(smsc.url(), "smpp://127.0.0.1:" + std::to_string(smsc.port()));
    client shop(smsc.port());
    EXPECT_EQ(shop.submit("15551234567", "hello"), smpp::command_status::ok);
    EXPECT_EQ(shop.submit("15557654321", "again"), smpp::command_status::ok);
    const auto got = smsc.wait_for(1, "to:15551234567");
    ASSERT_EQ(got.size(), 1U);
    EXPECT_EQ(got[0].text, "hello");
    EXPECT_EQ(got[0].from, "12345");
    EXPECT_EQ(got[0].account, "shop");
    EXPECT_EQ(got[0].state, "DELIVERED");
    EXPECT_EQ(got[0].message_id, "1");
    EXPECT_THAT(got[0].json, HasSubstr("\"short_message\""));
    EXPECT_THAT(texts(smsc.messages()), ElementsAre("hello", "again"));
    smsc.reset();
    EXPECT_TRUE(smsc.messages().empty());
}

TEST(embedded_server, rules_are_json) {
    smpp::mock::server smsc({"--user", "shop:secret"});
    smsc.add_rules(R"({"match":{"first":1},"actions":[{"status":"ESME_RTHROTTLED"}]})");
    client shop(smsc.port());
    EXPECT_EQ(shop.submit("1", "x"), smpp::command_status::throttled);
    EXPECT_EQ(shop.submit("1", "x"), smpp::command_status::ok);
    smsc.clear_rules();
    EXPECT_THROW(smsc.add_rules(R"({"actions":[{"nope":1}]})"), std::runtime_error);
}

TEST(embedded_server, waiting_in_vain_says_what_there_was) {
    smpp::mock::server smsc;
    client shop(smsc.port());
    EXPECT_EQ(shop.submit("777", "only this"), smpp::command_status::ok);
    try {
        smsc.wait_for(2, "to:777", 20ms);
        FAIL() << "it came back";
    } catch (const std::runtime_error& late) {
        EXPECT_THAT(late.what(), HasSubstr("2 messages expected for \"to:777\" in 20 ms, 1 came"));
        EXPECT_THAT(late.what(), HasSubstr("12345 -> 777: only this"));
    }
}

TEST(embedded_server, messages_from_mobiles_and_other_calls) {
    smpp::mock::server smsc;
    client shop(smsc.port());
    smsc.send_mo(R"({"from":"+15551234567","to":"12345","text":"to the shop"})");
    EXPECT_THAT(shop.read_pdu(), HasSubstr("to the shop"));
    EXPECT_THAT(smsc.call("GET", "/api/v1/sessions").body, HasSubstr("\"shop\""));
    EXPECT_EQ(smsc.call("GET", "/nowhere").status, 404U);
    EXPECT_EQ(smsc.tls_address(), "");
}

TEST(embedded_server, several_at_a_time_and_options_that_are_wrong) {
    smpp::mock::server one, other({"--http", "127.0.0.1:0", "--tls-self-signed", "localhost",
                                   "--listen-tls", "127.0.0.1:0"});
    EXPECT_NE(one.port(), other.port());
    EXPECT_THAT(other.http_address(), HasSubstr("127.0.0.1:"));
    EXPECT_THAT(other.tls_address(), HasSubstr("127.0.0.1:"));
    try {
        const smpp::mock::server wrong({"--window", "0", "--nope"});
        FAIL() << "it started";
    } catch (const std::runtime_error& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("--window"));
        EXPECT_THAT(refused.what(), HasSubstr("--nope"));
    }
}

}  // namespace
