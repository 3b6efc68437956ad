// Long work, a little at a time: sessions have their turn between the slices. All works take
// turns.
//
//     works.run([at = first, end]() mutable { look_at(at); return ++at != end; });
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace mock_smsc {

class slices {
public:
    /// Others wait that long, and one step more.
    static constexpr std::chrono::microseconds length{1000};
    /// Does a small part of a work. False: there is no more of it.
    using step = std::function<bool()>;

    explicit slices(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
    ~slices() { *alive_ = false; }
    slices(const slices&) = delete;
    slices& operator=(const slices&) = delete;

    /// The first slice at once, unless other works are under way. A step that throws ends its work.
    void run(step work);
    /// The first slice in another turn.
    void later(step work);
    /// Forgets all of them.
    void clear() noexcept { works_.clear(); }
    [[nodiscard]] std::size_t under_way() const noexcept { return works_.size(); }

private:
    void post();
    void turn();

    boost::asio::any_io_executor executor_;
    std::deque<step> works_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    bool posted_ = false;
    bool in_turn_ = false;
};

}  // namespace mock_smsc
