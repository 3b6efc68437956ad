// Clients that wait until messages are there (GET /api/v1/wait).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <vector>

#include "mock-smsc/http/message_json.hpp"
#include "mock-smsc/query/query.hpp"
#include "mock-smsc/slices.hpp"

namespace mock_smsc {

class waiters {
public:
    /// What a client waits for, and what it is told: the numbers that match, oldest first, and
    /// whether they are enough.
    struct wish {
        mock_smsc::query query;
        std::size_t count = 1;
        message_number after = 0;
        std::chrono::milliseconds timeout{};
        std::function<void(const std::vector<message_number>&, bool enough)> done;
    };

    waiters(boost::asio::any_io_executor executor, message_source source, slices& works);
    ~waiters();

    /// Calls `done` once enough are there, or when time is up and all there is was looked at.
    void add(wish wanted);
    /// New messages can be seen. Cheap.
    void notify();
    /// All get what there is.
    void finish();

private:
    struct waiter;

    using place = std::list<std::shared_ptr<waiter>>::iterator;

    void on_time_up(const std::shared_ptr<waiter>& which);
    [[nodiscard]] bool begin_scan();
    [[nodiscard]] bool scan_some();
    void scan_few(waiter& each);
    void tell(place which);

    boost::asio::any_io_executor executor_;
    message_source source_;
    slices& works_;
    std::list<std::shared_ptr<waiter>> waiting_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    place turn_ = waiting_.end();  // who is looked after next
    bool scanning_ = false;
    bool more_ = false;  // there is something to look at in another round
};

}  // namespace mock_smsc
