// Clients that wait until messages are there (GET /api/v1/wait).
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <deque>
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
        bool joined = false;  ///< long messages count once, when all of their parts are there
        /// What else must be so; empty: nothing.
        std::function<bool(message_reader&)> fits{};
        std::function<void(const std::vector<message_number>&, bool enough)> done;
    };

    waiters(boost::asio::any_io_executor executor, message_source source, slices& works);
    ~waiters();

    /// Calls `done` once enough are there, or when time is up and all there is was looked at.
    void add(wish wanted);
    /// New messages can be seen. Cheap.
    void notify();
    /// What queries see of it; or only what `fits` sees.
    enum class change : bool { queried, shown };
    /// A message is not what it was: who waits looks at it again. Cheap.
    void changed(message_number id, change what);
    /// All get what there is.
    void finish();

private:
    struct waiter;
    struct looked_at_again {
        message_number id = 0;
        change what{};
    };
    /// More changes than that, and all messages are looked at again.
    static constexpr std::size_t most_changes = 1U << 16U;

    using place = std::list<std::shared_ptr<waiter>>::iterator;

    void on_time_up(const std::shared_ptr<waiter>& which);
    [[nodiscard]] bool begin_scan();
    [[nodiscard]] bool scan_some();
    void scan_few(waiter& each);
    void look_at_new(waiter& each);
    void look_at_changed(waiter& each);
    void look_at(waiter& each, message_number id);
    [[nodiscard]] bool has_more(const waiter& each) const noexcept;
    void tell(place which);

    boost::asio::any_io_executor executor_;
    message_source source_;
    slices& works_;
    std::list<std::shared_ptr<waiter>> waiting_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    place turn_ = waiting_.end();  // who is looked after next
    std::deque<looked_at_again> changes_;
    std::uint64_t changes_end_ = 0;  // how many there have been
    std::size_t fits_waiting_ = 0;   // waiters that look at all of a message
    bool scanning_ = false;
    bool more_ = false;  // there is something to look at in another round
};

}  // namespace mock_smsc
