#include "mock-smsc/store/journal_writer.hpp"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <cstdio>
#include <utility>

namespace mock_smsc {

journal_writer::journal_writer(boost::asio::any_io_executor executor, journal& file)
    : executor_(std::move(executor)), file_(file), retry_(executor_), thread_([this] { work(); }) {}

journal_writer::~journal_writer() { finish(); }

bool journal_writer::kick() {
    if (busy_ || next_.empty()) {
        return false;
    }
    busy_ = true;
    {
        const std::lock_guard lock(mutex_);
        std::swap(next_, writing_);
        next_.clear();  // written before
        handed_over_ = true;
    }
    wake_.notify_one();
    return true;
}

void journal_writer::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return handed_over_ || ending_; });
        if (!handed_over_) {
            return;
        }
        lock.unlock();
        std::string failed = file_.write(writing_);
        lock.lock();
        failed_ = failed;
        handed_over_ = false;
        wake_.notify_all();
        boost::asio::post(executor_, [this, alive = alive_, why = std::move(failed)] {
            if (*alive) {
                busy_ = false;
                if (on_done) {
                    on_done(why);
                }
            }
        });
    }
}

void journal_writer::later(std::function<void()> again) {
    retry_.expires_after(std::chrono::milliseconds(250));
    retry_.async_wait([again = std::move(again)](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            again();
        }
    });
}

void journal_writer::finish() {
    if (!thread_.joinable()) {
        return;
    }
    {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return !handed_over_; });
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
    *alive_ = false;
    retry_.cancel();
    if (busy_ && !failed_.empty()) {
        next_.put_back(writing_, {});
    }
    const std::string failed = next_.empty() ? std::string() : file_.write(next_);
    if (!failed.empty()) {
        std::fputs(fmt::format("mock-smsc: cannot write to the database: {}\n", failed).c_str(),
                   stderr);
    }
    next_.clear();
}

}  // namespace mock_smsc
