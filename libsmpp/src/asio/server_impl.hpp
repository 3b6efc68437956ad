// What a server is made of: listeners, connections on their way to be sessions, and sessions.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "asio/link.hpp"
#include "asio/tls_context.hpp"
#include "smpp/asio/server.hpp"

namespace smpp::detail {

class server_impl : public std::enable_shared_from_this<server_impl> {
public:
    server_impl(boost::asio::any_io_executor executor, server_handler& handler,
                server_options options)
        : executor_(std::move(executor)), handler_(&handler), options_(std::move(options)) {}

    std::uint16_t listen(const std::string& address, std::uint16_t port,
                         const std::optional<tls_server_options>& tls);
    void dial(const std::string& host, std::uint16_t port, server::dialled done,
              const std::optional<tls_client_options>& tls);
    void reload_certificates();
    void stop(duration drain, std::function<void()> done);
    void abort();
    /// The handler is told nothing any more.
    void forget_handler() noexcept { handler_ = &nobody_; }
    [[nodiscard]] std::size_t count() const noexcept { return sessions_.size(); }
    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }
    void for_each(const std::function<void(server_session&)>& visit) {
        const auto open = sessions_;  // a visitor may close sessions
        for (const auto& [id, session] : open) {
            visit(*session);
        }
    }

private:
    /// A place among the connections, from accepting to the end.
    class place {
    public:
        place(std::shared_ptr<server_impl> impl, const boost::asio::ip::address& of)
            : impl_(std::move(impl)), address_(of) {
            ++impl_->connections_;
            ++impl_->per_address_[address_];
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() {
            --impl_->connections_;
            const auto found = impl_->per_address_.find(address_);
            if (--found->second == 0) {
                impl_->per_address_.erase(found);
            }
        }
        [[nodiscard]] server_impl& impl() const noexcept { return *impl_; }

    private:
        std::shared_ptr<server_impl> impl_;
        boost::asio::ip::address address_;
    };
    using place_ptr = std::unique_ptr<place>;

    /// A connection that is not a session yet. The end of the server ends it.
    class unfinished {
    public:
        explicit unfinished(std::shared_ptr<server_impl> impl) : impl_(std::move(impl)) {
            impl_->unfinished_.insert(this);
        }
        unfinished(const unfinished&) = delete;
        unfinished& operator=(const unfinished&) = delete;
        virtual void cancel() = 0;
        virtual ~unfinished() { impl_->unfinished_.erase(this); }

    private:
        std::shared_ptr<server_impl> impl_;
    };
    struct handshake;
    struct call;
    void on_called(const std::shared_ptr<call>& out, const error_code& failed);
    void on_dialled(const std::shared_ptr<call>& out, const error_code& failed);

    /// Turns a link's events into the handler's calls.
    class session_owner final : public link_owner {
    public:
        session_owner(place_ptr at, std::shared_ptr<server_session> session,
                      std::shared_ptr<trace_hook> trace)
            : place_(std::move(at)), session_(std::move(session)), trace_(std::move(trace)) {}
        void on_start() override;
        void on_event(const event& e) override;
        void on_turn_end() override { place_->impl().handler_->on_turn_end(*session_); }

    private:
        place_ptr place_;
        std::shared_ptr<server_session> session_;
        std::shared_ptr<trace_hook> trace_;
    };

    struct listener {
        explicit listener(const boost::asio::any_io_executor& executor) : acceptor(executor) {}
        boost::asio::ip::tcp::acceptor acceptor;
        std::shared_ptr<boost::asio::ssl::context> tls;
        std::optional<tls_server_options> tls_options;
    };

    void accept_on(const std::shared_ptr<listener>& from);
    void on_accepted(const std::shared_ptr<listener>& from, boost::asio::ip::tcp::socket socket);
    [[nodiscard]] place_ptr admit(const boost::asio::ip::tcp::socket& socket);
    void shake_hands(const std::shared_ptr<boost::asio::ssl::context>& context,
                     boost::asio::ip::tcp::socket socket, place_ptr at);
    /// Null: the handler has ended the session as it began.
    template <class Stream>
    std::shared_ptr<server_session> open(Stream stream, place_ptr at);
    void on_session_end(std::uint64_t id);
    void take_no_more();

    boost::asio::any_io_executor executor_;
    struct deaf_handler final : server_handler {
        void on_request(server_session&, const header&, const body_view&, octet_span) override {}
    };
    deaf_handler nobody_;
    server_handler* handler_;
    server_options options_;
    std::vector<std::shared_ptr<listener>> listeners_;
    std::unordered_map<std::uint64_t, std::shared_ptr<server_session>> sessions_;
    std::unordered_set<unfinished*> unfinished_;
    std::vector<std::function<void()>> stopped_;
    std::map<boost::asio::ip::address, std::size_t> per_address_;
    std::size_t connections_ = 0;
    std::uint64_t last_id_ = 0;
    std::uint64_t refused_ = 0;
    bool stopping_ = false;
};

}  // namespace smpp::detail
