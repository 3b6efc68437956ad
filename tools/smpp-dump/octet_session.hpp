// PDUs without a network around them, such as those of --hex: a session of no addresses and times.
//
//     smpp_dump::octet_session session(sink, 1);
//     session.add(octets);
//     session.finish();
#pragma once

#include "smpp-dump/record.hpp"

namespace smpp_dump {

class octet_session final : public frame_sink {
public:
    octet_session(record_sink& sink, std::uint32_t number);

    /// Whole PDUs, with whatever lies between them.
    void add(smpp::octet_span octets);
    void finish();

    void on_frame(const stream_frame& frame) override;

private:
    record_sink* sink_;
    session session_{};
    std::uint64_t count_ = 0;
};

}  // namespace smpp_dump
