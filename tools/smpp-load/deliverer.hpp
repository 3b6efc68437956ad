// Load as a message centre: waits for clients that bind to receive, and delivers to them.
#pragma once

#include "smpp-load/worker.hpp"
#include "smpp/asio/server.hpp"

namespace smpp_load {

class deliverer final : public worker, private smpp::server_handler {
public:
    /// Throws std::runtime_error that names the address when it cannot listen there.
    deliverer(const options& options, const share& part);

private:
    void gather() override;
    void send(std::size_t session, clock::time_point due) override;
    [[nodiscard]] bool is_open(std::size_t session) const override;
    void release(bool early) override;

    void on_request(smpp::server_session& from, const smpp::header& head,
                    const smpp::body_view& body, smpp::octet_span frame) override;
    void on_response(smpp::server_session& from, std::uint64_t token, const smpp::header& head,
                     const smpp::body_view& body) override;
    void on_request_failed(smpp::server_session& from, std::uint64_t token,
                           smpp::error_code why) override;
    void on_close(smpp::server_session& from, smpp::error_code why) override;

    template <class Response>
    void on_bind(smpp::server_session& from, const smpp::header& head, bool receives);
    [[nodiscard]] std::size_t free_session() const;

    message_mix<smpp::deliver_sm> mix_;
    std::vector<std::shared_ptr<smpp::server_session>> receivers_;
    smpp::server server_;
    std::uint16_t port_ = 0;                  ///< that it listens on
    clock::time_point epoch_ = clock::now();  ///< tokens of requests count from it
    std::uint64_t last_message_id_ = 0;
};

}  // namespace smpp_load
