#include "smpp-dump/tui/selection.hpp"

#include <fmt/format.h>

#include <set>

#include "smpp-dump/stats_output.hpp"
#include "smpp-dump/tui/ladder_view.hpp"
#include "smpp-dump/tui/memory_file.hpp"
#include "smpp-dump/tui/raw_view.hpp"
#include "smpp-dump/tui/text_view.hpp"

namespace smpp_dump::tui {
namespace {

/// Of the kept PDUs all: how many requests wait depends on those, too, that the filter keeps back.
void give_all(const store& kept, const std::vector<std::uint32_t>& sessions, record_sink& to) {
    const std::set<std::uint32_t> wanted(sessions.begin(), sessions.end());
    std::optional<std::int64_t> oldest;
    kept.each_pdu([&](const kept_pdu& pdu) {
        oldest = oldest.value_or(pdu.frame.last.time);
        if (wanted.contains(pdu.session)) {
            record r = kept.again(pdu);
            if (kept.came() > kept.size() && r.request && r.request->time < *oldest) {
                r.request.reset();  // is no longer kept, and is not among those that wait
            }
            to.on_record(r);
        }
    });
    for (const std::uint32_t number : wanted) {
        if (const kept_session* const of = kept.find(number); of != nullptr && of->ended) {
            to.on_session_end(of->about);
        }
    }
}

}  // namespace

std::deque<std::string> statistics_of(const store& kept,
                                      const std::vector<std::uint32_t>& sessions) {
    memory_file memory;
    {
        octet_writer out(memory.file());
        stats_output stats(out, kept.options().default_alphabet);
        if (kept.filtered()) {
            stats.set_filter(filter(kept.filter_text(), kept.options().default_alphabet));
        }
        give_all(kept, sessions, stats);
        stats.finish();
    }
    return memory.lines();
}

std::unique_ptr<view> open_selection(const key& pressed, const store& kept, settings& set,
                                     std::vector<std::uint32_t> sessions) {
    if (sessions.empty()) {
        return nullptr;
    }
    const bool related = pressed.name == key_name::f4 || pressed.is('x');
    if (related || pressed.name == key_name::enter) {
        pdu_list list(kept, std::move(sessions));
        list.relate(related);
        return std::make_unique<ladder_view>(kept, set, std::move(list));
    }
    if (pressed.name == key_name::f6 || pressed.is('r')) {
        return std::make_unique<raw_view>(kept, pdu_list(kept, std::move(sessions)), 0);
    }
    if (pressed.is('i')) {
        const std::size_t count = sessions.size();
        return std::make_unique<text_view>(
            fmt::format("Statistics of {} session{}, as of now{}", count, count == 1 ? "" : "s",
                        kept.filtered() ? ", of what the filter lets through" : ""),
            statistics_of(kept, sessions));
    }
    return nullptr;
}

}  // namespace smpp_dump::tui
