#include "smpp-dump/query_filter.hpp"

#include <fmt/format.h>

#include "smpp-dump/dlr.hpp"
#include "smpp-dump/message_part.hpp"
#include "smpp/lint/pdu_lint.hpp"
#include "smpp/query/message_query.hpp"

namespace smpp_dump {
namespace {

using smpp::query_field;
using smpp::query_values;

/// Hands the values of a filter's field on to a query.
class words_of final : public value_sink {
public:
    explicit words_of(query_values& to) : to_(&to) {}
    void number(std::uint64_t) override {}
    void text(std::string_view value) override { to_->word(value); }

private:
    query_values* to_;
};

class record_subject final : public smpp::query_subject {
public:
    record_subject(const record& r, smpp::alphabet standard) : r_(&r), standard_(standard) {}

    void give(query_field field, query_values& to) override {
        const bool whole = r_->frame.kind == frame_kind::whole;
        switch (field) {
            case query_field::account: to.word(r_->session->system_id); break;
            case query_field::session:
                to.number(r_->session->number, fmt::to_string(r_->session->number));
                break;
            case query_field::command: give_command(to); break;
            case query_field::status: give_status(to); break;
            case query_field::lint: give_findings(to); break;
            default:
                if (whole) {
                    give_of_body(field, to);
                }
        }
    }

private:
    void give_of_body(query_field field, query_values& to) const {
        static const auto text = *find_filter_field("text");
        static const auto source = *find_filter_field("source_addr");
        static const auto destination = *find_filter_field("destination_addr");
        static const auto list = *find_filter_field("dl_name");
        static const auto id = *find_filter_field("message_id");
        switch (field) {
            case query_field::text:
                give_words(text, to);
                if (!r_->whole_text.empty()) {
                    to.word(r_->whole_text);
                }
                break;
            case query_field::from: give_words(source, to); break;
            case query_field::to:
                give_words(destination, to);
                give_words(list, to);
                break;
            case query_field::id:
                give_words(id, to);
                if (const auto receipted = receipted_id(*r_, standard_); !receipted.empty()) {
                    to.word(receipted);
                }
                break;
            case query_field::state: give_state(to); break;
            case query_field::coding: give_coding(to); break;
            case query_field::tlv: give_tlvs(to); break;
            case query_field::parts: give_parts(to); break;
            default: break;
        }
    }

    void give_words(const filter_field& field, query_values& to) const {
        words_of words(to);
        field.give(field, *r_, standard_, words);
    }

    void give_command(query_values& to) const {
        if (r_->frame.kind != frame_kind::garbage) {
            to.word(smpp::name(r_->pdu.header.id));
        }
    }

    /// Of responses, as in Wireshark.
    void give_status(query_values& to) const {
        if (r_->frame.kind != frame_kind::garbage && smpp::is_response(r_->pdu.header.id)) {
            to.number(static_cast<std::uint64_t>(r_->pdu.header.status),
                      smpp::name_or_number(r_->pdu.header.status));
        }
    }

    /// That a receipt tells.
    void give_state(query_values& to) const {
        const auto found = receipt_of(*r_, standard_);
        if (const auto state = found ? found->state() : std::nullopt) {
            to.number(static_cast<std::uint64_t>(*state), smpp::name(*state));
        }
    }

    void give_coding(query_values& to) const {
        std::visit(
            [&](const auto& body) {
                if constexpr (requires { body.data_coding; }) {
                    to.number(static_cast<std::uint64_t>(body.data_coding),
                              smpp::name(smpp::alphabet_of(body.data_coding)));
                }
            },
            r_->pdu.body);
    }

    void give_tlvs(query_values& to) const {
        std::visit(
            [&](const auto& body) {
                if constexpr (requires { body.tlvs; }) {
                    for (const smpp::tlv_item item : body.tlvs) {
                        to.number(static_cast<std::uint16_t>(item.tag), smpp::name(item.tag));
                    }
                }
            },
            r_->pdu.body);
    }

    void give_parts(query_values& to) const {
        const auto part = part_of(*r_);
        if (part) {
            to.word(r_->whole_text.empty() ? "incomplete" : "complete");
        }
        if (part || message_of(r_->pdu.body, standard_)) {
            const unsigned total = part ? part->total : 1;
            to.number(total, fmt::to_string(total));
        }
    }

    void give_findings(query_values& to) const {
        if (r_->frame.kind == frame_kind::garbage) {
            return;
        }
        smpp::lint::options options;
        options.smsc_default = standard_;
        for (const auto& each : smpp::lint::check(r_->frame.octets, options)) {
            const auto& rule = smpp::lint::info(each.rule);
            if (to.word(rule.id) || to.word(smpp::lint::name(rule.severity))) {
                return;
            }
        }
    }

    const record* r_;
    smpp::alphabet standard_;
};

class query_node final : public filter::node {
public:
    explicit query_node(smpp::message_query wanted) : wanted_(std::move(wanted)) {}
    [[nodiscard]] bool test(const record& r, smpp::alphabet standard) const override {
        record_subject subject(r, standard);
        return wanted_.matches(subject);
    }

private:
    smpp::message_query wanted_;
};

}  // namespace

detail::node_ptr read_query(std::string_view text) {
    auto parsed = smpp::message_query::parse(text, smpp::query_about::pdus);
    if (!parsed.error.empty()) {
        throw filter_error(fmt::format("query: {}", parsed.error));
    }
    return std::make_unique<query_node>(std::move(parsed.query));
}

}  // namespace smpp_dump
