// Joins the parts of long messages: the PDU that brings the last missing part gets the text of the
// whole.
#pragma once

#include "smpp-dump/output.hpp"
#include "smpp/text/reassembler.hpp"

namespace smpp_dump {

class part_joiner final : public record_sink {
public:
    /// REQUIRES: `next` outlives it.
    part_joiner(record_sink& next, smpp::alphabet standard) : next_(&next), standard_(standard) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override { next_->on_session_end(s); }

private:
    [[nodiscard]] std::optional<std::string> whole_text(const record& r);

    record_sink* next_;
    smpp::alphabet standard_;
    smpp::reassembler parts_{};
};

}  // namespace smpp_dump
