// The faces of a pool: of several members, or of one.
#include "smpp/asio/client_pool.hpp"

#include "asio/pool_impl.hpp"

namespace smpp {
namespace {

std::shared_ptr<detail::pool_impl> make_pool(boost::asio::any_io_executor executor,
                                             pool_options options) {
    auto pool = std::make_shared<detail::pool_impl>(std::move(executor), std::move(options));
    pool->make_members();
    return pool;
}

pool_options pool_of_one(reconnect_options options) {
    pool_options one;
    one.max_waiting = options.max_waiting;
    one.members.push_back(std::move(options));
    return one;
}

}  // namespace

reconnecting_client::reconnecting_client(executor_type executor, reconnect_options options)
    : impl_(make_pool(std::move(executor), pool_of_one(std::move(options)))) {}
reconnecting_client::~reconnecting_client() {
    if (impl_) {
        impl_->close();
    }
}
reconnecting_client::reconnecting_client(reconnecting_client&&) noexcept = default;
reconnecting_client& reconnecting_client::operator=(reconnecting_client&& other) noexcept {
    reconnecting_client old(std::move(*this));
    impl_ = std::move(other.impl_);
    return *this;
}

reconnecting_client::executor_type reconnecting_client::get_executor() const noexcept {
    return impl_->executor();
}
void reconnecting_client::close() { impl_->close(); }
session_state reconnecting_client::state() const noexcept {
    return impl_->members()[0]->line().state();
}
std::size_t reconnecting_client::waiting() const noexcept { return impl_->waiting(); }
std::size_t reconnecting_client::in_flight() const noexcept { return impl_->in_flight(); }
double reconnecting_client::rate() const noexcept { return impl_->members()[0]->rate().rate(); }
session_counters reconnecting_client::counters() const noexcept {
    return impl_->members()[0]->line().counters();
}
std::uint64_t reconnecting_client::sessions() const noexcept {
    return impl_->members()[0]->sessions();
}
const std::string& reconnecting_client::last_error() const noexcept {
    return impl_->members()[0]->last_error();
}

client_pool::client_pool(executor_type executor, pool_options options)
    : impl_(make_pool(std::move(executor), std::move(options))) {}
client_pool::~client_pool() {
    if (impl_) {
        impl_->close();
    }
}
client_pool::client_pool(client_pool&&) noexcept = default;
client_pool& client_pool::operator=(client_pool&& other) noexcept {
    client_pool old(std::move(*this));
    impl_ = std::move(other.impl_);
    return *this;
}

client_pool::executor_type client_pool::get_executor() const noexcept { return impl_->executor(); }
void client_pool::close() { impl_->close(); }
std::size_t client_pool::last_member() const noexcept { return impl_->last_member(); }
std::size_t client_pool::size() const noexcept { return impl_->members().size(); }
std::size_t client_pool::bound() const noexcept { return impl_->bound_count(); }
std::size_t client_pool::waiting() const noexcept { return impl_->waiting(); }
std::size_t client_pool::in_flight() const noexcept { return impl_->in_flight(); }
const client& client_pool::member(std::size_t member) const noexcept {
    return impl_->members()[member]->line();
}

}  // namespace smpp
