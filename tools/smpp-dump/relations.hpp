// What belongs together in a capture, found in a reading of it before the one that shows it: which
// requests are answered, and (--with) what a PDU brings along.
//
//     smpp_dump::relations found(kinds, alphabet);
//     read(found);                                      // the first reading
//     found.want(7);                                    // the eighth PDU is wanted
//     for (i = 0; ...) { if (found.wanted(i)) ... }
//
// Takes about five octets of memory a PDU.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <unordered_map>
#include <vector>

#include "smpp-dump/dlr.hpp"
#include "smpp-dump/filter.hpp"
#include "smpp-dump/message_part.hpp"

namespace smpp_dump {

/// What comes along with a PDU.
struct with_options {
    bool responses = false;  ///< requests and their responses
    bool receipts = false;   ///< submits and their receipts
    bool parts = false;      ///< parts of the same long message
    bool sessions = false;   ///< all of its session

    [[nodiscard]] bool any() const noexcept { return responses || receipts || parts || sessions; }
};

class relations final : public record_sink {
public:
    relations(const with_options& with, smpp::alphabet standard)
        : with_(with), standard_(standard) {}

    void on_record(const record& r) override;
    void on_session_end(const session& s) override;

    /// True also for what needs no response. `index`, as below, counts records from 0; of those
    /// that the first reading did not meet, as a file may grow, nothing is known.
    [[nodiscard]] bool answered(std::size_t index) const {
        return index >= size() || !open_requests_[index];
    }
    void want(std::size_t index) {
        if (index < size()) {
            wanted_[root(index)] = true;
        }
    }
    /// It, or what it belongs to.
    [[nodiscard]] bool wanted(std::size_t index) { return index < size() && wanted_[root(index)]; }
    [[nodiscard]] std::size_t size() const noexcept { return parent_.size(); }

private:
    using number = std::uint32_t;

    struct request_key {
        std::uint32_t session;
        bool from_client;
        std::uint32_t sequence_number;
        friend auto operator<=>(const request_key&, const request_key&) = default;
    };
    struct long_message {
        number first = 0;
        std::array<bool, 256> seen{};
        unsigned count = 0;
    };
    struct part_key {
        std::uint32_t session;
        bool from_client;
        std::uint16_t reference;
        std::uint8_t total;
        std::string source, destination;
        friend auto operator<=>(const part_key&, const part_key&) = default;
    };
    /// By message_id, the newest of them.
    class id_index {
    public:
        void put(std::string id, number index);
        [[nodiscard]] std::optional<number> find(std::string_view id) const;

    private:
        std::unordered_map<std::string, number> of_{};
        std::deque<std::string> order_{};
    };

    void match(const record& r, number index);
    void on_message_id(const record& r, number response, number request);
    void on_receipt(const record& r, number index);
    void on_part(const record& r, number index);
    void join(number a, number b);
    [[nodiscard]] number root(std::size_t index);

    with_options with_;
    smpp::alphabet standard_;
    std::vector<number> parent_{};
    std::vector<bool> open_requests_{};
    std::vector<bool> wanted_{};
    struct open_request {
        number index = 0;
        smpp::command_id id{};
    };
    std::map<request_key, open_request> waiting_{};
    std::map<part_key, long_message> messages_{};
    std::unordered_map<std::uint32_t, number> sessions_{};
    id_index submits_{};
    id_index receipts_{};
};

/// In front of the filter: says of each PDU whether it is answered.
class answered_output final : public record_sink {
public:
    /// REQUIRES: both outlive it.
    answered_output(const relations& known, record_sink& next) : known_(&known), next_(&next) {}
    void on_record(const record& r) override {
        record marked = r;
        marked.answered = known_->answered(index_++);
        next_->on_record(marked);
    }
    void on_session_end(const session& s) override { next_->on_session_end(s); }

private:
    const relations* known_;
    record_sink* next_;
    std::size_t index_ = 0;
};

/// Wants what the filter lets through. After answered_output.
class wanted_finder final : public record_sink {
public:
    /// REQUIRES: both outlive it.
    wanted_finder(const filter& wanted, relations& known) : wanted_(&wanted), known_(&known) {}
    void on_record(const record& r) override {
        if (wanted_->matches(r)) {
            known_->want(index_);
        }
        ++index_;
    }

private:
    const filter* wanted_;
    relations* known_;
    std::size_t index_ = 0;
};

/// Gives on what is wanted, with what belongs to it.
class with_output final : public record_sink {
public:
    /// REQUIRES: both outlive it.
    with_output(relations& known, record_sink& next) : known_(&known), next_(&next) {}
    void on_record(const record& r) override {
        if (known_->wanted(index_++)) {
            next_->on_record(r);
        }
    }
    void on_session_end(const session& s) override { next_->on_session_end(s); }

private:
    relations* known_;
    record_sink* next_;
    std::size_t index_ = 0;
};

}  // namespace smpp_dump
