// The rows that are to be sent, one after the other: those without an outcome in the journal.
//
//     bulk::source source(rows, composer, journal, results, options);
//     source.advance();                       // to the first one; false: there is none
//     while (source.give(work)) send(work);
#pragma once

#include "composer.hpp"
#include "results.hpp"

namespace notifier::bulk {

class source {
public:
    source(row_reader& rows, composer& composer, const journal* journal, results& results,
           bool resend_unknown)
        : rows_(rows),
          composer_(composer),
          journal_(journal),
          results_(results),
          resend_unknown_(resend_unknown) {}

    /// Finds the next row to send; tells of those that are passed over. False: there is none.
    bool advance();
    [[nodiscard]] bool give(work& out);
    /// From now on nothing is composed: what is given only gets an outcome.
    void stop() noexcept { stopped_ = true; }

private:
    [[nodiscard]] bool is_due();
    [[nodiscard]] bool compose();

    row_reader& rows_;
    composer& composer_;
    const journal* journal_;
    results& results_;
    bool resend_unknown_;
    bool stopped_ = false;
    bool found_ = false;
    row row_;
    work next_;
};

}  // namespace notifier::bulk
