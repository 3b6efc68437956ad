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
    out.tls = from.tls.on;
    out.tls_options.verify = from.tls.verify;
    out.tls_options.ca_file = from.tls.ca_file;
    out.tls_options.cert_file = from.tls.cert_file;
    out.tls_options.key_file = from.tls.key_file;
    out.tls_options.server_name = from.tls.server_name;
    out.tls_options.min_version = from.tls.min_version;
    out.tls_options.keylog_file = from.tls.keylog_file;
    return out;
}

/// More at a time overflow the accept queue of the server, and each lost SYN costs a second.
constexpr std::size_t connecting_at_a_time = 64;

}  // namespace

submitter::submitter(const options& options, const share& part)
    : worker(options, part), mix_(options.messages, part.thread) {
    smpp::client_options each = client_options_of(options);
    if (options.tls.resume) {
        each.tls_options.sessions = std::make_shared<smpp::tls_session_cache>();
    }
    for (unsigned i = 0; i < part.sessions; ++i) {
        clients_.push_back(std::make_unique<smpp::client>(context().get_executor(), each));
    }
}

void submitter::gather() {
    next_to_connect_ = std::min(connecting_at_a_time, clients_.size());
    for (std::size_t i = 0; i < next_to_connect_; ++i) {
        connect(i);
    }
}

void submitter::connect(std::size_t session) {
    clients_[session]->async_connect(
        wanted().host, wanted().port, [=, this](smpp::error_code failed) {
            failed ? on_bound(session, clients_[session]->last_error()) : bind(session);
        });
}

void submitter::bind(std::size_t session) {
    const auto send = [&](auto pdu) {
        pdu.system_id = wanted().user;
        pdu.password = wanted().password;
        pdu.system_type = wanted().system_type;
        pdu.interface_version = wanted().version;
        clients_[session]->async_bind(pdu, [=, this](smpp::error_code failed, const auto&) {
            on_bound(session, !failed ? std::string() : "bind refused: " + failed.message());
        });
    };
    switch (wanted().bind) {
        case bind_kind::transmitter: return send(smpp::bind_transmitter());
        case bind_kind::receiver: return send(smpp::bind_receiver());
        case bind_kind::transceiver: return send(smpp::bind_transceiver());
    }
}

void submitter::on_bound(std::size_t session, const std::string& failure) {
    if (released_) {
        clients_[session]->close();
        return;
    }
    if (failure.empty()) {
        listen(session);
        note_security(clients_[session]->security());
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
            on_received();
            listen(session);
        }
    });
}

bool submitter::is_open(std::size_t session) const {
    return clients_[session]->state() != smpp::session_state::closed;
}

void submitter::release(bool early) {
    released_ = true;
    for (const auto& each : clients_) {
        if (!smpp::is_bound(each->state())) {
            each->close();
            continue;
        }
        ++leaving_;
        each->async_unbind(drain(), [this, early](smpp::error_code) {
            if (--leaving_ == 0 && early) {
                context().stop();
            }
        });
    }
    if (leaving_ == 0 && early) {  // nobody waits for what is still connecting
        context().stop();
    }
}

}  // namespace smpp_load
