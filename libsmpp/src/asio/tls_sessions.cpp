// TLS sessions to resume: kept as octets, since OpenSSL's objects belong to one context each.
#include "asio/tls_sessions.hpp"

#include <openssl/ssl.h>

#include <deque>
#include <map>
#include <mutex>

namespace smpp {

class tls_session_cache::impl {
public:
    void keep(const std::string& peer, SSL_SESSION* session) {
        const int size = i2d_SSL_SESSION(session, nullptr);
        if (size <= 0) {
            return;
        }
        std::string octets(static_cast<std::size_t>(size), '\0');
        auto* to = reinterpret_cast<unsigned char*>(octets.data());
        i2d_SSL_SESSION(session, &to);
        // A ticket of TLS 1.3 is for one use (RFC 8446, C.4): as many connections as begin at a
        // time want one each. A session of 1.2 lasts, and the last one is enough.
        const bool once = SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION;
        const std::lock_guard lock(mutex_);
        if (peers_.size() >= max_peers && peers_.find(peer) == peers_.end()) {
            peers_.erase(peers_.begin());
        }
        kept& at = peers_[peer];
        if (at.once != once || !once) {
            at.sessions.clear();
        } else if (at.sessions.size() >= max_of_a_peer) {
            at.sessions.pop_front();
        }
        at.once = once;
        at.sessions.push_back(std::move(octets));
    }

    /// The newest, which the peer will know longest.
    [[nodiscard]] std::string take(const std::string& peer) {
        const std::lock_guard lock(mutex_);
        const auto found = peers_.find(peer);
        if (found == peers_.end()) {
            return {};
        }
        std::deque<std::string>& sessions = found->second.sessions;
        if (!found->second.once) {
            return sessions.back();
        }
        std::string octets = std::move(sessions.back());
        sessions.pop_back();
        if (sessions.empty()) {
            peers_.erase(found);
        }
        return octets;
    }

private:
    static constexpr std::size_t max_peers = 1000;
    static constexpr std::size_t max_of_a_peer = 64;  // of 2 KiB or so

    struct kept {
        std::deque<std::string> sessions;
        bool once = true;
    };

    std::mutex mutex_;
    std::map<std::string, kept> peers_;
};

tls_session_cache::tls_session_cache() : impl_(std::make_unique<impl>()) {}
tls_session_cache::~tls_session_cache() = default;

namespace detail {
namespace {

/// What a connection needs to keep the sessions it is given.
struct keeper {
    std::shared_ptr<tls_session_cache> cache;
    std::string peer;
};

int keeper_index() {
    static const int index = SSL_get_ex_new_index(
        0, nullptr, nullptr, nullptr, [](void*, void* object, CRYPTO_EX_DATA*, int, long, void*) {
            delete static_cast<keeper*>(object);
        });
    return index;
}

int on_new_session(SSL* ssl, SSL_SESSION* session) {
    if (const auto* to = static_cast<keeper*>(SSL_get_ex_data(ssl, keeper_index()))) {
        to->cache->get().keep(to->peer, session);
    }
    return 0;  // the session stays OpenSSL's
}

}  // namespace

void resume(SSL* ssl, const std::shared_ptr<tls_session_cache>& cache, const std::string& peer) {
    if (!cache) {
        return;
    }
    SSL_CTX* context = SSL_get_SSL_CTX(ssl);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, on_new_session);
    SSL_set_ex_data(ssl, keeper_index(), new keeper{cache, peer});
    const std::string octets = cache->get().take(peer);
    if (octets.empty()) {
        return;
    }
    const auto* from = reinterpret_cast<const unsigned char*>(octets.data());
    if (SSL_SESSION* session = d2i_SSL_SESSION(nullptr, &from, static_cast<long>(octets.size()))) {
        SSL_set_session(ssl, session);
        SSL_SESSION_free(session);
    }
}

}  // namespace detail
}  // namespace smpp
