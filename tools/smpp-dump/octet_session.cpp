#include "smpp-dump/octet_session.hpp"

#include "smpp-dump/speaker.hpp"

namespace smpp_dump {

octet_session::octet_session(record_sink& sink, std::uint32_t number) : sink_(&sink) {
    session_.number = number;
    session_.client_name = "esme";
    session_.server_name = "mc";
}

void octet_session::add(smpp::octet_span octets, std::optional<bool> from_client) {
    from_client_ = from_client;
    pdu_stream stream(*this);
    stream.confirm();
    stream.on_octets(octets, stamp{0, ++count_});
    stream.finish();
}

/// As the command says, or who gave the octets, or the request that a response answers; else the
/// client.
bool octet_session::is_from_client(const smpp::header& head) const {
    const speaker who = speaker_of(head.id);
    if (who == speaker::either && from_client_) {
        return *from_client_;
    }
    if (who != speaker::either || !smpp::is_response(head.id)) {
        return who != speaker::mc;
    }
    return !requests_[0].waits(head.sequence_number);
}

void octet_session::match(record& r) {
    const smpp::header& head = r.pdu.header;
    if (smpp::is_response(head.id)) {
        r.request = requests_[r.from_client ? 1 : 0].take(head, false).request;
    } else {
        requests_[r.from_client ? 0 : 1].add(head.sequence_number,
                                             {0, r.frame.last.frame, head.id});
    }
}

void octet_session::finish() { sink_->on_session_end(session_); }

void octet_session::on_frame(const stream_frame& frame) {
    record r;
    r.frame = frame;
    r.session = &session_;
    if (frame.kind != frame_kind::garbage) {
        r.pdu.header = smpp::decode_header(frame.octets);
        r.from_client = is_from_client(r.pdu.header);
    }
    if (frame.kind == frame_kind::whole) {
        r.failure = smpp::decode(frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations);
        match(r);
        remember_account(session_, r.pdu.body);
    }
    sink_->on_record(r);
}

}  // namespace smpp_dump
