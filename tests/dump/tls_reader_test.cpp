// Against our own TLS client and server, octet by octet and with new keys on the way.
#include <gtest/gtest.h>

#include <random>

#include "smpp-dump/live/tls_engine.hpp"
#include "smpp-dump/tls/tls_reader.hpp"

namespace {

using smpp_dump::stamp;
using smpp_dump::tls_state;

struct text_sink final : smpp_dump::stream_sink {
    void on_octets(smpp::octet_span octets, const stamp&) override {
        text += smpp::as_text(octets);
    }
    void on_gap(std::uint64_t n, const stamp&) override { missing += n; }
    std::string text;
    std::uint64_t missing = 0;
};

/// Made once: making keys takes time.
struct contexts {
    smpp_dump::tls_context server = smpp_dump::tls_context::server({{}, {}, {"localhost"}});
    smpp_dump::tls_context client = smpp_dump::tls_context::client({});
};
contexts& both() {
    static contexts made;
    return made;
}

/// A client and a server whose octets pass by a reader.
class passing {
public:
    passing(std::string_view version, const std::string& cipher, std::size_t piece)
        : piece_(piece) {
        both().client.only(version, cipher);
        both().server.only(version);
        both().client.log_keys([this](std::string_view line) { keys.add(line); });
        client = std::make_unique<smpp_dump::tls_engine>(both().client, smpp_dump::tls_role::client,
                                                         "localhost");
        server =
            std::make_unique<smpp_dump::tls_engine>(both().server, smpp_dump::tls_role::server);
    }

    void shake_hands() {
        bool done = false;
        for (int turn = 0; turn < 10 && !done; ++turn) {
            const bool a = client->handshake() == tls_state::fine;
            travel(0);
            const bool b = server->handshake() == tls_state::fine;
            travel(1);
            done = a && b;
        }
        ASSERT_TRUE(done);
    }

    void travel(std::size_t from) {
        const std::string octets = (from == 0 ? client : server)->take_output();
        for (std::size_t at = 0; at < octets.size(); at += piece_) {
            const auto part =
                smpp::as_octets(octets).subspan(at, std::min(piece_, octets.size() - at));
            reader.add(from, part, {});
        }
        (from == 0 ? server : client)->feed(smpp::as_octets(octets));
    }

    void send(std::size_t from, const std::string& text) {
        ASSERT_TRUE((from == 0 ? client : server)->write(smpp::as_octets(text)));
        travel(from);
        std::string got;
        ASSERT_NE(tls_state::failed, (from == 0 ? server : client)->read(got));
        ASSERT_EQ(text, got);
        sent[from] += text;
    }

    smpp_dump::key_log keys{};
    text_sink texts[2];
    smpp_dump::tls_reader reader{keys, texts[0], texts[1]};
    std::unique_ptr<smpp_dump::tls_engine> client;
    std::unique_ptr<smpp_dump::tls_engine> server;
    std::string sent[2];

private:
    std::size_t piece_;
};

std::string any_cipher(std::string_view version) {
    return version == "1.3" ? "TLS_AES_128_GCM_SHA256" : "ECDHE+AESGCM";
}

TEST(tls_reader, reads_every_suite_in_pieces_of_any_size) {
    const std::pair<const char*, const char*> suites[] = {
        {"1.3", "TLS_AES_128_GCM_SHA256"},
        {"1.3", "TLS_AES_256_GCM_SHA384"},
        {"1.3", "TLS_CHACHA20_POLY1305_SHA256"},
        {"1.2", "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"},
        {"1.2", "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"},
        {"1.2", "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"}};
    for (const auto& [version, cipher] : suites) {
        for (const std::size_t piece : {1U, 100U, 100'000U}) {
            passing p(version, cipher, piece);
            p.shake_hands();
            p.send(0, "from the client");
            p.send(1, std::string(40'000, 'x'));
            p.send(0, "again");
            EXPECT_EQ("", p.reader.problem()) << cipher;
            EXPECT_EQ(p.sent[0], p.texts[0].text) << cipher;
            EXPECT_EQ(p.sent[1], p.texts[1].text) << cipher;
        }
    }
}

TEST(tls_reader, follows_new_keys_of_either_side) {
    passing p("1.3", "TLS_AES_256_GCM_SHA384", 50);
    p.shake_hands();
    for (int turn = 0; turn < 4; ++turn) {
        p.send(0, "before");
        ASSERT_TRUE(p.client->update_keys(turn % 2 == 0));
        p.send(0, "after");
        p.send(1, "the other side");
        ASSERT_TRUE(p.server->update_keys(false));
        p.send(1, "after");
    }
    EXPECT_EQ("", p.reader.problem());
    EXPECT_EQ(p.sent[0], p.texts[0].text);
    EXPECT_EQ(p.sent[1], p.texts[1].text);
}

TEST(tls_reader, goes_on_behind_a_gap) {
    for (const char* version : {"1.2", "1.3"}) {
        passing p(version, any_cipher(version), 100'000);
        p.shake_hands();
        p.send(0, "one");
        ASSERT_TRUE(p.client->write(smpp::as_octets("lost")));
        const std::string lost = p.client->take_output();
        p.reader.add(0, smpp::as_octets(lost).first(7), {});
        p.reader.gap(0, lost.size() - 7, {});
        p.server->feed(smpp::as_octets(lost));
        std::string got;
        ASSERT_EQ(tls_state::hungry, p.server->read(got));
        p.send(0, "two");
        EXPECT_EQ("onetwo", p.texts[0].text);
        EXPECT_EQ(lost.size(), p.texts[0].missing);
        EXPECT_EQ("", p.reader.problem());
    }
}

TEST(tls_reader, survives_octets_changed_anywhere) {
    std::mt19937 random(7);  // NOLINT: the same every time
    for (int round = 0; round < 60; ++round) {
        const std::string_view version = round % 2 == 0 ? "1.2" : "1.3";
        passing p(version, any_cipher(version), 100'000);
        p.shake_hands();
        std::string octets(200, '\0');
        for (char& each : octets) {
            each = static_cast<char>(random());
        }
        octets[0] = static_cast<char>(21 + random() % 3);
        octets[1] = octets[2] = 3;
        octets[3] = 0;
        octets[4] = static_cast<char>(195);  // all that follows
        p.reader.add(random() % 2, smpp::as_octets(octets), {});
        EXPECT_NE("", p.reader.problem());
        EXPECT_EQ("", p.texts[0].text + p.texts[1].text);
    }
}

TEST(key_log, takes_lines_and_passes_over_what_is_none) {
    const std::string random(64, 'a');
    smpp_dump::key_log keys;
    EXPECT_TRUE(keys.empty());
    keys.add("# comment\r\nCLIENT_RANDOM " + random + " " + std::string(96, 'b') +
             "\r\nCLIENT_RANDOM xx yy\nRSA 12 34\n\nCLIENT_RANDOM " + std::string(62, 'c') + " " +
             std::string(96, 'b') + "\nSERVER_TRAFFIC_SECRET_0 " + random + " " +
             std::string(64, 'd'));
    EXPECT_EQ(1U, keys.size());
    const auto* found = keys.find(std::string(32, '\xAA'));
    ASSERT_NE(nullptr, found);
    EXPECT_EQ(std::string(48, '\xBB'), found->master);
    EXPECT_EQ(std::string(32, '\xDD'), found->server_traffic);
    EXPECT_EQ(nullptr, keys.find(std::string(32, '\xCC')));
}

}  // namespace
