#include "smpp-load/deliverer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>

namespace smpp_load {
namespace {

smpp::server_options server_options_of(const options& from) {
    smpp::server_options out;
    out.session.window = from.window;
    out.session.response_timer = std::chrono::duration_cast<smpp::duration>(from.response_timer);
    out.max_connections = std::max<std::size_t>(out.max_connections, 2 * from.sessions);
    return out;
}

}  // namespace

deliverer::deliverer(const options& options, const share& part)
    : worker(options, part),
      mix_(options.messages, part.thread),
      receivers_(part.sessions),
      server_(context().get_executor(), *this, server_options_of(options)) {
    std::optional<smpp::tls_server_options> tls;
    if (options.tls.on) {
        tls.emplace();
        tls->cert_file = options.tls.cert_file;
        tls->key_file = options.tls.key_file;
        tls->client_ca_file = options.tls.ca_file;
        tls->min_version = options.tls.min_version;
        tls->keylog_file = options.tls.keylog_file;
    }
    port_ = server_.listen(options.host, options.port, tls);
}

/// They come.
void deliverer::gather() {
    fmt::print(stderr, "waiting on {}:{} for {} to bind as receiver or transceiver\n",
               wanted().host, port_,
               session_count() == 1 ? "a client" : fmt::format("{} clients", session_count()));
}

void deliverer::on_request(smpp::server_session& from, const smpp::header& head,
                           const smpp::body_view& body, smpp::octet_span) {
    if (std::holds_alternative<smpp::bind_receiver_view>(body)) {
        on_bind<smpp::bind_receiver_resp>(from, head, true);
    } else if (std::holds_alternative<smpp::bind_transceiver_view>(body)) {
        on_bind<smpp::bind_transceiver_resp>(from, head, true);
    } else if (std::holds_alternative<smpp::bind_transmitter_view>(body)) {
        on_bind<smpp::bind_transmitter_resp>(from, head, false);
    } else if (std::holds_alternative<smpp::submit_sm_view>(body)) {
        smpp::submit_sm_resp answer;
        answer.message_id = fmt::format("{:x}", ++last_message_id_);
        from.respond(head.sequence_number, smpp::command_status::ok, answer);
        on_received();
    } else {
        from.nack(head.sequence_number, smpp::command_status::invalid_command_id);
    }
}

/// A client that comes back takes the place it had left.
template <class Response>
void deliverer::on_bind(smpp::server_session& from, const smpp::header& head, bool receives) {
    const std::size_t index = free_session();
    Response answer;
    answer.system_id = "smpp-load";
    answer.tlvs.set(smpp::tlv::sc_interface_version,
                    static_cast<std::uint8_t>(smpp::interface_version::v3_4));
    if (receives && index == session_count()) {
        from.respond(head.sequence_number, smpp::command_status::bind_failed, answer);
        return;
    }
    from.respond(head.sequence_number, smpp::command_status::ok, answer);
    if (receives) {
        receivers_[index] = from.shared_from_this();
        note_security(from.security());
        from.attachment = std::make_shared<std::size_t>(index);
        // Not from inside the call that answers the bind: the session is bound after it.
        boost::asio::post(context(), [this, index, bound = from.weak_from_this()] {
            if (const auto alive = bound.lock(); alive && receivers_[index] == alive) {
                on_ready(index, {});
            }
        });
    }
}

std::size_t deliverer::free_session() const {
    const auto found = std::find(receivers_.begin(), receivers_.end(), nullptr);
    return static_cast<std::size_t>(found - receivers_.begin());
}

void deliverer::send(std::size_t session, clock::time_point due) {
    if (!receivers_[session]) {
        boost::asio::post(context(), [=, this] {
            on_answer(session, due, make_error_code(smpp::session_errc::closed));
        });
        return;
    }
    const auto token = static_cast<std::uint64_t>((due - epoch_).count());
    const auto number = receivers_[session]->request(mix_.next(), token);
    if (!number) {
        boost::asio::post(context(), [this, session, due, failed = number.error()] {
            on_answer(session, due, failed);
        });
    }
}

void deliverer::on_response(smpp::server_session& from, std::uint64_t token,
                            const smpp::header& head, const smpp::body_view&) {
    on_answer(*std::static_pointer_cast<std::size_t>(from.attachment),
              epoch_ + clock::duration(token), make_error_code(head.status));
}

void deliverer::on_request_failed(smpp::server_session& from, std::uint64_t token,
                                  smpp::error_code why) {
    on_answer(*std::static_pointer_cast<std::size_t>(from.attachment),
              epoch_ + clock::duration(token), why);
}

void deliverer::on_close(smpp::server_session& from, smpp::error_code why) {
    if (const auto index = std::static_pointer_cast<std::size_t>(from.attachment)) {
        receivers_[*index].reset();
        on_lost(*index, why);
    }
}

bool deliverer::is_open(std::size_t session) const {
    return receivers_[session] && smpp::is_bound(receivers_[session]->state());
}

void deliverer::release(bool) {
    server_.stop(drain(), [] {});
}

}  // namespace smpp_load
