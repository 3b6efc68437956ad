// POST /api/v1/expect: waits, and says how messages differ from what was expected.
#include <algorithm>
#include <utility>

#include "mock-smsc/http/api.hpp"
#include "mock-smsc/http/expectation.hpp"
#include "mock-smsc/http/message_page.hpp"
#include "mock-smsc/http/params.hpp"

namespace mock_smsc {
namespace {

/// What was found for an expectation, looked at in steps.
class verdict_on {
public:
    /// `enough`: those awaited are all that matters.
    verdict_on(const message_source& source, std::shared_ptr<expectation> wanted,
               std::vector<message_number> awaited, bool enough)
        : source_(source),
          wanted_(std::move(wanted)),
          found_(std::move(awaited)),
          page_(source, detail::summary, wanted_->joined) {
        if (!enough || !wanted_->enough_is_enough()) {
            found_.clear();
            next_ = source_.store.first();
            end_ = source_.store.end();
        }
    }

    /// False: it was the last.
    bool step(const http_reply& reply) {
        next_ = std::max(next_, source_.store.first());
        if (next_ < end_) {
            look_at(next_++);
        } else if (told_ < found_.size()) {
            compare(found_[told_++]);
        } else {
            give(reply);
            return false;
        }
        return true;
    }

private:
    void look_at(message_number id) {
        message_reader message = source_.read(id);
        if (message.found() && (!wanted_->joined || message.is_last_part()) &&
            wanted_->query.matches(message)) {
            found_.push_back(id);
        }
    }

    void compare(message_number id) {
        constexpr std::size_t most = std::size_t{1} << 20;
        page_.add(id);
        message_reader message = source_.read(id);
        if (wanted_->joined) {
            message.stand_for_all();
        }
        const auto differs = wanted_->difference_in_fields(message, source_);
        fitting_ += differs.empty() ? 1U : 0U;
        if (differences_.size() < most) {
            differences_ += differs;
        }
    }

    void give(const http_reply& reply) {
        if (wanted_->enough_is_enough() && fitting_ >= wanted_->least.value_or(0)) {
            differences_.clear();
        }
        const auto difference = wanted_->difference_in_count(found_.size()) + differences_;
        json_out verdict;
        verdict.open('{').member("pass", difference.empty()).member("difference", difference);
        reply(json_response(difference.empty() ? 200U : 417U,
                            page_.text(verdict.text().substr(1) + ",")));
    }

    message_source source_;
    std::shared_ptr<expectation> wanted_;
    std::vector<message_number> found_;
    message_page page_;
    std::string differences_;
    message_number next_ = 0, end_ = 0;
    std::size_t told_ = 0;
    std::size_t fitting_ = 0;
};

}  // namespace

void api::expect(const http_request& request, http_reply& reply) {
    allow_params(request, {});
    const auto wanted =
        std::make_shared<expectation>(checked([&] { return parse_expectation(request.body); }));
    const auto scope = scope_param(request);
    if (!scope.empty()) {
        wanted->query = wanted->query.in_scope(scope);
    }
    waiters::wish wish;
    wish.query = wanted->query;
    wish.count = wanted->awaited();
    wish.timeout = wanted->within;
    wish.joined = wanted->joined;
    if (wanted->waits_for_fields()) {
        wish.fits = [wanted, source = source_](message_reader& message) {
            return wanted->difference_in_fields(message, source).empty();
        };
    }
    wish.done = [this, wanted, reply](const std::vector<message_number>& awaited, bool enough) {
        const auto work = std::make_shared<verdict_on>(source_, wanted, awaited, enough);
        in_slices(reply, [reply, work] { return work->step(reply); });
    };
    waiters_.add(std::move(wish));
}

}  // namespace mock_smsc
