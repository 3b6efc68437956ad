// Load as a client: binds to a message centre, and submits.
#pragma once

#include <memory>

#include "smpp-load/worker.hpp"
#include "smpp/asio/client.hpp"

namespace smpp_load {

class submitter final : public worker {
public:
    submitter(const options& options, const share& part);

private:
    void gather() override;
    void send(std::size_t session, clock::time_point due) override;
    [[nodiscard]] bool is_open(std::size_t session) const override;
    void release(bool early) override;

    void connect(std::size_t session);
    void bind(std::size_t session);
    void on_bound(std::size_t session, const std::string& failure);
    void listen(std::size_t session);

    message_mix<smpp::submit_sm> mix_;
    std::vector<std::unique_ptr<smpp::client>> clients_;
    std::size_t next_to_connect_ = 0;
    std::size_t leaving_ = 0;
    bool released_ = false;
};

}  // namespace smpp_load
