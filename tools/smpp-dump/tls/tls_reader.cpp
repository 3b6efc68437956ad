#include "smpp-dump/tls/tls_reader.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace smpp_dump {
namespace {

constexpr std::uint8_t change_cipher_spec = 20, alert = 21, handshake = 22, application_data = 23;
constexpr std::uint16_t v1_2 = 0x0303, v1_3 = 0x0304;

// Octets of the client that are kept while its secrets are not in the key log: who writes the log
// may do so a moment after the record that needs them has passed.
constexpr std::size_t patience = 4096;

}  // namespace

bool begins_as_tls(smpp::octet_span octets) noexcept {
    if (octets.empty() || octets[0] < change_cipher_spec || octets[0] > application_data) {
        return false;
    }
    return octets.size() < 5 ||
           (octets[1] == 3 && octets[2] <= 4 &&
            smpp::load_be<std::uint16_t>(octets.data() + 3) <= (1U << 14) + 2048);
}

tls_reader::tls_reader(key_log& keys, stream_sink& first, stream_sink& second) : keys_(&keys) {
    ways_[0].out = &first;
    ways_[1].out = &second;
}

void tls_reader::add(std::size_t direction, smpp::octet_span octets, const stamp& seen) {
    way& from = ways_[direction];
    if (from.finished || octets.empty()) {
        return;
    }
    from.waiting += smpp::as_text(octets);
    from.seen = seen;
    process(direction);
    process(1 - direction);  // what waited for these octets
    process(direction);
    if (!from.finished && from.waiting.size() > max_waiting) {
        fail("the other side's part of the handshake is not in the capture");
    }
}

void tls_reader::gap(std::size_t direction, std::uint64_t n, const stamp& seen) {
    way& from = ways_[direction];
    if (from.finished) {
        return;
    }
    if (!from.secured || !from.key) {
        fail("octets of the handshake are not in the capture");
        return;
    }
    from.lost += n + from.waiting.size();
    from.waiting.clear();
    from.seen = seen;
    from.resuming = true;
}

void tls_reader::finish() {
    if (keys_->empty()) {
        return;  // nobody expects to read it
    }
    for (const way& each : ways_) {
        if (each.finished || each.key || each.waiting.empty()) {
            continue;
        }
        if (suite_ != nullptr && client_) {
            fail_for_want_of_keys();
        } else {
            fail("the rest of the handshake is not in the capture");
        }
    }
}

/// All whole records.
void tls_reader::process(std::size_t direction) {
    way& from = ways_[direction];
    std::size_t at = from.resuming ? resume(from) : 0;
    while (!from.finished && !from.resuming && from.waiting.size() - at >= header_size) {
        const smpp::octet_span rest = smpp::as_octets(from.waiting).subspan(at);
        if (!begins_as_tls(rest)) {
            fail("there are octets that are no TLS record");
            return;
        }
        const std::size_t size = smpp::load_be<std::uint16_t>(rest.data() + 3);
        if (rest.size() < header_size + size) {
            break;
        }
        const record_result result = take(direction, rest[0], rest.subspan(header_size, size));
        if (result == record_result::stopped) {
            return;
        }
        if (result == record_result::again) {
            continue;
        }
        if (result == record_result::waits) {
            break;
        }
        at += header_size + size;
    }
    if (!from.finished) {
        from.waiting.erase(0, at);
    }
}

/// Behind a gap: looks for a record that can be opened, whichever number it has. Returns how many
/// octets were used up.
std::size_t tls_reader::resume(way& from) {
    const smpp::octet_span all = smpp::as_octets(from.waiting);
    for (std::size_t at = 0; at + header_size <= all.size(); ++at) {
        const smpp::octet_span rest = all.subspan(at);
        if (rest[0] != application_data || !begins_as_tls(rest)) {
            continue;
        }
        const std::size_t size = smpp::load_be<std::uint16_t>(rest.data() + 3);
        if (rest.size() < header_size + size) {
            if (all.size() > max_waiting / 2) {
                continue;
            }
            from.lost += at;
            return at;  // it may be one, when the rest of it has come
        }
        std::string text;
        for (std::uint64_t lost = 0; lost < max_lost_records; ++lost) {
            if (from.key->open(application_data, v1_2, rest.subspan(header_size, size), text)) {
                from.out->on_gap(from.lost + at, from.seen);
                from.lost = 0;
                from.resuming = false;
                const auto direction = static_cast<std::size_t>(&from - &ways_[0]);
                use_text(direction, application_data, text);
                return at + header_size + size;
            }
            from.key->skip(1);
        }
        from.key->skip(~max_lost_records + 1);  // back to where it was
    }
    const std::size_t used = all.size() < header_size ? 0 : all.size() - header_size + 1;
    from.lost += used;
    return used;
}

/// A record without a key to open it. In TLS 1.3 the keys are asked for when the client seals, as
/// its key log cannot have them when the server's hello passes by.
tls_reader::record_result tls_reader::sealed_too_early(std::size_t direction) {
    if ((suite_ != nullptr && !suite_->v1_3) || !client_) {
        fail(
            "its beginning is not in the capture: only who sees the handshake can decrypt the "
            "rest");
        return record_result::stopped;
    }
    if (suite_ == nullptr || direction != client_) {
        return record_result::waits;
    }
    if (!find_secrets()) {
        if (!keys_->empty() && ways_[direction].waiting.size() < patience) {
            return record_result::waits;
        }
        fail_for_want_of_keys();
        return record_result::stopped;
    }
    set_secret(ways_[direction], secrets_.client_handshake);
    set_secret(ways_[1 - direction], secrets_.server_handshake);
    ways_[1 - direction].messages.clear();
    return record_result::again;
}

tls_reader::record_result tls_reader::take(std::size_t direction, std::uint8_t type,
                                           smpp::octet_span payload) {
    way& from = ways_[direction];
    if (type == change_cipher_spec) {
        return change_cipher(direction);
    }
    if (!from.key) {
        if (type == application_data) {
            return sealed_too_early(direction);
        }
        if (type == handshake && !client_ && !payload.empty() && payload[0] == server_hello) {
            return record_result::waits;  // for the client's, which comes late or not at all
        }
        std::string text(smpp::as_text(payload));
        use_text(direction, type, text);
        return from.finished ? record_result::stopped : record_result::taken;
    }
    std::string text;
    if (!from.key->open(type, v1_2, payload, text)) {
        if (suite_->v1_3 && client_ == direction && !from.secured) {
            return record_result::taken;  // early data, which has a key of its own
        }
        fail("a record cannot be opened: it is damaged, or the key log is of another session");
        return record_result::stopped;
    }
    use_text(direction, type, text);
    return from.finished ? record_result::stopped : record_result::taken;
}

tls_reader::record_result tls_reader::change_cipher(std::size_t direction) {
    if (retried_ || (suite_ != nullptr && suite_->v1_3)) {
        return record_result::taken;  // it means nothing in TLS 1.3
    }
    if (suite_ == nullptr) {
        return record_result::waits;
    }
    if (secrets_.master.empty() && !find_secrets()) {
        // A resumed session, of which the client may know them soon; or the log lags behind.
        if (direction != client_ ||
            (!keys_->empty() && ways_[direction].waiting.size() < patience)) {
            return record_result::waits;
        }
        fail_for_want_of_keys();
        return record_result::stopped;
    }
    const std::size_t iv_size = suite_->aead == tls_aead::chacha20_poly1305 ? 12 : 4;
    const std::string block =
        prf(*suite_, secrets_.master, "key expansion", server_random_ + client_random_,
            2 * (suite_->key_size + iv_size));
    const std::size_t which = client_ == direction ? 0 : 1;
    const std::string_view all = block;
    ways_[direction].key.emplace(*suite_, all.substr(which * suite_->key_size, suite_->key_size),
                                 all.substr(2 * suite_->key_size + which * iv_size, iv_size));
    ways_[direction].messages.clear();
    return record_result::taken;
}

/// What a record says. TLS 1.3 keeps the true type behind the text, padded with zeros.
void tls_reader::use_text(std::size_t direction, std::uint8_t type, std::string& text) {
    way& from = ways_[direction];
    if (from.key && suite_->v1_3) {
        const auto end = text.find_last_not_of('\0');
        if (end == std::string::npos) {
            fail("a record has no content");
            return;
        }
        type = static_cast<std::uint8_t>(text[end]);
        text.resize(end);
    }
    if (type == application_data) {
        from.secured = true;
        talked_ = talked_ || !text.empty();
        if (!text.empty()) {
            from.out->on_octets(smpp::as_octets(text), from.seen);
        }
    } else if (type == handshake) {
        from.messages.add(smpp::as_octets(text), [&](const handshake_message& message) {
            use_message(direction, message);
        });
    } else if (type == alert && text.size() == 2 && text[1] != 0) {
        // A server of TLS 1.3 has finished when it refuses the client's certificate.
        fail(fmt::format("the {} broke the {} off: {}", client_ == direction ? "client" : "server",
                         talked_ ? "connection" : "handshake",
                         SSL_alert_desc_string_long(static_cast<unsigned char>(text[1]))));
    }
}

void tls_reader::use_message(std::size_t direction, const handshake_message& message) {
    way& from = ways_[direction];
    if (message.type == client_hello) {
        if (const auto read = read_client_hello(message.body)) {
            client_ = direction;
            client_random_ = read->random;
        }
    } else if (message.type == server_hello) {
        const auto read = read_server_hello(message.body);
        if (!read) {
            fail("the server's hello is damaged");
        } else if (read->retry) {
            retried_ = true;
        } else {
            greeted(*read);
        }
    } else if (message.type == finished && from.key && suite_->v1_3) {
        from.secured = true;
        set_secret(from, client_ == direction ? secrets_.client_traffic : secrets_.server_traffic);
    } else if (message.type == finished && from.key) {
        from.secured = true;
    } else if (message.type == key_update && from.secured && suite_->v1_3) {
        set_secret(from, expand_label(*suite_, from.secret, "traffic upd", from.secret.size()));
    }
}

void tls_reader::greeted(const hello& answer) {
    if (answer.version != v1_2 && answer.version != v1_3) {
        fail(fmt::format("it is version {}.{} of TLS; 1.2 and 1.3 can be read", 1,
                         (answer.version & 0xFF) - 1));
        return;
    }
    suite_ = find_suite(answer.suite);
    if (suite_ == nullptr || suite_->v1_3 != (answer.version == v1_3)) {
        fail(
            fmt::format("its cipher suite {:#06x} cannot be read; AES-GCM and ChaCha20-Poly1305 "
                        "can",
                        answer.suite));
        return;
    }
    server_random_ = answer.random;
}

/// Who writes the log does so line by line: some of a session's secrets may be there before others.
bool tls_reader::find_secrets() {
    const tls_secrets* found = keys_->find(client_random_);
    if (found != nullptr && !are_enough(*found)) {
        keys_->read_on();
        found = keys_->find(client_random_);
    }
    if (found == nullptr || !are_enough(*found)) {
        return false;
    }
    secrets_ = *found;
    return true;
}

bool tls_reader::are_enough(const tls_secrets& secrets) const noexcept {
    const std::size_t size = suite_->sha384 ? 48 : 32;
    return suite_->v1_3
               ? secrets.client_handshake.size() == size &&
                     secrets.server_handshake.size() == size &&
                     secrets.client_traffic.size() == size && secrets.server_traffic.size() == size
               : secrets.master.size() == 48;
}

void tls_reader::set_secret(way& of, const std::string& secret) {
    of.secret = secret;
    of.key.emplace(*suite_, expand_label(*suite_, secret, "key", suite_->key_size),
                   expand_label(*suite_, secret, "iv", 12));
}

void tls_reader::fail_for_want_of_keys() {
    keyless_ = keys_->empty();
    fail(fmt::format("its secrets are not in the key log (client random {})",
                     smpp::to_hex(smpp::as_octets(client_random_))));
}

void tls_reader::fail(const std::string& why) {
    if (problem_.empty()) {
        problem_ = why;
    }
    for (way& each : ways_) {
        each.finished = true;
        each.waiting = {};
    }
}

}  // namespace smpp_dump
