// Messages in memory: raw octets and a few numbers each, oldest first, bounded. What the octets
// mean is read again when somebody asks. What gives way while a receipt of it is due is out of
// sight, but kept until that is settled.
//
//     const auto id = store.add(session, utc_now(), command_status::ok, frame);
//     store.publish();                                    // now readers see it
//     if (const auto* r = store.find(id)) { use(store.octets(id)); }
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mock-smsc/clock.hpp"
#include "mock-smsc/store/message_notes.hpp"
#include "smpp/command_status.hpp"
#include "smpp/octets.hpp"
#include "smpp/text/encoding.hpp"
#include "smpp/values.hpp"

namespace mock_smsc {

using message_number = std::uint64_t;

struct record {
    microseconds_utc received = 0;
    microseconds_utc done = 0;  ///< when `state` became final; 0: not yet
    std::uint64_t session = 0;
    std::uint32_t offset = 0;  ///< of the octets in its segment
    std::uint32_t length = 0;
    smpp::command_status status{};
    std::uint32_t answered_after = 0;  ///< microseconds since `received`, and one; 0: not answered
    smpp::message_state state = smpp::message_state::enroute;
    std::uint8_t receipts_due = 0;  ///< receipts asked for and not yet acknowledged
    bool deleted = false;
    bool part = false;     ///< of a long message
    bool noted = false;    ///< see message_store::note
    bool awaited = false;  ///< a receipt tells of its final state

    void answer_at(microseconds_utc when) noexcept {
        constexpr microseconds_utc most = ~std::uint32_t{0} - 1;
        answered_after =
            static_cast<std::uint32_t>(std::clamp<microseconds_utc>(when - received, 0, most) + 1);
    }
    [[nodiscard]] microseconds_utc answered() const noexcept {
        return answered_after == 0 ? 0 : received + answered_after - 1;
    }
};

/// A receipt, as it was sent last.
struct sent_receipt {
    microseconds_utc sent = 0;
    microseconds_utc answered = 0;  ///< 0: not yet
    std::uint64_t session = 0;
    std::uint32_t sequence_number = 0;
    smpp::command_status status{};  ///< of the answer
    smpp::message_state state{};    ///< that it tells of
    std::uint8_t destination = 0;   ///< index
    std::uint8_t attempts = 1;
    std::uint8_t place = 0;  ///< the store's own
};

class message_store {
public:
    struct limits {
        std::size_t messages = 100'000;  ///< deleted ones between others count
        std::size_t octets = std::size_t{256} << 20;
        smpp::alphabet default_alphabet = smpp::alphabet::gsm7;  ///< see default_alphabet()
    };
    explicit message_store(limits bounds) : bounds_(bounds) {}

    /// What data_coding 0 means.
    [[nodiscard]] smpp::alphabet default_alphabet() const noexcept {
        return bounds_.default_alphabet;
    }

    /// Numbers ascend by one. The oldest give way when a limit is reached.
    message_number add(std::uint64_t session, microseconds_utc received,
                       smpp::command_status status, smpp::octet_span frame);
    /// What was added can be seen from now on.
    void publish();
    void publish(message_number end);

    /// Published and not deleted; null otherwise. Valid until the next add().
    [[nodiscard]] const record* find(message_number id) const noexcept;
    /// Any that is still kept.
    [[nodiscard]] record* find_any(message_number id) noexcept;
    /// A receipt was settled: what was kept for it alone may go.
    void settled(message_number id);
    [[nodiscard]] smpp::octet_span octets(message_number id) const noexcept;

    /// Numbers of what can be seen are in [first(), end()), some of them deleted.
    [[nodiscard]] message_number first() const noexcept { return first_; }
    [[nodiscard]] message_number end() const noexcept { return visible_end_; }
    /// The number that the next one gets.
    [[nodiscard]] message_number next() const noexcept { return next_; }
    /// Where counting starts. REQUIRES: nothing was added yet.
    void start_at(message_number id) noexcept { first_ = visible_end_ = next_ = id; }

    /// Other octets for a message. False: it is gone, or too much was replaced near it.
    bool replace(message_number id, smpp::octet_span frame);
    /// What is noted about it; null: nothing.
    [[nodiscard]] const message_note* note(message_number id) const noexcept;
    /// For changes. REQUIRES: the message is there.
    [[nodiscard]] message_note& annotate(message_number id);
    /// A receipt of it is sent; what was noted, for changes, as long as the message is there.
    static constexpr std::uint32_t not_kept = ~std::uint32_t{0};
    std::uint32_t add_receipt(message_number id, const sent_receipt& what);
    [[nodiscard]] sent_receipt* receipt_at(message_number id, std::uint32_t where) noexcept;
    /// In the order of their first sending.
    [[nodiscard]] std::vector<sent_receipt> receipts(message_number id) const;
    void erase(message_number id);
    void clear();
    /// Leaves out numbers, as if they had been added and deleted. REQUIRES: id >= next().
    void skip_to(message_number id);
    /// Drops what was received earlier, so many at most. True: there may be more.
    bool expire(microseconds_utc before, std::size_t most = ~std::size_t{0});

    [[nodiscard]] std::size_t size() const noexcept { return live_; }
    [[nodiscard]] std::size_t octets_kept() const noexcept { return octets_kept_; }
    [[nodiscard]] std::uint64_t recorded() const noexcept { return recorded_; }

    /// Called with what goes out of sight, what is about to be forgotten (it was out of sight
    /// before), and when new ones can be seen.
    std::function<void(message_number, const record&)> on_drop;
    std::function<void(message_number, const record&)> on_forget;
    std::function<void()> on_publish;

private:
    // Segments hold a fixed number of records, so that a number says where its record is.
    static constexpr std::size_t per_segment = 256;
    struct segment {
        message_number base = 0;  // number of records.front()
        std::vector<record> records;
        std::vector<std::uint8_t> octets;
        std::vector<sent_receipt> receipts;  // of all its records
    };
    static constexpr std::size_t most_receipts = 16384;  // in a segment

    // Out of sight, with a receipt due.
    struct retained {
        record about;
        std::vector<std::uint8_t> octets;
    };
    static constexpr std::size_t most_retained = std::size_t{64} << 20;  // octets

    [[nodiscard]] const segment& segment_of(message_number id) const noexcept {
        return *segments_[id / per_segment - first_segment_];
    }
    [[nodiscard]] const record& at(message_number id) const noexcept {
        const segment& s = segment_of(id);
        return s.records[id - s.base];
    }
    [[nodiscard]] record& at(message_number id) noexcept {
        return const_cast<record&>(std::as_const(*this).at(id));
    }
    segment& writable_segment();
    void drop_oldest(bool keep_awaited = true);
    void drop(message_number id, record& r);
    void retain(message_number id, const record& r);
    void forget_retained(std::map<message_number, retained>::iterator which);
    void forget(message_number id, const record& r);

    limits bounds_;
    std::deque<std::unique_ptr<segment>> segments_;
    std::unique_ptr<segment> spare_;
    message_number first_segment_ = 0;  // id / per_segment of segments_.front()
    message_number first_ = 1;
    message_number visible_end_ = 1;
    message_number next_ = 1;
    message_notes notes_;
    std::size_t live_ = 0;
    std::size_t octets_kept_ = 0;
    std::map<message_number, retained> retained_;
    std::size_t octets_retained_ = 0;
    std::uint64_t recorded_ = 0;
};

}  // namespace mock_smsc
