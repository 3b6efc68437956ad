#include "smpp-load/submitter.hpp"

#include <algorithm>

namespace smpp_load {
namespace {

smpp::client_options client_options_of(const options& from) {
    smpp::client_options out;
    out.session.window = from.window;
    out.session.response_timer = std::chrono::duration_cast<smpp::duration>(from.response_timer);
    out.session.session_init_timer = std::chrono::seconds(60);
    out.connect_timer = std::chrono::seconds(60);
    out.tls = from.tls;
    out.tls_options.verify = from.verify;
    out.tls_options.ca_file = from.ca_file;
    return out;
}

/// More at a time overflow the accept queue of the server, and each lost SYN costs a second.
constexpr std::size_t connecting_at_a_time = 64;

}  // namespace

submitter::submitter(const options& options, const share& part, live_counters& live)
    : worker(options, part, live), mix_(options.messages) {
    for (unsigned i = 0; i < part.sessions; ++i) {
        clients_.push_back(
            std::make_unique<smpp::client>(context().get_executor(), client_options_of(options)));
    }
}

void submitter::gather() {
    next_to_connect_ = std::min(connecting_at_a_time, clients_.size());
    for (std::size_t i = 0; i < next_to_connect_; ++i) {
        connect(i);
    }
}

void submitter::connect(std::size_t session) {
    smpp::client& client = *clients_[session];
    client.async_connect(wanted().host, wanted().port, [=, this, &client](smpp::error_code failed) {
        if (failed) {
            on_bound(session, client.last_error());
            return;
        }
        smpp::bind_transceiver bind;
        bind.system_id = wanted().user;
        bind.password = wanted().password;
        client.async_bind(bind, [=, this](smpp::error_code refused, const auto&) {
            on_bound(session, !refused ? std::string() : "bind refused: " + refused.message());
        });
    });
}

void submitter::on_bound(std::size_t session, const std::string& failure) {
    if (failure.empty()) {
        listen(session);
    }
    if (next_to_connect_ < clients_.size()) {
        connect(next_to_connect_++);
    }
    on_ready(session, failure);
}

void submitter::send(std::size_t session, clock::time_point due) {
    clients_[session]->async_request(
        mix_.next(), [this, session, due](smpp::error_code failed, const smpp::submit_sm_resp&) {
            on_answer(session, due, failed);
        });
}

/// Receipts are counted; the end of the session is noticed.
void submitter::listen(std::size_t session) {
    clients_[session]->async_receive([=, this](smpp::error_code ended, const smpp::pdu&) {
        if (ended) {
            on_lost(session, ended);
        } else {
            on_other_message();
            listen(session);
        }
    });
}

bool submitter::is_open(std::size_t session) const {
    return clients_[session]->state() != smpp::session_state::closed;
}

void submitter::release() {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        if (is_open(i)) {
            clients_[i]->async_unbind(
                std::chrono::duration_cast<smpp::duration>(wanted().response_timer),
                [](smpp::error_code) {});
        }
    }
}

}  // namespace smpp_load
