#include "smpp-dump/octet_session.hpp"

#include "smpp-dump/speaker.hpp"

namespace smpp_dump {

octet_session::octet_session(record_sink& sink, std::uint32_t number) : sink_(&sink) {
    session_.number = number;
    session_.client_name = "esme";
    session_.server_name = "mc";
}

void octet_session::add(smpp::octet_span octets) {
    pdu_stream stream(*this);
    stream.confirm();
    stream.on_octets(octets, stamp{0, ++count_});
    stream.finish();
}

void octet_session::finish() { sink_->on_session_end(session_); }

void octet_session::on_frame(const stream_frame& frame) {
    record r;
    r.frame = frame;
    r.session = &session_;
    if (frame.kind != frame_kind::garbage) {
        r.pdu.header = smpp::decode_header(frame.octets);
        r.from_client = speaker_of(r.pdu.header.id) != speaker::mc;
    }
    if (frame.kind == frame_kind::whole) {
        r.failure = smpp::decode(frame.octets, smpp::decode_mode::lenient, r.pdu, &r.deviations);
        remember_account(session_, r.pdu.body);
    }
    sink_->on_record(r);
}

}  // namespace smpp_dump
