#include "smpp-dump/connection.hpp"

#include <fmt/format.h>

#include "smpp-dump/speaker.hpp"

namespace smpp_dump {

connection::connection(connection_context& context, const tcp_segment& first, bool forced)
    : context_(&context), stream_(context.streams++) {
    const bool answer = first.syn && first.has_ack;
    opener_ = answer ? first.destination : first.source;
    answerer_ = answer ? first.source : first.destination;
    opener_known_ = first.syn;
    const auto start = first.syn ? stream_start::at_beginning : stream_start::in_the_middle;
    opening_ = std::make_unique<side>(*this, start);
    answering_ = std::make_unique<side>(*this, start);
    if (context.tls == nullptr) {
        opening_->how = answering_->how = side::carriage::plain;
    }
    if (forced) {
        opening_->stream.confirm();
        answering_->stream.confirm();
    }
}

connection::~connection() = default;

void connection::add(const tcp_segment& segment, const stamp& seen) {
    if (finished_) {
        return;  // late repetitions
    }
    last_seen_ = seen.time;
    side& sender = from(segment);
    side& receiver = &sender == opening_.get() ? *answering_ : *opening_;
    course_.on_segment(segment, &sender == opening_.get());
    std::uint32_t seq = segment.seq;
    if (segment.syn) {
        sender.syn_seen = true;
        sender.initial = seq;
        ++seq;
        if (!sender.order.started()) {
            sender.order.begin(seq);
        }
    }
    if (segment.has_ack) {
        receiver.order.acknowledged(segment.ack, seen, receiver.input());
    }
    sender.order.add(seq, segment.payload, segment.cut, seen, sender.input());
    if (!settled_) {
        settle();
    }
}

/// What one direction knows holds for the other as well.
void connection::settle() {
    const smpp_verdict a = opening_->stream.verdict();
    const smpp_verdict b = answering_->stream.verdict();
    if (a == smpp_verdict::yes || b == smpp_verdict::yes) {
        opening_->stream.confirm();
        answering_->stream.confirm();
        settled_ = true;
    } else if (a == smpp_verdict::no && b == smpp_verdict::no) {
        settled_ = true;
    }
}

bool connection::is_reopened_by(const tcp_segment& segment) const noexcept {
    const side& sender = segment.source == opener_ ? *opening_ : *answering_;
    if (!segment.syn) {
        // A reset that was none, as the talk goes on: the rest is a connection without beginning.
        return finished_ && course_.reset() && !segment.payload.empty() &&
               static_cast<std::int32_t>(segment.seq - sender.order.next()) >= 0;
    }
    return sender.syn_seen ? segment.seq != sender.initial : sender.order.started();
}

void connection::finish() {
    if (finished_) {
        return;
    }
    finished_ = true;
    opening_->order.finish(opening_->input());
    answering_->order.finish(answering_->input());
    if (tls_) {
        tls_->finish();
        tell_tls();
    }
    settle();
    opening_->stream.finish();
    answering_->stream.finish();
    end_session();
}

/// Of connections that came to nothing only those that were to be SMPP are told.
void connection::end_session() {
    if (!session_) {
        if (!course_.failed() || !context_->ports.contains(answerer_.port)) {
            return;
        }
        make_session(*opening_, smpp::command_id{});
        session_->failed = true;
    }
    const bool opener_is_client = session_->client == opener_;
    session_->ending =
        course_.words(opener_is_client, opening_->requests.size() + answering_->requests.size());
    session_->ended_at = last_seen_;
    if (const auto by_opener = course_.ended_by_opener()) {
        session_->closed_by_client = *by_opener == opener_is_client;
    }
    context_->sink->on_session_end(*session_);
}

void connection::side::on_octets(smpp::octet_span octets, const stamp& seen) {
    if (how == carriage::unknown && !octets.empty()) {
        // A first octet alone tells only where it is the connection's first one.
        const bool enough = (syn_seen && !gap_seen) || octets.size() >= tls_reader::header_size;
        how = enough && begins_as_tls(octets) ? carriage::tls : carriage::plain;
        if (how == carriage::tls) {
            owner_->course_.on_tls(this == owner_->opening_.get());
            owner_->begin_tls();
        }
    }
    if (how == carriage::tls) {
        owner_->tls_->add(this == owner_->opening_.get() ? 0 : 1, octets, seen);
        owner_->tell_tls();
    } else {
        stream.on_octets(octets, seen);
    }
}

void connection::side::on_gap(std::uint64_t n, const stamp& noticed) {
    if (how == carriage::tls) {
        owner_->tls_->gap(this == owner_->opening_.get() ? 0 : 1, n, noticed);
        owner_->tell_tls();
    } else {
        gap_seen = true;
        stream.on_gap(n, noticed);
    }
}

void connection::begin_tls() {
    if (!tls_) {
        tls_ =
            std::make_unique<tls_reader>(context_->tls->keys, opening_->stream, answering_->stream);
    }
}

/// Once a connection.
void connection::tell_tls() {
    if (tls_told_ || tls_->problem().empty()) {
        return;
    }
    tls_told_ = true;
    tls_context_of_capture& shared = *context_->tls;
    ++(tls_->keyless() ? shared.keyless : shared.failed);
    if (!tls_->keyless() && shared.tell) {
        shared.tell(fmt::format("TLS {} > {} is not decrypted: {}", to_string(opener_),
                                to_string(answerer_), tls_->problem()));
    }
}

void connection::side::on_frame(const stream_frame& frame) { owner_->on_frame(*this, frame); }

/// The client is the ESME: the one that opened the connection, unless an outbind follows; where
/// that is unknown, as the first PDU tells; else the one with the higher port.
void connection::make_session(const side& talker, smpp::command_id first) {
    bool opener_is_client = opener_known_ || opener_.port >= answerer_.port;
    if (!opener_known_ || first == smpp::command_id::outbind) {
        const speaker who = speaker_of(first);
        if (who != speaker::either) {
            opener_is_client = (&talker == opening_.get()) == (who == speaker::esme);
        }
    }
    session_ = std::make_unique<session>();
    session_->number = ++context_->sessions;
    session_->stream = stream_;
    session_->client = opener_is_client ? opener_ : answerer_;
    session_->server = opener_is_client ? answerer_ : opener_;
    session_->client_name = to_string(session_->client);
    session_->server_name = to_string(session_->server);
    context_->ports.insert(session_->server.port);
}

void connection::on_frame(side& talker, const stream_frame& frame) {
    record r;
    r.frame = frame;
    if (frame.kind != frame_kind::garbage) {
        r.pdu.header = smpp::decode_header(frame.octets);
    }
    if (!session_) {
        make_session(talker, r.pdu.header.id);
    }
    r.session = session_.get();
    lossless_ = lossless_ && frame.gap == 0 && frame.kind == frame_kind::whole;
    const bool from_opener = &talker == opening_.get();
    r.from_client = from_opener == (session_->client == opener_);
    if (frame.kind == frame_kind::whole) {
        r.failure = smpp::decode(frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations);
        match(talker, r);
    }
    context_->sink->on_record(r);
}

void connection::match(side& talker, record& r) {
    const smpp::header& head = r.pdu.header;
    course_.on_pdu(head);
    if (smpp::is_response(head.id)) {
        side& asker = &talker == opening_.get() ? *answering_ : *opening_;
        const bool all_seen = opener_known_ && lossless_ && asker.syn_seen && talker.syn_seen;
        const answer found = asker.requests.take(head, all_seen);
        r.request = found.request;
        r.fault = found.fault;
        if (found.request && context_->late_after > 0 &&
            r.frame.last.time - found.request->time > context_->late_after) {
            r.fault = answer_fault::late;
        }
    } else if (head.id != smpp::command_id::outbind &&
               head.id != smpp::command_id::alert_notification) {
        talker.requests.add(head.sequence_number, {r.frame.last.time, r.frame.last.frame, head.id});
    }
    remember_account(*session_, r.pdu.body);
}

}  // namespace smpp_dump
