// PDUs without a network around them, such as those of --hex: a session of no addresses and times.
//
//     smpp_dump::octet_session session(sink, 1);
//     session.add(octets);
//     session.finish();
#pragma once

#include <optional>

#include "smpp-dump/request_table.hpp"

namespace smpp_dump {

class octet_session final : public frame_sink {
public:
    octet_session(record_sink& sink, std::uint32_t number);

    /// Whole PDUs, with whatever lies between them. `from_client`: empty where it is not known.
    void add(smpp::octet_span octets, std::optional<bool> from_client = {});
    void finish();

    void on_frame(const stream_frame& frame) override;

private:
    [[nodiscard]] bool is_from_client(const smpp::header& head) const;
    void match(record& r);

    record_sink* sink_;
    session session_{};
    request_table requests_[2]{};  // of the client, of the server
    std::optional<bool> from_client_{};
    std::uint64_t count_ = 0;
};

}  // namespace smpp_dump
