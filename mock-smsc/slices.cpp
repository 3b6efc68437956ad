#include "mock-smsc/slices.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace mock_smsc {
namespace {

/// True: there is more.
bool do_slice(slices::step& work) {
    const auto end = std::chrono::steady_clock::now() + slices::length;
    try {
        while (work()) {
            if (std::chrono::steady_clock::now() >= end) {
                return true;
            }
        }
    } catch (const std::exception&) {
        // Whoever wants to know catches it in the step.
    }
    return false;
}

}  // namespace

void slices::run(step work) {
    works_.push_back(std::move(work));
    if (works_.size() == 1 && !in_turn_) {
        turn();
    } else {
        post();
    }
}

void slices::later(step work) {
    works_.push_back(std::move(work));
    post();
}

void slices::post() {
    if (posted_) {
        return;
    }
    posted_ = true;
    boost::asio::post(executor_, [this, alive = alive_] {
        if (*alive) {
            posted_ = false;
            turn();
        }
    });
}

void slices::turn() {
    if (works_.empty()) {
        return;
    }
    step work = std::move(works_.front());
    works_.pop_front();
    in_turn_ = true;
    const bool more = do_slice(work);
    in_turn_ = false;
    if (more) {
        works_.push_back(std::move(work));
    }
    if (!works_.empty()) {
        post();
    }
}

}  // namespace mock_smsc
